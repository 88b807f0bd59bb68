import type { Asked } from "./run";

/** What reports are made with: as much of the library as is asked for. */
export function workingsFor({
  resourcesOnly = false,
}: Pick<Asked, "resourcesOnly">): Promise<typeof import("../preview/workings")> {
  return resourcesOnly ? import("../preview/unread") : import("../preview/workings");
}
