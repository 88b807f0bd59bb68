import { handOn } from "../../catalog/kubernetes/hand-on";
import { gatewayDefaults } from "../../catalog/kubernetes/gateways";
import { indexed, nameOf, namedIn, scopeOf } from "../../components/kubernetes/scope.read";
import { asText, inside, listOf, valueAt } from "../../components/leaf.read";
import type { Resource, Value } from "../../model";
import { always } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { open, titled, told, unknownIn } from "./workloads";

const GATEWAY_API = "kubernetes:gateway.networking.k8s.io/v1";
const HTTP_ROUTE = `${GATEWAY_API}:HTTPRoute`;
const ENVOY = "kubernetes:gateway.envoyproxy.io/v1alpha1";
const BACKEND = `${ENVOY}:Backend`;
const POLICY = `${ENVOY}:BackendTrafficPolicy`;
const DESTINATION_RULES = ["v1", "v1beta1", "v1alpha3"].map(
  (version) => `kubernetes:networking.istio.io/${version}:DestinationRule`,
);

/** A rule of a route that has a fallback among its backends. */
interface WithFallback {
  readonly route: Resource;
  readonly rule: Value;
  readonly refs: readonly Value[];
}

function backendOf({ graph }: Subject, route: Resource, ref: Value): Resource | undefined {
  if (inside(ref, "kind") !== "Backend") return undefined;
  const namespace = asText(inside(ref, "namespace") ?? null);
  const scope = namespace === undefined ? scopeOf(route) : `${route.provider ?? ""}|${namespace}`;
  return namedIn(graph, scope, BACKEND, asText(inside(ref, "name") ?? null) ?? "");
}

function fallbacksIn(subject: Subject): readonly WithFallback[] {
  return subject.graph.ofType(HTTP_ROUTE).flatMap((route) =>
    listOf(valueAt(route, "spec", "rules")).flatMap((rule): readonly WithFallback[] => {
      const refs = listOf(inside(rule, "backendRefs"));
      const falls = refs.some((ref) => {
        const backend = backendOf(subject, route, ref);
        return backend !== undefined && valueAt(backend, "spec", "fallback") === true;
      });
      return falls && refs.length > 1 ? [{ route, rule, refs }] : [];
    }),
  );
}

const isByName = (backend: Resource): boolean =>
  listOf(valueAt(backend, "spec", "endpoints")).some((each) => inside(each, "fqdn") !== undefined);

const together: Rule = {
  id: "fallback-waits",
  title: "A fallback stands beside backends of its own sort, without filters on one of them",
  about:
    "Envoy Gateway makes one cluster of a rule's backends only where all are names or none is, and none has a filter; else it shares requests among them by weight, and the fallback has its share always.",
  severity: always,
  peers: [],
  check: (subject) =>
    fallbacksIn(subject).map(({ route, refs }) => {
      const named = refs.filter((ref) => {
        const backend = backendOf(subject, route, ref);
        return backend !== undefined && isByName(backend);
      });
      const filtered = refs.filter((ref) => listOf(inside(ref, "filters")).length > 0);
      const mixed = named.length > 0 && named.length < refs.length;
      return told(route, null, {
        ok: !mixed && filtered.length === 0,
        message: mixed
          ? `${named.length} of ${refs.length} backends are names: they share requests by weight`
          : filtered.length > 0
            ? `${filtered.length} of ${refs.length} backends have filters: they share requests by weight`
            : "its backends are of one sort",
        fix: "lead to own pods by a Backend with the name of a headless Service, and put filters on the rule",
      });
    }),
};

/** Share that must be out before any request is handed on: with 72 % healthy all stay. */
const LEAST_OUT = 1 - 1 / handOn["envoy-gateway"].overprovisioning;

const enoughOut = (percent: number): boolean => percent / 100 > LEAST_OUT;

