import { MistakesError, type Mistake } from "../model";
import type { Demand } from "../preview/demand-file";

/** The file of `--demand`, where one is given. */
export async function demandIn(
  path: string | undefined,
): Promise<
  | { readonly ok: true; readonly demand: Demand | undefined }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] }
> {
  if (path === undefined) return { ok: true, demand: undefined };
  const [{ readDemand }, { textIn }] = await Promise.all([import("../preview/demand-file"), import("./from")]);
  try {
    return { ok: true, demand: await readDemand(path, textIn(path)) };
  } catch (error) {
    if (error instanceof MistakesError) return { ok: false, mistakes: error.mistakes };
    throw error;
  }
}
