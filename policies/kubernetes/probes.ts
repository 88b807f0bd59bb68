import { choosers, chooses } from "../../components/kubernetes/scope.read";
import { asNumber, asText, inside, listOf, valueAt } from "../../components/leaf.read";
import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import { textOf, withoutSecretsIn, type Resource, type ResourceGraph, type Value } from "../../model";
import { count, demandOf } from "../finding";
import { advice, beyondDev } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { labelsOf, onPod, running, serving, type Container, type Workload } from "./workloads";

export const SERVICE = "kubernetes:core/v1:Service";

/** Services that choose pods with these labels, beside what makes them. */
export function servicesOf(
  graph: ResourceGraph,
  maker: Resource,
  labels: ReadonlyMap<string, string>,
): readonly Resource[] {
  return choosers(graph, maker, { type: SERVICE, property: "selector", how: chooses }, labels);
}
const CONTAINERS = ["containers", "initContainers"];

/** What a probe asks, so that two that ask the same read the same; undefined: there is no probe. */
function asked(container: Value, probe: string): string | undefined {
  const given = inside(container, probe);
  if (given === undefined) return undefined;
  const http = inside(given, "httpGet");
  if (http !== undefined)
    return `${textOf(inside(http, "path") ?? "/")} on port ${portOf(container, inside(http, "port"))}`;
  const tcp = inside(given, "tcpSocket");
  if (tcp !== undefined) return `port ${portOf(container, inside(tcp, "port"))}`;
  const grpc = inside(given, "grpc");
  if (grpc !== undefined)
    return [
      "gRPC",
      ...(asText(inside(grpc, "service") ?? null) ?? "").split(" "),
      `on port ${textOf(inside(grpc, "port"))}`,
    ]
      .filter((word) => word !== "")
      .join(" ");
  const command = inside(given, "exec", "command");
  return command === undefined ? undefined : listOf(command).map(textOf).join(" ");
}

/** A port's number, also where it is asked by its name. */
function portOf(container: Value, port: Value | undefined): string {
  const named = listOf(inside(container, "ports")).find((each) => inside(each, "name") === port);
  return textOf(inside(named, "containerPort") ?? port);
}

/** Containers of a workload that stay, judged by their probes. */
function eachProbed(test: (workload: Workload, containers: readonly Container[], subject: Subject) => Finding | null) {
  return (subject: Subject): readonly Finding[] =>
    serving(subject).flatMap((workload): readonly Finding[] => {
      const found = test(workload, running(inside(workload.pod, "spec")), subject);
      return found === null ? [] : [found];
    });
}

const differ: Rule = {
  id: "probes-differ",
  title: "Liveness asks something else than readiness",
  about:
    "A replica that is only busy, or waits for a dependency, should get no more requests; asked the same, it is killed as well.",
  severity: beyondDev,
  peers: ["kube-score pod-probes-identical", "Kyverno ensure-probes-different"],
  check: eachProbed((workload, containers) => {
    const both = containers.filter(
      ({ value }) => asked(value, "livenessProbe") !== undefined && asked(value, "readinessProbe") !== undefined,
    );
    if (both.length === 0) return null;
    return onPod(workload, CONTAINERS, () => {
      const same = both.filter(({ value }) => asked(value, "livenessProbe") === asked(value, "readinessProbe"));
      return {
        ok: same.length === 0,
        message:
          same.length === 0
            ? "they ask different things"
            : same.map(({ name, value }) => `${name} asks ${asked(value, "livenessProbe") ?? ""} for both`).join(", "),
        fix: "let liveness ask a path that answers as long as the process does, or only the port",
      };
    });
  }),
};

const ready: Rule = {
  id: "readiness-probed",
  title: "Pods behind a Service have a readiness probe",
  about:
    "Without one a pod gets requests the moment its process exists, and goes on getting them when it cannot answer.",
  severity: beyondDev,
  peers: ["kube-score pod-probes", "kube-linter no-readiness-probe", "Polaris readinessProbeMissing", "CKV_K8S_9"],
  check: eachProbed((workload, containers, { graph }) => {
    const labels = labelsOf(workload);
    if (labels === undefined) return null;
    if (servicesOf(graph, workload.resource, labels).length === 0) return null;
    return onPod(workload, CONTAINERS, () => {
      const probed = containers.filter(({ value }) => inside(value, "readinessProbe") !== undefined);
      return {
        ok: probed.length > 0,
        message:
          probed.length > 0
            ? probed.map(({ name }) => name).join(", ")
            : "a Service selects it, and nothing asks whether it is ready",
        fix: "add a readinessProbe",
      };
    });
  }),
};