/** Policies that hold for a route: its own, and its Gateway's. */
function policiesOf({ graph }: Subject, route: Resource): readonly Resource[] {
  const index = indexed(graph, POLICY, "what it is attached to", (policy) =>
    [...listOf(valueAt(policy, "spec", "targetRefs")), valueAt(policy, "spec", "targetRef") ?? null].map(
      (ref) => `${scopeOf(policy)}|${word(inside(ref, "kind"))}|${word(inside(ref, "name"))}`,
    ),
  );
  const of = (kind: string, name: string): readonly Resource[] => index.get(`${scopeOf(route)}|${kind}|${name}`) ?? [];
  const own = of("HTTPRoute", nameOf(route) ?? "");
  return own.length > 0
    ? own
    : listOf(valueAt(route, "spec", "parentRefs")).flatMap((ref) => of("Gateway", word(inside(ref, "name"))));
}

const word = (value: Value | undefined): string => asText(value ?? null) ?? "";

const watched: Rule = {
  id: "fallback-is-reached",
  title: "Somebody sees that a fallback is needed, and may say so of enough replicas",
  about:
    "Without checks what is dead and still listed is sent to; and while fewer than 29 % may be put out, as the usual tenth, all requests stay.",
  severity: always,
  peers: [],
  check: (subject) =>
    fallbacksIn(subject).map(({ route }): Finding => {
      const policies = policiesOf(subject, route);
      const stuck = policies.map((each) => unknownIn(valueAt(each, "spec", "healthCheck"))).find((each) => each);
      if (stuck !== undefined) return open(route, null, "health checks", stuck);
      const checks = policies.map((each) => valueAt(each, "spec", "healthCheck"));
      const active = checks.some((each) => inside(each, "active") !== undefined);
      const usual = gatewayDefaults["envoy-gateway"].ejection.maxShare * 100;
      const most = checks.flatMap((each) => {
        const passive = inside(each, "passive");
        const percent = passive === undefined ? undefined : (inside(passive, "maxEjectionPercent") ?? usual);
        return typeof percent === "number" ? [percent] : [];
      });
      return told(route, null, {
        ok: active || most.some(enoughOut),
        message: active
          ? "its backends are asked"
          : most.length === 0
            ? "nobody looks whether its backends are ill"
            : `at most ${most.join(", ")} % may be put out, and nothing asks them: the fallback is never sent to`,
        fix: "add healthCheck.active to a BackendTrafficPolicy of the route, or let maxEjectionPercent be 100",
      });
    }),
};

const outliers: Rule = {
  id: "locality-failover-ejects",
  title: "A rule of Istio that fails over between localities detects outliers, and may put enough of them out",
  about:
    "Without outlierDetection Istio ignores failover; and while fewer than 29 % may be put out, as the usual tenth, pods that fail keep all requests.",
  severity: always,
  peers: [],
  check: ({ graph }) =>
    DESTINATION_RULES.flatMap((type) => graph.ofType(type)).flatMap((rule): readonly Finding[] => {
      const policy = valueAt(rule, "spec", "trafficPolicy");
      const setting = inside(policy, "loadBalancer", "localityLbSetting");
      const asked = ["failover", "failoverPriority"].some((key) => listOf(inside(setting, key)).length > 0);
      if (!asked || inside(setting, "enabled") === false) return [];
      const out = inside(policy, "outlierDetection");
      const percent =
        out === undefined
          ? undefined
          : (inside(out, "maxEjectionPercent") ?? gatewayDefaults.istio.ejection.maxShare * 100);
      const stuck = unknownIn(out) ?? unknownIn(percent);
      if (stuck !== undefined) return [open(rule, null, "outlierDetection", stuck)];
      return [
        told(rule, null, {
          ok: typeof percent === "number" && enoughOut(percent),
          message:
            typeof percent === "number"
              ? `${percent} % of the pods may be put out`
              : `${titled(rule)} has no outlierDetection: its failover is ignored`,
          fix: "add outlierDetection with maxEjectionPercent: 100",
        }),
      ];
    }),
};

/** What is handed on to other regions or other clusters, and when it never is. */
export const fallbackRules: readonly Rule[] = [together, watched, outliers];
