import { AUTOSCALER, BUDGET } from "../../components/kubernetes/count.read";
import { chooses, labelsIn, nameOf, scopeOf, selects } from "../../components/kubernetes/scope.read";
import { asText, inside, listOf, valueAt } from "../../components/leaf.read";
import { isRecord, textOf, type Resource } from "../../model";
import { undecided } from "../finding";
import { always, beyondDev } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { SERVICE } from "./probes";
import { selectedBeside } from "./selected";
import { open, partOf, running, titled, told, unknownIn } from "./workloads";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** Groups of custom resources from which no operator makes pods. */
const podless = [
  "gateway.networking.k8s.io",
  "gateway.envoyproxy.io",
  "monitoring.coreos.com",
  "external-secrets.io",
  "cert-manager.io",
  "istio.io",
  "snapshot.storage.k8s.io",
  "k8s.io",
];

/** Whether a custom resource may stand for pods which an operator makes. */
function mayMakePods({ type, custom }: Resource): boolean {
  const [tool, group = "", kind = ""] = type.split(":");
  const domain = group.split("/")[0] ?? "";
  if (!custom || tool !== "kubernetes" || !domain.includes(".")) return false;
  if (domain === "monitoring.coreos.com") return /^(Prometheus|Alertmanager|ThanosRuler)$/.test(kind);
  return !podless.some((end) => domain === end || domain.endsWith(`.${end}`));
}

const operators = new WeakMap<Subject["resources"], ReadonlyMap<string, Resource>>();

/** A custom resource beside it that may stand for pods which an operator makes. */
function operated({ resources }: Subject, resource: Resource): Resource | undefined {
  const known =
    operators.get(resources) ??
    new Map(
      resources
        .filter(mayMakePods)
        .map((each) => [scopeOf(each), each] as const)
        .reverse(),
    );
  operators.set(resources, known);
  return known.get(scopeOf(resource));
}

const selecting: readonly (readonly [type: string, path: readonly string[], plain: boolean])[] = [
  [SERVICE, ["spec", "selector"], true],
  [POLICY, ["spec", "podSelector"], false],
  [BUDGET, ["spec", "selector"], false],
];

const found: Rule = {
  id: "selectors-find-pods",
  title: "Services, network policies and budgets select pods that are there",
  about: "A selector with a slip selects nothing and says so nowhere: no endpoint, no protection, no budget.",
  severity: beyondDev,
  peers: [
    "kube-score service-targets-pod",
    "kube-score networkpolicy-targets-pod",
    "kube-linter dangling-service",
    "kube-linter dangling-networkpolicy",
  ],
  check: (subject) =>
    selecting.flatMap(([type, path, plain]) =>
      subject.graph.ofType(type).flatMap((resource): readonly Finding[] => {
        const selector = valueAt(resource, ...path);
        const stuck = unknownIn(selector);
        if (stuck !== undefined) return [open(resource, null, path.join("."), stuck)];
        // Without a selector its endpoints are somebody's own; an empty one of a policy or budget is all pods.
        if (!isRecord(selector) || (plain ? labelsIn(selector).size === 0 : Object.keys(selector).length === 0))
          return [];
        if (valueAt(resource, "spec", "type") === "ExternalName") return [];
        const chosen = selectedBeside(subject, resource, selector, plain ? chooses : selects);
        if (chosen === undefined) return [open(resource, null, "pods' labels beside it", { $unknown: "after-deploy" })];
        const [first] = chosen;
        if (first === undefined) {
          const other = operated(subject, resource);
          if (other !== undefined)
            return [
              undecided(null, `whether ${titled(resource)} selects pods that ${titled(other)} stands for`, {
                why: "elsewhere",
              }),
            ];
        }
        return [
          told(resource, null, {
            ok: first !== undefined,
            message:
              first === undefined
                ? `selects nothing: ${textOf(selector)}`
                : `selects ${chosen.map((each) => titled(each.resource)).join(", ")}`,
            fix: "give it the labels of a pod template in its namespace",
          }),
        ];
      }),
    ),
};

