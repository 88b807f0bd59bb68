import { readCount } from "../../components/kubernetes/count.read";
import { neighbours } from "../../components/kubernetes/scope.read";
import { inside, valueAt } from "../../components/leaf.read";
import { isRecord, numberAt, type Resource } from "../../model";
import { ceilingOf, undecided } from "../finding";
import { beyondDev } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { podPart } from "./node-room";
import { measureOf, type Measured } from "./quota-measures";
import { servingBeside } from "./selected";
import { open, titled, told, unknownIn, type Workload } from "./workloads";

const QUOTA = "kubernetes:core/v1:ResourceQuota";
const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";

interface Asked {
  readonly floor: number;
  readonly ceiling: number;
}

/** What the workloads of a namespace ask of a quota: at their floors and at their ceilings, with the largest rollout's surge. A text says what stands in the way. */
function askedOf(
  beside: readonly Workload[],
  alone: readonly Resource[],
  measure: Measured,
  subject: Subject,
): Asked | string {
  let floor = 0;
  for (const claim of alone) floor += measure.claim?.(valueAt(claim, "spec")) ?? 0;
  let ceiling = floor;
  const surge = { floor: 0, ceiling: 0 };
  for (const workload of beside) {
    const { resource } = workload;
    const each = measure.each(workload);
    if (each === null)
      return `${titled(resource)} has a ${measure.claim === null ? "container" : "claim"} that does not say it`;
    const counted = readCount(subject.graph, resource).floor;
    const part = podPart(subject, workload.part);
    // Members of a cache stay as many as they are.
    const group = part?.kind === "redis-cache" ? undefined : part;
    const most = group === undefined ? counted : ceilingOf(group);
    if (!counted.known || !most.known) return "";
    floor += each * counted.value;
    ceiling += each * most.value;
    const more = (group === undefined ? 0 : numberAt(group, "rollout", "surge")) ?? 0;
    const atMax = (group === undefined ? undefined : numberAt(group, "rollout", "surgeAtMax")) ?? more;
    surge.floor = Math.max(surge.floor, each * more);
    surge.ceiling = Math.max(surge.ceiling, each * atMax);
  }
  return { floor: floor + surge.floor, ceiling: ceiling + surge.ceiling };
}

const holds: Rule = {
  id: "quota-holds-pods",
  title: "The namespace's quota holds the pods, a rollout's surge, and claims",
  about:
    "The pod that a quota refuses is missing without a word in the rollout: it stands still, or the autoscaler's last pods never come.",
  severity: beyondDev,
  peers: [],
  check: (subject) =>
    subject.graph.ofType(QUOTA).flatMap((quota): readonly Finding[] => {
      const hard = valueAt(quota, "spec", "hard");
      const stuck = unknownIn(hard);
      if (stuck !== undefined) return [open(quota, null, "spec.hard", stuck)];
      // One of some pods only, by class or scope, is not added up here.
      if (
        !isRecord(hard) ||
        valueAt(quota, "spec", "scopes") !== undefined ||
        valueAt(quota, "spec", "scopeSelector") !== undefined
      )
        return [];
      const beside = servingBeside(subject, quota);
      const unclear = beside.find(({ pod }) => unknownIn(inside(pod, "spec", "containers")) !== undefined);
      if (unclear !== undefined)
        return [undecided(null, `what pods of ${titled(unclear.resource)} ask for`, { why: "after-deploy" })];
      if (beside.length === 0) return [];
      const alone = neighbours(subject.graph, quota, CLAIM);
      return Object.entries(hard).flatMap(([name, given]): readonly Finding[] => {
        const measure = measureOf(name);
        const limit = typeof given !== "string" && typeof given !== "number" ? undefined : measure?.parse(given);
        if (measure === undefined || limit === undefined) return [];
        const { shown } = measure;
        const asked = askedOf(beside, alone, measure, subject);
        if (asked === "") return [undecided(null, `how many pods ${titled(quota)} must hold`, { why: "elsewhere" })];
        if (typeof asked === "string")
          return [
            told(quota, null, {
              ok: false,
              message: `${name} is limited, and ${asked}: its pods are refused`,
              fix:
                measure.claim === null
                  ? `give every container its ${name}, or add a LimitRange that fills it in`
                  : "give every claim its resources.requests.storage",
            }),
          ];
        const stands = asked.floor <= limit;
        return [
          told(quota, null, {
            ok: asked.ceiling <= limit,
            message: `${name} ${shown(limit)}; ${shown(asked.floor)} are asked for at the floor and ${shown(asked.ceiling)} at the ceiling, a rollout's surge among them`,
            fix: `raise ${name} to ${shown(asked.ceiling)}`,
            // What always runs has room; the scaler stops below its ceiling.
            ...(stands ? { severity: "advisory" as const } : {}),
          }),
        ];
      });
    }),
};

export const quotaRules: readonly Rule[] = [holds];
