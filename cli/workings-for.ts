import type { Asked } from "./asked";

/** What reports are made with: as much of the library as is asked for. */
export async function workingsFor({
  resourcesOnly = false,
}: Pick<Asked, "resourcesOnly">): Promise<typeof import("../preview/workings")> {
  if (!resourcesOnly) return import("../preview/workings");
  const { workings, across } = await import("../preview/unread");
  return { workings, across };
}
