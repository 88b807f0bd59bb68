import { availabilityOf } from "../availability";
import { certainPlan, plan, requestOf } from "../capacity";
import { replaces } from "../catalog/replacing";
import { onMachine } from "../components/on-machine";
import { readParts } from "../components/readers";
import { costOf } from "../cost";
import { judge, rulesAcross } from "../policies";
import type { AcrossStacks } from "./across";
import type { Workings } from "./stack";

/** The library as it is. Loads no builder and no provider SDK. */
export const workings: Workings = {
  requestOf,
  plan,
  certainPlan: (request) => certainPlan(request),
  readParts,
  costOf,
  availabilityOf,
  judge: (subject) => judge(subject),
  replaces,
  onMachine,
};

/** How stacks are judged beside each other. */
export const across: AcrossStacks = { rulesAcross, judgeAcross: (subject) => judge(subject, rulesAcross) };
