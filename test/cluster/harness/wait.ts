import { setTimeout as sleep } from "node:timers/promises";

/** Asks again and again until the answer is yes; a value that was seen last goes into the message when it never is. */
export async function waitFor(
  what: string,
  holds: () => Promise<boolean>,
  { withinMs = 120_000, last = async () => "" }: WaitOptions = {},
): Promise<void> {
  for (const until = Date.now() + withinMs; Date.now() < until; await sleep(100)) if (await holds()) return;
  throw new Error(`not within ${withinMs / 1000} s: ${what}${detail(await last())}`);
}

export interface WaitOptions {
  /** Default 120,000. */
  readonly withinMs?: number;
  /** What to say of the state that was found instead. */
  readonly last?: () => Promise<string>;
}

const detail = (said: string): string => (said === "" ? "" : `; ${said}`);
