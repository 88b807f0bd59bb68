import { cpuMillis, lacksUnit, meansMillis, memoryMiB } from "../../catalog/kubernetes/quantity";
import { autoscalersOf } from "../../components/kubernetes/count.read";
import { podAmount } from "../../components/kubernetes/pod-amounts.read";
import { neighbours } from "../../components/kubernetes/scope.read";
import { asText, inside, listOf, valueAt } from "../../components/leaf.read";
import { textOf, type Resource, type ResourceGraph, type Value } from "../../model";
import { advice, always, beyondDev } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { everyContainer, onPod, running, staying, type Container, type Workload } from "./workloads";

const CONTAINERS = ["containers", "initContainers", "resources"];
const LIMIT_RANGE = "kubernetes:core/v1:LimitRange";

type Amount = "cpu" | "memory";

/** What the namespace fills in where a container says nothing: its own request, or its limit. */
function filledIn(graph: ResourceGraph, workload: Workload, amount: Amount, what: "request" | "limit"): boolean {
  return neighbours(graph, workload.resource, LIMIT_RANGE).some((each) =>
    listOf(valueAt(each, "spec", "limits")).some(
      (range) =>
        inside(range, "type") === "Container" &&
        (inside(range, "default", amount) !== undefined ||
          (what === "request" && inside(range, "defaultRequest", amount) !== undefined)),
    ),
  );
}

/** Requested, or taken from the limit: an unset request is as much as its limit. */
const requested = ({ value }: Container, amount: Amount): boolean =>
  (inside(value, "resources", "requests", amount) ?? inside(value, "resources", "limits", amount)) !== undefined;

function lacking(containers: readonly Container[], test: (container: Container) => boolean): readonly string[] {
  return containers.filter((each) => !test(each)).map(({ name }) => name);
}

function eachPod(test: (workload: Workload, graph: ResourceGraph) => Finding | readonly Finding[]) {
  return ({ graph, ...rest }: Subject): readonly Finding[] =>
    staying({ graph, ...rest }).flatMap((workload) => test(workload, graph));
}

const requests: Rule = {
  id: "requests-there",
  title: "Every container requests CPU and memory",
  about:
    "What requests nothing is placed anywhere, counts for nothing in any plan, and is the first to go when a node is full.",
  severity: beyondDev,
  peers: [
    "kube-score container-resources",
    "kube-linter unset-cpu-requirements",
    "Polaris cpuRequestsMissing",
    "Polaris memoryRequestsMissing",
    "CKV_K8S_10",
    "CKV_K8S_12",
    "KSV-0015",
    "KSV-0016",
  ],
  check: eachPod((workload, graph) =>
    onPod(workload, CONTAINERS, (spec) => {
      const missing = (["cpu", "memory"] as const).flatMap((amount) =>
        podAmount(spec, "requests", amount) !== undefined || filledIn(graph, workload, amount, "request")
          ? []
          : lacking(running(spec), (each) => requested(each, amount)).map((name) => `${amount} of ${name}`),
      );
      return {
        ok: missing.length === 0,
        message: missing.length === 0 ? "all request CPU and memory" : `no request: ${missing.join(", ")}`,
        fix: "set resources.requests.cpu and resources.requests.memory",
      };
    }),
  ),
};

const limited: Rule = {
  id: "memory-limited",
  title: "Every container has a memory limit",
  about: "One that leaks takes its node's memory, and its neighbours with it.",
  severity: beyondDev,
  peers: ["kube-linter unset-memory-requirements", "Polaris memoryLimitsMissing", "CKV_K8S_13", "KSV-0018"],
  check: eachPod((workload, graph) =>
    onPod(workload, CONTAINERS, (spec) => {
      const whole = podAmount(spec, "limits", "memory") !== undefined;
      const missing =
        whole || filledIn(graph, workload, "memory", "limit")
          ? []
          : lacking(running(spec), ({ value }) => inside(value, "resources", "limits", "memory") !== undefined);
      return {
        ok: missing.length === 0,
        message: missing.length === 0 ? "all are limited" : `no limit: ${missing.join(", ")}`,
        fix: "set resources.limits.memory, best to what is requested",
      };
    }),
  ),
};

const unthrottled: Rule = {
  id: "cpu-unthrottled",
  title: "No container has a CPU limit",
  about:
    "A limit stops a container for the rest of each 100 ms while its node idles; requests alone keep the shares fair, and the slowest answers short.",
  severity: advice,
  peers: ["Kyverno forbid-cpu-limits"],
  check: eachPod((workload) =>
    onPod(workload, CONTAINERS, (spec) => {
      const whole = podAmount(spec, "limits", "cpu");
      const held = [
        ...(whole === undefined ? [] : [`the pod is throttled beyond ${coresOf(whole)}`]),
        ...running(spec).flatMap(({ name, value }) => {
          const limit = inside(value, "resources", "limits", "cpu");
          return limit === undefined ? [] : [`${name} is throttled beyond ${coresOf(limit)}`];
        }),
      ];
      return {
        ok: held.length === 0,
        message: held.length === 0 ? "none is throttled" : held.join(", "),
        fix: "leave resources.limits.cpu out, unless whoever shares the node must be kept from it",
      };
    }),
  ),
};