/** Ports that a Service sends to and its pods do not name; a number is reached whether it is declared or not. */
const ports: Rule = {
  id: "service-ports-there",
  title: "A Service sends to ports that its pods have",
  about: "A port's name that no container declares makes no endpoint, and every request is refused.",
  severity: beyondDev,
  peers: ["kube-linter invalid-target-ports"],
  check: (subject) =>
    subject.graph.ofType(SERVICE).flatMap((service): readonly Finding[] => {
      const spec = valueAt(service, "spec");
      const chosen = selectedBeside(subject, service, inside(spec, "selector"), chooses);
      const names = listOf(inside(spec, "ports")).flatMap((each) => asText(inside(each, "targetPort") ?? null) ?? []);
      const written = names.filter((name) => !/^\d+$/.test(name));
      if (chosen === undefined || chosen.length === 0 || written.length === 0) return [];
      const stuck =
        unknownIn(inside(spec, "ports")) ??
        chosen.map(({ pod }) => unknownIn(inside(pod, "spec", "containers"))).find((each) => each !== undefined);
      if (stuck !== undefined) return [open(service, null, "ports", stuck)];
      const missing = chosen.flatMap(({ resource, pod }) => {
        const declared = running(inside(pod, "spec")).flatMap(({ value }) =>
          listOf(inside(value, "ports")).map((port) => inside(port, "name")),
        );
        return written.filter((name) => !declared.includes(name)).map((name) => `${name} of ${titled(resource)}`);
      });
      return [
        told(service, null, {
          ok: missing.length === 0,
          message:
            missing.length === 0 ? `${written.join(", ")} declared` : `no container declares ${missing.join(", ")}`,
          fix: "name a containerPort so, or send to its number",
        }),
      ];
    }),
};

const scaled: Rule = {
  id: "scaler-finds-target",
  title: "An autoscaler has a target, and a target one autoscaler",
  about: "An autoscaler without a target scales nothing, and two of one target undo each other's work.",
  severity: always,
  peers: [
    "kube-score horizontalpodautoscaler-has-target",
    "kube-linter dangling-horizontalpodautoscaler",
    "Kyverno prevent-duplicate-hpa",
  ],
  check: (subject) => {
    const scalers = subject.graph.ofType(AUTOSCALER);
    if (scalers.length === 0) return [];
    const targetOf = (scaler: Resource): string => {
      const target = valueAt(scaler, "spec", "scaleTargetRef");
      return `${textOf(inside(target, "kind"))} ${textOf(inside(target, "name"))}`;
    };
    // What an operator scales is a custom resource, which has no template to look into: any kind will do.
    const targets = new Map(
      subject.resources.map((each) => [
        `${scopeOf(each)}|${each.type.split(":")[2] ?? ""} ${nameOf(each) ?? ""}`,
        each,
      ]),
    );
    const together = new Map<string, readonly Resource[]>();
    for (const each of scalers) {
      const key = `${scopeOf(each)}|${targetOf(each)}`;
      together.set(key, [...(together.get(key) ?? []), each]);
    }
    return scalers.map((scaler): Finding => {
      const stuck = unknownIn(valueAt(scaler, "spec", "scaleTargetRef"));
      if (stuck !== undefined) return open(scaler, null, "spec.scaleTargetRef", stuck);
      const key = `${scopeOf(scaler)}|${targetOf(scaler)}`;
      const target = targets.get(key);
      const others = (together.get(key) ?? []).filter((each) => each !== scaler);
      const there = target !== undefined;
      return told(scaler, target === undefined ? null : partOf(subject, target), {
        ok: there && others.length === 0,
        message: !there
          ? `no ${targetOf(scaler)} in its namespace`
          : others.length > 0
            ? `${others.map(titled).join(", ")} scales it too`
            : `scales ${targetOf(scaler)}`,
        fix: there ? "keep one autoscaler" : "name what it scales by kind and name",
      });
    });
  },
};

export const selectorRules: readonly Rule[] = [found, ports, scaled];
