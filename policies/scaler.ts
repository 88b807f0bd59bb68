import { readCount } from "../components/kubernetes/count.read";
import { inside, listOf } from "../components/leaf.read";
import { isUnknownValue, textOf } from "../model";
import type { PartKey, Resource, Scaling } from "../model";
import { ceilingOf, demandOf, finding, floorOf, onValue, partsOf, undecided, valueAt } from "./finding";
import { partOf, SCALED_PODS, told } from "./kubernetes/workloads";
import { advice, always, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

// What StackConfig's burst defaults to; the plan's own setting is preferred.
const DEFAULT_BURST_FACTOR = 1.5;

/** The burst that must be carried. */
export function burstFactor(subject: Subject): number {
  for (const { key, value } of subject.basis?.settings ?? []) {
    if (key.endsWith("burst.factor") && typeof value === "number") return value;
    if (key.endsWith("burst") && typeof value === "object" && value !== null) {
      const { factor } = value as { readonly factor?: unknown };
      if (typeof factor === "number") return factor;
    }
  }
  return DEFAULT_BURST_FACTOR;
}

const carriesBurst: Rule = {
  id: "ceiling-carries-burst",
  title: "The scaler's ceiling carries the burst",
  about: "A scaler that stops below the burst turns a busy hour into an outage.",
  severity: inProd,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "replica-group").flatMap((group): readonly Finding[] => {
      const demand = demandOf(subject.basis, group.key);
      if (demand === undefined) return [];
      const ceiling = ceilingOf(group);
      if (!ceiling.known) return [undecided(group.key, ceiling.path, ceiling)];
      const factor = burstFactor(subject);
      const needed = Math.ceil(demand.need * factor - 1e-9);
      return [
        finding(group.key, {
          ok: ceiling.value >= needed,
          message: `${ceiling.value} at most; ${demand.need} x burst ${factor} need ${needed}`,
          fix: `let it scale to ${needed}`,
        }),
      ];
    }),
};

const floorCarriesNeed: Rule = {
  id: "floor-carries-peak",
  title: "What runs always carries the peak",
  about: "A floor below the peak bets that the scaler is faster than the callers.",
  severity: inProd,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "replica-group").flatMap((group): readonly Finding[] => {
      const demand = demandOf(subject.basis, group.key);
      if (demand === undefined) return [];
      const floor = floorOf(group);
      if (!floor.known) return [undecided(group.key, floor.path, floor)];
      const ok = floor.value >= demand.need;
      // With `elastic` the floor carries the mean by choice; without it a floor below the need is a mistake.
      const chosen = subject.basis?.settings.some(({ key, value }) => key === "elastic" && value === true) ?? false;
      return [
        finding(group.key, {
          ok,
          message: `${floor.value} at least; the peak needs ${demand.need}`,
          fix: `raise the floor to ${demand.need}`,
          ...(chosen ? { severity: "advisory" as const } : {}),
        }),
      ];
    }),
};

/** What autoscalers of Kubernetes follow beside what pods use, by Part: a queue's length, requests, a trigger of KEDA. No Part holds it. */
function measured(subject: Subject): ReadonlyMap<PartKey, readonly string[]> {
  const { graph } = subject;
  const found = new Map<PartKey, readonly string[]>();
  for (const resource of SCALED_PODS.flatMap((type) => graph.ofType(type))) {
    const part = partOf(subject, resource);
    const { autoscalers } = readCount(graph, resource);
    // Of several the metrics of none are followed.
    const names = (autoscalers.length === 1 ? autoscalers : []).flatMap((scaler) => [
      ...listOf(inside(scaler.inputs["spec"], "metrics")).flatMap((metric) =>
        ["pods", "object", "external"].map((kind) => inside(metric, kind, "metric", "name")),
      ),
      ...listOf(inside(scaler.inputs["spec"], "triggers")).map((trigger) => inside(trigger, "type")),
    ]);
    const known = names.filter((name) => typeof name === "string");
    if (part !== null && known.length > 0) found.set(part, known);
  }
  return found;
}

const scales: Rule = {
  id: "scales-by-itself",
  title: "A group can grow",
  about: "A fixed count has no answer to more load than was planned.",
  severity: advice,
  peers: ["kube-score deployment-targeted-by-hpa"],
  check: (subject) => {
    const besides = measured(subject);
    return partsOf(subject.parts, "replica-group").map((group) =>
      onValue<Scaling>(group, "scaling", (scaling) => {
        if (scaling.kind === "fixed")
          return { ok: false, message: `fixed at ${scaling.count}`, fix: "let it scale between two bounds" };
        const signals = [...scaling.signals.map(({ metric }) => metric), ...(besides.get(group.key) ?? [])];
        return {
          ok: scaling.max > scaling.min && signals.length > 0,
          message: `${scaling.min} to ${scaling.max} by ${signals.join(", ") || "nothing"}`,
          fix: "give it a signal and a ceiling above the floor",
        };
      }),
    );
  },
};