/** A written amount; undefined where none is, or it is not known. */
function written(container: Container, what: "requests" | "limits", amount: Amount): string | number | undefined {
  const value: Value | undefined = inside(container.value, "resources", what, amount);
  return typeof value === "string" || typeof value === "number" ? value : undefined;
}

function slipsOf(container: Container): readonly string[] {
  return (["requests", "limits"] as const).flatMap((what) => {
    const memory = written(container, what, "memory");
    const cpu = written(container, what, "cpu");
    const mebibytes = memory === undefined ? undefined : memoryMiB(memory);
    const where = `${what} of ${container.name}`;
    return [
      ...(cpu !== undefined && cpuMillis(cpu) === undefined ? [`cpu ${cpu} of ${where} is no amount`] : []),
      ...(memory !== undefined && mebibytes === undefined ? [`memory ${memory} of ${where} is no amount`] : []),
      ...(cpu !== undefined && meansMillis(cpu, mebibytes)
        ? [`cpu ${cpu} of ${where} is ${cpu} cores; ${cpu}m are thousandths`]
        : []),
      ...(memory !== undefined && lacksUnit(memory) ? [`memory ${memory} of ${where} is bytes`] : []),
    ];
  });
}

const meant: Rule = {
  id: "amounts-meant",
  title: "Amounts are what they look like",
  about:
    "cpu 1000 is a thousand cores and memory 512 is bytes: both are taken, and the pod is Pending or dies at its start.",
  severity: always,
  peers: [],
  check: eachPod((workload) =>
    onPod(workload, CONTAINERS, (spec) => {
      const slips = everyContainer(spec).flatMap(slipsOf);
      return {
        ok: slips.length === 0,
        message: slips.length === 0 ? "all have the size of a container" : slips.join(", "),
        fix: "write thousandths of a core with m, and memory with Mi or Gi",
      };
    }),
  ),
};

/** Of what an autoscaler takes a share: of all that a pod asks for, or of what one of its containers does (null: all). */
interface Share {
  readonly amount: Amount;
  readonly container: string | null;
}

function sharesOf(scaler: Resource): readonly Share[] {
  const metrics = valueAt(scaler, "spec", "metrics");
  // Without a metric it is a share of CPU (Kubernetes API, HorizontalPodAutoscalerSpec).
  if (metrics === undefined)
    return scaler.type.endsWith(":HorizontalPodAutoscaler") ? [{ amount: "cpu", container: null }] : [];
  return listOf(metrics).flatMap((metric): readonly Share[] =>
    (["resource", "containerResource"] as const).flatMap((kind): readonly Share[] => {
      const source = inside(metric, kind);
      const name = inside(source, "name");
      if ((name !== "cpu" && name !== "memory") || inside(source, "target", "averageUtilization") === undefined)
        return [];
      const container = asText(inside(source, "container") ?? null);
      return [{ amount: name, container: kind === "resource" ? null : (container ?? "?") }];
    }),
  );
}

const scalable: Rule = {
  id: "scaler-has-requests",
  title: "What is scaled by a share of its request has one",
  about:
    "A share of nothing cannot be computed: without the request in every container the autoscaler does nothing at all.",
  severity: always,
  peers: [],
  check: eachPod((workload, graph) => {
    const { resource, kind } = workload;
    const shares = autoscalersOf(graph, resource, kind).flatMap(sharesOf);
    if (shares.length === 0) return [];
    return onPod(workload, CONTAINERS, (spec) => {
      const missing = new Set(
        shares.flatMap(({ amount, container }) => {
          const held = running(spec).filter(({ name }) => container === null || name === container);
          if (held.length === 0) return [`${amount} of ${container ?? ""}, which it does not have`];
          const whole = container === null && podAmount(spec, "requests", amount) !== undefined;
          if (whole || filledIn(graph, workload, amount, "request")) return [];
          return lacking(held, (each) => requested(each, amount)).map((name) => `${amount} of ${name}`);
        }),
      );
      const amounts = [...new Set(shares.map(({ amount }) => amount))].sort();
      return {
        ok: missing.size === 0,
        message:
          missing.size === 0
            ? `${amounts.join(" and ")} requested by all`
            : `scaled by a share of no request: ${[...missing].join(", ")}`,
        fix: "set resources.requests in every container, sidecars among them",
      };
    });
  }),
};

export const amountRules: readonly Rule[] = [requests, limited, unthrottled, meant, scalable];

/** CPU as a person says it: `2 cores`, `0.5 cores`; what is no amount as it stands. */
function coresOf(limit: Value | undefined): string {
  const written = textOf(limit);
  const millis = cpuMillis(written);
  return millis === undefined ? written : `${millis / 1000} core${millis === 1000 ? "" : "s"}`;
}
