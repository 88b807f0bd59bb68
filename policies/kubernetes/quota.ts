import { bytes, cpuMillis } from "../../catalog/kubernetes/quantity";
import { readCount } from "../../components/kubernetes/count.read";
import { podAmount } from "../../components/kubernetes/pod-amounts.read";
import { scopeOf } from "../../components/kubernetes/scope.read";
import { inside, valueAt } from "../../components/leaf.read";
import { isRecord, numberAt, type ReadPart, type Value } from "../../model";
import { ceilingOf, partsOf, undecided } from "../finding";
import { beyondDev } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { open, running, serving, titled, told, unknownIn, type Workload } from "./workloads";

const QUOTA = "kubernetes:core/v1:ResourceQuota";

/** Of one pod: what a quota of that name counts; null: a container says nothing, and a quota of it then refuses the pod. */
type Measure = (spec: Value | undefined) => number | null;

const sum =
  (
    what: "requests" | "limits",
    amount: "cpu" | "memory",
    parse: (given: string | number) => number | undefined,
  ): Measure =>
  (spec) => {
    const whole = podAmount(spec, what, amount);
    if (typeof whole === "string" || typeof whole === "number") return parse(whole) ?? null;
    let total = 0;
    for (const { value } of running(spec)) {
      const limit = inside(value, "resources", "limits", amount);
      const given = what === "limits" ? limit : (inside(value, "resources", "requests", amount) ?? limit);
      const parsed = typeof given === "string" || typeof given === "number" ? parse(given) : undefined;
      if (parsed === undefined) return null;
      total += parsed;
    }
    return total;
  };

/** Names of quotas, and how what they count is read (Kubernetes, Resource Quotas); cpu and memory are of requests. */
const measures: Readonly<
  Record<string, readonly [Measure, (given: string | number) => number | undefined, (amount: number) => string]>
> = {
  pods: [() => 1, Number, (amount) => `${amount} pods`],
  "count/pods": [() => 1, Number, (amount) => `${amount} pods`],
  cpu: [sum("requests", "cpu", cpuMillis), cpuMillis, (amount) => `${amount}m CPU`],
  "requests.cpu": [sum("requests", "cpu", cpuMillis), cpuMillis, (amount) => `${amount}m CPU`],
  "limits.cpu": [sum("limits", "cpu", cpuMillis), cpuMillis, (amount) => `${amount}m CPU`],
  memory: [sum("requests", "memory", bytes), bytes, mebibytes],
  "requests.memory": [sum("requests", "memory", bytes), bytes, mebibytes],
  "limits.memory": [sum("limits", "memory", bytes), bytes, mebibytes],
};

function mebibytes(amount: number): string {
  return `${Math.ceil(amount / 2 ** 20).toLocaleString("en-US")} MiB`;
}

function groupOf({ parts }: Subject, { part }: Workload): ReadPart | undefined {
  return partsOf(parts, "replica-group").find(({ key }) => key === part);
}

interface Asked {
  readonly floor: number;
  readonly ceiling: number;
}

/** What the workloads of a namespace ask of a quota: at their floors and at their ceilings, with the largest rollout's surge. A text says what stands in the way. */
function askedOf(beside: readonly Workload[], measure: Measure, subject: Subject): Asked | string {
  let floor = 0;
  let ceiling = 0;
  const surge = { floor: 0, ceiling: 0 };
  for (const workload of beside) {
    const { resource, pod } = workload;
    const each = measure(inside(pod, "spec"));
    if (each === null) return `${titled(resource)} has a container that does not say it`;
    const counted = readCount(subject.graph, resource).floor;
    const group = groupOf(subject, workload);
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
  title: "The namespace's quota holds the pods, and a rollout's surge",
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
      const scope = scopeOf(quota);
      const beside = serving(subject).filter(({ resource }) => scopeOf(resource) === scope);
      const unclear = beside.find(({ pod }) => unknownIn(inside(pod, "spec", "containers")) !== undefined);
      if (unclear !== undefined)
        return [undecided(null, `what pods of ${titled(unclear.resource)} ask for`, { why: "after-deploy" })];
      if (beside.length === 0) return [];
      return Object.entries(hard).flatMap(([name, given]): readonly Finding[] => {
        const [measure, parse, shown] = measures[name] ?? [];
        const limit =
          parse === undefined || (typeof given !== "string" && typeof given !== "number") ? undefined : parse(given);
        if (measure === undefined || shown === undefined || limit === undefined) return [];
        const asked = askedOf(beside, measure, subject);
        if (asked === "") return [undecided(null, `how many pods ${titled(quota)} must hold`, { why: "elsewhere" })];
        if (typeof asked === "string")
          return [
            told(quota, null, {
              ok: false,
              message: `${name} is limited, and ${asked}: its pods are refused`,
              fix: `give every container its ${name}, or add a LimitRange that fills it in`,
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