const boundsAgree: Rule = {
  id: "scaler-bounds-agree",
  title: "Floor, first count and ceiling are in order",
  about: "A first count outside the scaler's bounds is corrected by the scaler in the middle of the first deploy.",
  severity: always,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "replica-group").flatMap((group): readonly Finding[] => {
      const kind = valueAt(group, "scaling.kind");
      if (kind.known && kind.value === "fixed") return [];
      const floor = floorOf(group);
      if (!floor.known) return [undecided(group.key, floor.path, floor)];
      const ceiling = ceilingOf(group);
      if (!ceiling.known) return [undecided(group.key, ceiling.path, ceiling)];
      return [
        onValue<number | null>(group, "scaling.initial", (initial) => ({
          ok:
            floor.value <= ceiling.value && (initial === null || (initial >= floor.value && initial <= ceiling.value)),
          message: `floor ${floor.value}, first ${initial ?? "left to the scaler"}, ceiling ${ceiling.value}`,
          fix: "start at the floor, and keep the floor at or below the ceiling",
        })),
      ];
    }),
};

const SERVICE = "aws:ecs/service:Service";
const SCALING_TARGET = "aws:appautoscaling/target:Target";

/** The scaler's resource names the service by name, or takes the name from it. */
function scaledServices(subject: Subject): ReadonlySet<Resource> {
  const scaled = new Set<Resource>();
  const byName = new Map<string, Resource>();
  for (const service of subject.graph.ofType(SERVICE)) {
    const { name } = service.inputs;
    if (typeof name === "string") byName.set(name, service);
  }
  for (const target of subject.graph.ofType(SCALING_TARGET)) {
    for (const service of subject.graph.referenced(target, "resourceId", SERVICE)) scaled.add(service);
    const id = target.inputs["resourceId"];
    const named = typeof id === "string" ? byName.get(id.split("/")[2] ?? "") : undefined;
    if (named) scaled.add(named);
  }
  return scaled;
}

const GROUP = "aws:autoscaling/group:Group";
/** What moves the count of an auto-scaling group. */
const GROUP_SCALERS = ["aws:autoscaling/policy:Policy", "aws:autoscaling/schedule:Schedule"];

function scaledGroups({ graph }: Subject): readonly Resource[] {
  return graph
    .ofType(GROUP)
    .filter((group) => GROUP_SCALERS.some((type) => graph.referrers(group, "autoscalingGroupName", type).length > 0));
}

/** Objects that an autoscaler of Kubernetes scales: a count that is left out is the scaler's own. */
function foughtPods(subject: Subject): readonly Finding[] {
  return SCALED_PODS.flatMap((type) =>
    subject.graph
      .ofType(type)
      .filter((resource) => readCount(subject.graph, resource).autoscalers.length > 0)
      .map((resource): Finding => {
        const count = inside(resource.inputs["spec"], "replicas");
        const ignored = resource.ignoreChanges.some((path) => path === "spec" || path === "spec.replicas");
        return told(resource, partOf(subject, resource), {
          ok: ignored || count === undefined,
          message:
            count === undefined
              ? "replicas are left to the scaler"
              : `replicas ${isUnknownValue(count) ? "given" : textOf(count)}, ${ignored ? "ignored after the first deploy" : "written at every deploy"}`,
          fix: "leave spec.replicas out",
        });
      }),
  );
}

const notFought: Rule = {
  id: "scaler-not-fought",
  title: "Nothing but the scaler sets the count after the first deploy",
  about: "A deploy that writes the count back takes away the replicas that the scaler added, at the worst moment.",
  severity: always,
  peers: ["kube-score deployment-targeted-by-hpa-does-not-have-replicas-configured"],
  check: (subject) => {
    const owners = new Map(
      subject.parts.flatMap((part) => (part.kind === "replica-group" ? [[part.workload, part.key] as const] : [])),
    );
    const fought = (resource: Resource, property: string): Finding => {
      const part = owners.get(resource.name) ?? null;
      const count = resource.inputs[property];
      const ignored = resource.ignoreChanges.includes(property);
      const shown =
        count === undefined ? "no count" : isUnknownValue(count) ? "a count" : `${property} ${textOf(count)}`;
      return finding(part, {
        ok: ignored || count === undefined,
        message: `${resource.name}: ${shown}, ${ignored ? "ignored after the first deploy" : "written at every deploy"}`,
        fix: `add ignoreChanges: ["${property}"]`,
      });
    };
    return [
      ...[...scaledServices(subject)].map((service) => fought(service, "desiredCount")),
      ...scaledGroups(subject).map((group) => fought(group, "desiredCapacity")),
      ...foughtPods(subject),
    ];
  },
};

export const scalerRules: readonly Rule[] = [carriesBurst, floorCarriesNeed, scales, boundsAgree, notFought];
