import { withOwnLabels } from "../../components/kubernetes/own-labels.read";
import { chooses, labelsIn, named, namedIn, nameOf, scopeOf, selects } from "../../components/kubernetes/scope.read";
import { asText, inside, listOf, valueAt } from "../../components/leaf.read";
import type { Resource, Value } from "../../model";
import { undecided } from "../finding";
import { advice } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { closes, policiesOf } from "./reach";
import { selectedBeside } from "./selected";
import { addressesIn, type NamedAddress } from "./variables";
import {
  everyContainer,
  labelsOf,
  open,
  podMakers,
  running,
  titled,
  told,
  unknownIn,
  type Workload,
} from "./workloads";

const SERVICE = "kubernetes:core/v1:Service";
const NAMESPACE = "kubernetes:core/v1:Namespace";
/** The label that every namespace has of its own. */
const OWN_NAME = "kubernetes.io/metadata.name";

/** Pods that a variable leads to, and their port. */
interface Callee {
  /** `PG_URL: Service data/pg` */
  readonly word: string;
  readonly pods: readonly Workload[];
  readonly port: number;
}

/** Pods behind an address that is a Service's of the same cluster; undefined: it is none, or who is behind it another rule tells. */
function calleeOf(subject: Subject, { resource }: Workload, address: NamedAddress): Callee | undefined {
  const [name = "", namespace, svc] = address.host.split(".");
  if (svc !== undefined && svc !== "svc") return undefined;
  const service =
    namespace === undefined
      ? named(subject.graph, resource, SERVICE, name)
      : namedIn(subject.graph, `${resource.provider ?? ""}|${namespace}`, SERVICE, name);
  const spec = service === undefined ? undefined : valueAt(service, "spec");
  if (service === undefined || unknownIn(spec) !== undefined || inside(spec, "type") === "ExternalName")
    return undefined;
  const pods = selectedBeside(subject, service, inside(spec, "selector"), chooses);
  if (pods === undefined || pods.length === 0) return undefined;
  const ports = listOf(inside(spec, "ports")).filter((each) => (inside(each, "protocol") ?? "TCP") === "TCP");
  const asked = address.port ?? (ports.length === 1 ? inside(ports[0], "port") : undefined);
  const sent = ports.find((each) => inside(each, "port") === asked);
  // Without an address of its own the name leads to the pods themselves.
  const target = inside(spec, "clusterIP") === "None" ? asked : (inside(sent, "targetPort") ?? inside(sent, "port"));
  const port = typeof target === "number" ? target : portNamed(pods, target);
  return port === undefined ? undefined : { word: `${address.variable}: ${titled(service)}`, pods, port };
}

const portsOf = ({ pod }: Workload): readonly Value[] =>
  running(inside(pod, "spec")).flatMap(({ value }) => listOf(inside(value, "ports")));

function portNamed(pods: readonly Workload[], name: Value | undefined): number | undefined {
  const found = pods.flatMap(portsOf).find((each) => name !== undefined && inside(each, "name") === name);
  const port = inside(found, "containerPort");
  return typeof port === "number" ? port : undefined;
}

type Verdict = "yes" | "no" | "maybe";

/** The surest of several, any of which is enough. */
function anyOf(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes("yes") ? "yes" : verdicts.includes("maybe") ? "maybe" : "no";
}

/** Does a rule of a policy have the pods of `other` among its peers? */
function meets(subject: Subject, policy: Resource, peer: Value, other: Workload): Verdict {
  if (inside(peer, "ipBlock") !== undefined) {
    const all = ["0.0.0.0/0", "::/0"].includes(asText(inside(peer, "ipBlock", "cidr") ?? null) ?? "");
    // Which addresses pods have, no object says.
    return all && inside(peer, "ipBlock", "except") === undefined ? "yes" : "maybe";
  }
  const spaces = inside(peer, "namespaceSelector");
  const place = spaces === undefined ? (scopeOf(policy) === scopeOf(other.resource) ? "yes" : "no") : within();
  const selector = inside(peer, "podSelector");
  if (place === "no" || selector === undefined) return place;
  const labels = labelsOf(other);
  if (labels === undefined) return "maybe";
  return selects(selector, withOwnLabels(other.resource, labels, selector)) ? place : "no";

  function within(): Verdict {
    const name = asText(valueAt(other.resource, "metadata", "namespace") ?? null) ?? "default";
    const there = subject.graph.ofType(NAMESPACE).find((each) => nameOf(each) === name);
    const own = new Map([...labelsIn(there && valueAt(there, "metadata", "labels")), [OWN_NAME, name] as const]);
    if (selects(spaces, own)) return "yes";
    const words = [
      ...labelsIn(inside(spaces, "matchLabels")).keys(),
      ...listOf(inside(spaces, "matchExpressions")).map((each) => inside(each, "key")),
    ];
    // Labels of a namespace that is not here nobody knows, but for its name.
    return there === undefined && words.some((key) => key !== OWN_NAME) ? "maybe" : "no";
  }
}

