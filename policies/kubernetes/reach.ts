import { choosers, selects } from "../../components/kubernetes/scope.read";
import { inside, listOf, valueAt } from "../../components/leaf.read";
import type { Resource, Value } from "../../model";
import { always, inProd } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { labelsOf, open, serving, staying, titled, told, unknownIn, type Workload } from "./workloads";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

/** Policies that hold for a workload's pods. */
export function policiesOf(subject: Subject, workload: Workload): readonly Resource[] | undefined {
  const labels = labelsOf(workload);
  if (labels === undefined) return undefined;
  // Left out, it is all pods.
  const how: typeof selects = (selector, own) => selects(selector ?? {}, own);
  return choosers(subject.graph, workload.resource, { type: POLICY, property: "podSelector", how }, labels);
}

const isolated: Rule = {
  id: "pods-isolated",
  title: "A network policy says who may reach a pod",
  about: "Without one every pod of the cluster reaches every port.",
  severity: inProd,
  peers: ["kube-linter non-isolated-pod", "kube-score pod-networkpolicy", "Polaris missingNetworkPolicy"],
  check: (subject) =>
    serving(subject).map((workload) => {
      const { resource, part } = workload;
      const policies = policiesOf(subject, workload);
      if (policies === undefined) return open(resource, part, "labels of its pods", { $unknown: "after-deploy" });
      return told(resource, part, {
        ok: policies.length > 0,
        message: policies.length > 0 ? policies.map(titled).join(", ") : "no network policy selects its pods",
        fix: "add a NetworkPolicy that lets in its callers, and lets out its callees and DNS",
      });
    }),
};

/** Does a policy close the way out, or in, but for its rules? Left out, policyTypes has Ingress, and Egress only where there are rules for it. */
export function closes(policy: Resource, side: "egress" | "ingress"): boolean {
  const types = valueAt(policy, "spec", "policyTypes");
  if (types === undefined) return side === "ingress" || valueAt(policy, "spec", "egress") !== undefined;
  return listOf(types).includes(side === "egress" ? "Egress" : "Ingress");
}

/** Does a rule let questions out to a resolver, wherever it is: any place, addresses, or pods of other namespaces? */
function letsOutTo53(rule: Value, protocol: "UDP" | "TCP"): boolean {
  const to = listOf(inside(rule, "to"));
  const far =
    to.length === 0 ||
    to.some((peer) => inside(peer, "namespaceSelector") !== undefined || inside(peer, "ipBlock") !== undefined);
  const given = listOf(inside(rule, "ports"));
  const open53 = given.some((each) => {
    const port = inside(each, "port");
    const end = inside(each, "endPort");
    const numbered =
      port === undefined ||
      port === 53 ||
      port === "dns" ||
      port === "dns-tcp" ||
      (typeof port === "number" && typeof end === "number" && port <= 53 && end >= 53);
    return numbered && (inside(each, "protocol") ?? "TCP") === protocol;
  });
  return far && (given.length === 0 || open53);
}

const names: Rule = {
  id: "names-resolve",
  title: "A network policy that closes the way out leaves DNS open",
  about: "Without port 53, UDP and TCP, a pod finds none of its callees, and fails as if they were all down.",
  severity: always,
  peers: [],
  check: (subject) =>
    staying(subject).flatMap((workload): readonly Finding[] => {
      const { resource, part } = workload;
      const closing = (policiesOf(subject, workload) ?? []).filter((each) => closes(each, "egress"));
      if (closing.length === 0) return [];
      const stuck = closing
        .map((each) => unknownIn(valueAt(each, "spec", "egress")))
        .find((each) => each !== undefined);
      if (stuck !== undefined) return [open(resource, part, "egress of its network policies", stuck)];
      const rules = closing.flatMap((each) => listOf(valueAt(each, "spec", "egress")));
      const udp = rules.some((rule) => letsOutTo53(rule, "UDP"));
      const tcp = rules.some((rule) => letsOutTo53(rule, "TCP"));
      return [
        told(resource, part, {
          ok: udp,
          message: udp
            ? tcp
              ? "port 53 is open"
              : "port 53 is open to UDP; long answers come by TCP"
            : `${closing.map(titled).join(", ")} closes port 53`,
          fix: "let out to port 53, UDP and TCP",
        }),
      ];
    }),
};

export const reachRules: readonly Rule[] = [isolated, names];
