import type { BalancerTarget } from "../../model";
import { partKey } from "../../model";
import type { Subject } from "../../policies";
import { balancer, group, of } from "./fixture";
import { cluster, later, ofKind, type Content } from "./manifests";

const named = (object: Content, name: string): Content => ({ ...object, metadata: { name, namespace: "shop" } });
const envoy = "gateway.envoyproxy.io";
const backend = (name: string, endpoint: Content, over: Content = {}): Content =>
  named(ofKind(`${envoy}/v1alpha1`, "Backend", { endpoints: [endpoint], ...over }), name);
const address = (ip: string): Content => ({ ip: { address: ip, port: 80 } });
const fqdn = (hostname: string): Content => ({ fqdn: { hostname, port: 443 } });
const other = backend("other", fqdn("other.example.com"), { fallback: true });
const pods = backend("pods", fqdn("web.shop.svc.cluster.local"));
const toPods: Content = { group: envoy, kind: "Backend", name: "pods" };
const toOther: Content = { group: envoy, kind: "Backend", name: "other" };
const route = (...backendRefs: readonly Content[]): Content =>
  named(
    ofKind("gateway.networking.k8s.io/v1", "HTTPRoute", { parentRefs: [{ name: "front" }], rules: [{ backendRefs }] }),
    "web",
  );
const policy = (healthCheck: Content | typeof later, kind = "HTTPRoute", name = "web"): Content =>
  named(ofKind(`${envoy}/v1alpha1`, "BackendTrafficPolicy", { targetRefs: [{ kind, name }], healthCheck }), "p");
const active: Content = { active: { type: "TCP", tcp: {} } };

const beside = (...refs: readonly Content[]): Subject => cluster([pods, other, route(...refs)]);
const checked = (...policies: readonly Content[]): Subject =>
  cluster([pods, other, route(toPods, toOther), ...policies]);

const REGION = "topology.kubernetes.io/region";
const istio = (localityLbSetting: Content, outlierDetection?: Content | typeof later): Subject =>
  cluster([
    ofKind("networking.istio.io/v1", "DestinationRule", {
      host: "web",
      trafficPolicy: {
        loadBalancer: { localityLbSetting },
        ...(outlierDetection === undefined ? {} : { outlierDetection }),
      },
    }),
  ]);
const failover: Content = { failover: [{ from: "us-east-1", to: "us-west-2" }] };

/** The door of six replicas, with as many other doors behind them. */
const before = (others: number, panicBelow: number): Subject => {
  const door = balancer({
    ejection: null,
    runtime: { kind: "gateway-api", implementation: "envoy-gateway", panicBelow, mostRequests: null },
  });
  if (door.kind !== "load-balancer") throw new Error("a balancer is a balancer");
  const [own] = door.targets;
  const behind = Array.from({ length: others }, (_, i): BalancerTarget => ({
    ...own!,
    part: partKey("load-balancer", "web", `region-${i}`),
    priority: 2,
  }));
  return of([group(), { ...door, targets: [own!, ...behind] }]);
};

/** What is handed on, and when it never is: what fails, and its neighbour that passes. */
export const fallbackCases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  ["fallback-waits", beside({ name: "web", port: 80 }, toOther), beside(toPods, toOther)],
  [
    "fallback-waits",
    beside({ ...toPods, filters: [{ type: "RequestHeaderModifier" }] }, toOther),
    beside(toPods, toOther),
  ],
  [
    "fallback-waits",
    cluster([pods, backend("other", address("192.0.2.1"), { fallback: true }), route(toPods, toOther)]),
    cluster([
      backend("pods", address("192.0.2.2")),
      backend("other", address("192.0.2.1"), { fallback: true }),
      route(toPods, toOther),
    ]),
  ],
  ["fallback-is-reached", checked(), checked(policy(active))],
  ["fallback-is-reached", checked(policy({ panicThreshold: 0 })), checked(policy(active, "Gateway", "front"))],
  ["fallback-is-reached", checked(policy({ passive: {} })), checked(policy({ passive: { maxEjectionPercent: 100 } }))],
  // 1 - 1/1.4 = 28.6 % must be out.
  [
    "fallback-is-reached",
    checked(policy({ passive: { maxEjectionPercent: 28 } })),
    checked(policy({ passive: { maxEjectionPercent: 29 } })),
  ],
  // A policy of the route stands in the place of its Gateway's.
  [
    "fallback-is-reached",
    checked(policy(active, "Gateway", "front"), { ...policy({}), metadata: { name: "q", namespace: "shop" } }),
    checked(policy(active)),
  ],
  ["locality-failover-ejects", istio(failover), istio(failover, { maxEjectionPercent: 100 })],
  [
    "locality-failover-ejects",
    istio({ failoverPriority: [REGION] }, { consecutive5xxErrors: 3 }),
    istio({ failoverPriority: [REGION] }, { maxEjectionPercent: 29 }),
  ],
  ["door-panics-after-others", before(2, 0.5), before(2, 1 / 6)],
  ["door-panics-after-others", before(3, 0.17), before(3, 0.16)],
];

/** What is not known decides nothing. */
export const fallbackOpenCases: readonly (readonly [id: string, Subject])[] = [
  ["fallback-is-reached", checked(policy(later))],
  ["locality-failover-ejects", istio(failover, later)],
  ["locality-failover-ejects", istio(failover, { maxEjectionPercent: later })],
];

/** Where nothing falls back, nothing is said. */
export const withoutFallback: readonly (readonly [id: string, Subject])[] = [
  ["fallback-waits", beside({ name: "web", port: 80 }, toPods)],
  ["fallback-is-reached", beside(toPods)],
  ["locality-failover-ejects", istio({ enabled: false, ...failover })],
  ["locality-failover-ejects", istio({ enabled: true })],
  ["door-panics-after-others", before(1, 0.5)],
];