const live: Rule = {
  id: "liveness-probed",
  title: "A process that hangs is restarted",
  about: "Without a liveness probe a deadlocked process stays until a person looks; readiness alone only hides it.",
  severity: advice,
  peers: ["kube-linter no-liveness-probe", "Polaris livenessProbeMissing", "CKV_K8S_8"],
  check: eachProbed((workload, containers) =>
    onPod(workload, CONTAINERS, () => {
      const probed = containers.filter(({ value }) => inside(value, "livenessProbe") !== undefined);
      return {
        ok: probed.length > 0,
        message: probed.length > 0 ? probed.map(({ name }) => name).join(", ") : "no liveness probe",
        fix: "add a livenessProbe that asks the process alone",
      };
    }),
  ),
};

/** Words of a path that asks for more than the process: by convention (Kubernetes' own /readyz and /livez). */
const dependent = /(^|[/_-])(ready|readyz|readiness|deps|dependencies|deep)($|[/_-])/i;
/** A host in a command that is not the pod's own. */
const elsewhere =
  /(?:\/\/(?:\(secret\)@)?|(?:^|\s)-h\s*|--host[= ])(?!localhost|127\.|\[?::1|\$|0\.0\.0\.0)([a-z0-9][\w.-]*)/i;

const alone: Rule = {
  id: "liveness-alone",
  title: "Liveness depends on nothing but the process",
  about:
    "A liveness probe that asks a database restarts every replica at once when the database is down, and again until it is back.",
  severity: beyondDev,
  peers: [],
  check: eachProbed((workload, containers) => {
    const probed = containers.filter(({ value }) => inside(value, "livenessProbe") !== undefined);
    if (probed.length === 0) return null;
    return onPod(workload, CONTAINERS, () => {
      const wrong = probed.flatMap(({ name, value }): readonly string[] => {
        const path = asText(inside(value, "livenessProbe", "httpGet", "path") ?? null);
        const host = asText(inside(value, "livenessProbe", "httpGet", "host") ?? null);
        if (host !== undefined && !/^(localhost|127\.)/.test(host)) return [`${name} asks ${host}`];
        if (path !== undefined && dependent.test(path)) return [`${name} asks ${path}, which is named for readiness`];
        const command = listOf(inside(value, "livenessProbe", "exec", "command"))
          .map(textOf)
          .join(" ");
        const other = elsewhere.exec(withoutSecretsIn(command).rest)?.[1];
        return other === undefined ? [] : [`${name} asks ${other}`];
      });
      return {
        ok: wrong.length === 0,
        message: wrong.length === 0 ? "each asks its own process" : wrong.join(", "),
        fix: "let liveness ask a path that needs no other service, and readiness the dependencies",
      };
    });
  }),
};

/** Seconds that a probe leaves a starting container before it is killed. */
function patience(probe: Value | undefined): number {
  const { value: defaults } = kubernetesDefaults.probe;
  const number = (property: string, fallback: number): number =>
    asNumber(inside(probe, property) ?? fallback) ?? fallback;
  return (
    number("initialDelaySeconds", 0) +
    number("periodSeconds", defaults.periodSeconds) * number("failureThreshold", defaults.failureThreshold)
  );
}

const started: Rule = {
  id: "startup-budget",
  title: "The probes leave a pod the time that it takes to start",
  about: "What is killed before it has begun starts again, and never ends starting.",
  severity: beyondDev,
  peers: [],
  check: eachProbed((workload, containers, { basis }) => {
    const { part, resource } = workload;
    const demand = part === null ? undefined : demandOf(basis, part);
    if (demand === undefined) return null;
    const own = containers.find(({ name }) => name === asText(valueAt(resource, "metadata", "name") ?? null));
    const [main = own] = own === undefined ? containers : [own];
    return onPod(workload, CONTAINERS, () => {
      const [word, probe] = (["startupProbe", "livenessProbe"] as const)
        .map((each) => [each, inside(main?.value, each)] as const)
        .find(([, each]) => each !== undefined) ?? ["none", undefined];
      const seconds = probe === undefined ? Number.POSITIVE_INFINITY : patience(probe);
      return {
        ok: seconds >= demand.startSeconds,
        message:
          probe === undefined
            ? "nothing kills it while it starts"
            : `${word} waits ${count(seconds, "second")}; starting takes up to ${demand.startSeconds}`,
        fix: `let a startupProbe fail for ${demand.startSeconds} s or more: periodSeconds x failureThreshold`,
      };
    });
  }),
};

export const podProbeRules: readonly Rule[] = [differ, ready, live, alone, started];