/** Does a rule have that port among its own? Of a port's name, by what the pods that are reached call theirs. */
function opens(rule: Value, port: number, reached: Workload): boolean {
  const given = listOf(inside(rule, "ports"));
  const declared = portsOf(reached).filter((each) => inside(each, "containerPort") === port);
  return (
    given.length === 0 ||
    given.some((each) => {
      if ((inside(each, "protocol") ?? "TCP") !== "TCP") return false;
      const from = inside(each, "port");
      const to = inside(each, "endPort");
      if (typeof from === "number") return typeof to === "number" ? from <= port && port <= to : from === port;
      return from === undefined || declared.some((own) => inside(own, "name") === from);
    })
  );
}

/** One way through the policies of one side: out of the caller, or in to the callee. */
interface Way {
  readonly side: "egress" | "ingress";
  readonly of: Workload;
  readonly other: Workload;
  readonly port: number;
}

/** Whether policies leave that way open, and which close it. */
function judgeWay(
  subject: Subject,
  { side, of, other, port }: Way,
): {
  readonly verdict: Verdict;
  readonly by: readonly Resource[];
  /** A policy has rules that are known only after deploy. */
  readonly late: boolean;
} {
  const by = (policiesOf(subject, of) ?? []).filter((each) => closes(each, side));
  if (by.length === 0) return { verdict: "yes", by, late: false };
  const peers = side === "egress" ? "to" : "from";
  const reached = side === "egress" ? other : of;
  const verdict = anyOf(
    by.flatMap((policy) => {
      const rules = valueAt(policy, "spec", side);
      if (unknownIn(rules) !== undefined) return ["maybe" as const];
      return listOf(rules).flatMap((rule) => {
        if (!opens(rule, port, reached)) return [];
        const list = listOf(inside(rule, peers));
        return list.length === 0 ? ["yes" as const] : list.map((peer) => meets(subject, policy, peer, other));
      });
    }),
  );
  return { verdict, by, late: by.some((policy) => unknownIn(valueAt(policy, "spec", side)) !== undefined) };
}

function judged(subject: Subject, caller: Workload): readonly Finding[] {
  const { resource, part } = caller;
  const callees = addressesIn(subject.graph, resource, everyContainer(inside(caller.pod, "spec"))).flatMap(
    (address) => calleeOf(subject, caller, address) ?? [],
  );
  if (callees.length === 0) return [];
  if (labelsOf(caller) === undefined) return [open(resource, part, "labels of its pods", { $unknown: "after-deploy" })];
  const ways = callees.flatMap(({ word, pods, port }) =>
    pods.flatMap((callee) =>
      (["egress", "ingress"] as const).map((side) => {
        const [of, other] = side === "egress" ? [caller, callee] : [callee, caller];
        return { what: `${word} on ${port}`, side, ...judgeWay(subject, { side, of, other, port }) };
      }),
    ),
  );
  if (ways.every(({ by }) => by.length === 0)) return [];
  const shut = ways.filter(({ verdict }) => verdict === "no");
  const maybe = ways.filter(({ verdict }) => verdict === "maybe");
  if (shut.length === 0 && maybe.length > 0)
    return [
      undecided(part, `whether policies let ${titled(resource)} to ${list(maybe)}`, {
        why: maybe.some(({ late }) => late) ? "after-deploy" : "elsewhere",
      }),
    ];
  const messages = shut.map(
    ({ what, side, by }) =>
      `${by.map(titled).join(", ")} ${side === "egress" ? "lets nothing out to" : "does not let it in:"} ${what}`,
  );
  return [
    told(resource, part, {
      ok: shut.length === 0,
      message: shut.length === 0 ? `may call ${list(ways)}` : [...new Set(messages)].join("; "),
      fix: "add an egress rule with the callee's pods and port, or its caller to the callee's ingress; of a component of nines/kubernetes: reaches, or callers",
    }),
  ];
}

const list = (ways: readonly { readonly what: string }[]): string =>
  [...new Set(ways.map(({ what }) => what))].join(", ");

const reachable: Rule = {
  id: "callees-reachable",
  title: "Network policies leave open the way to each Service that a pod's variables name",
  about:
    "What a policy closes is dropped without an answer: the caller waits until its own time-out, at every request.",
  severity: advice,
  peers: [],
  check: (subject) => podMakers(subject).flatMap((caller) => judged(subject, caller)),
};

export const calleeRules: readonly Rule[] = [reachable];
