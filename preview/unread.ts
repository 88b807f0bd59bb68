import { certainPlan, plan, requestOf } from "../capacity";
import { replaces } from "../catalog/replacing";
import { onMachine } from "../components/on-machine";
import type { AcrossStacks } from "./across";
import type { Workings } from "./stack";

/** The library where only resources are asked for: what is planned and refused as ever, and nothing is read back, priced, weighed or judged. */
export const workings: Workings = {
  requestOf,
  plan,
  certainPlan: (request) => certainPlan(request),
  readParts: () => ({ parts: [], claims: [], conflicts: [] }),
  costOf: () => ({ perMonthUsd: { min: 0, expected: 0, max: 0 }, partial: true, lines: [], unpriced: [] }),
  availabilityOf: () => null,
  judge: () => [],
  replaces,
  onMachine,
};

export const across: AcrossStacks = { rulesAcross: [], judgeAcross: () => [] };
