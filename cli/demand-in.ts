import { MistakesError, type Mistake } from "../model";
import type { Demand } from "../preview/demand-file";
import type { Done } from "./done";

/** What was found, with the mistakes of the demand file that nothing of it told: what else is wrong hides none of them. */
export function withDemandMistakes(done: Done, demand: Demand | undefined): Done {
  const told = new Set(done.reports.mistakes.map(({ file, key }) => `${file} ${key}`));
  const more = (demand?.mistakes ?? []).filter(({ file, key }) => !told.has(`${file} ${key}`));
  if (more.length === 0) return done;
  return { ...done, reports: { ...done.reports, mistakes: [...done.reports.mistakes, ...more] } };
}

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
