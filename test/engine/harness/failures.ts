import type { Mishaps } from "../provider/cloud";
import { comparable } from "./comparable";
import type { Run } from "./engine";
import { startStack } from "./stack-run";
import { matched, mismatch } from "./table";

/** What a run in which nothing goes wrong ends with. */
export interface Undisturbed {
  readonly creates: number;
  readonly state: readonly object[];
}

const known = new Map<string, Promise<Undisturbed>>();

/** Run once in a file of tests. */
export function undisturbed(stack: string): Promise<Undisturbed> {
  const found = known.get(stack) ?? ranUndisturbed(stack);
  known.set(stack, found);
  return found;
}

async function ranUndisturbed(stack: string): Promise<Undisturbed> {
  const run = await startStack(stack);
  try {
    const up = await run.engine.up();
    expect(up.exitCode).toBe(0);
    return { creates: run.served.cloud.asked, state: comparable(await run.engine.state()) };
  } finally {
    run.end();
  }
}

/** Something goes wrong in the first `up`; the second ends where an undisturbed one ends, and leaves nothing beside it. */
export async function converges(stack: string, mishaps: Partial<Mishaps>, calm: Undisturbed): Promise<Run> {
  const run = await startStack(stack);
  try {
    run.served.cloud.arrange(mishaps);
    const failed = await run.engine.up();
    expect(failed.exitCode).not.toBe(0);
    expect(mismatch(await run.engine.state(), run.served.cloud)).toEqual(matched);
    run.served.cloud.arrange({});
    const up = await run.engine.up();
    expect(up.printed).not.toContain("error:");
    expect(up.exitCode).toBe(0);
    const state = await run.engine.state();
    expect(comparable(state)).toEqual(calm.state);
    expect(mismatch(state, run.served.cloud)).toEqual(matched);
    return failed;
  } finally {
    run.end();
  }
}
