import { partKey, type DnsCheck, type DnsFailover, type DnsTarget, type LoadBalancer, type Part } from "../../model";
import type { Subject } from "../../policies";
import { balancer, demand, of, plan } from "./fixture";

const doorKey = (region: string) => partKey("load-balancer", "web", region);
export const door = (region: string, over: Partial<LoadBalancer> = {}) =>
  balancer({ key: doorKey(region), region, ...over });
export const east = door("us-east-1");
export const west = door("us-west-2");

export const check = (name: string, over: Partial<DnsCheck> = {}): DnsCheck => ({
  protocol: "https",
  name,
  port: 443,
  path: "/health",
  intervalSeconds: 30,
  failures: 3,
  matchesText: false,
  measuresLatency: false,
  ...over,
});
export const place = (region: string, priority: number, over: Partial<DnsTarget> = {}): DnsTarget => ({
  part: doorKey(region),
  name: `${region}.web.example.com`,
  priority,
  check: check(`${region}.web.example.com`),
  followsBalancer: null,
  ...over,
});
export const first = place("us-east-1", 1);
export const second = place("us-west-2", 2);
export const failover = (
  targets: readonly DnsTarget[] = [first, second],
  over: Partial<DnsFailover> = {},
): DnsFailover => ({
  kind: "dns-failover",
  key: partKey("dns-failover", "web", "us-east-1"),
  workload: "web",
  region: "us-east-1",
  name: "web.example.com",
  ttlSeconds: 60,
  targets,
  runtime: { kind: "route53" },
  ...over,
});
export const stack = (part: Part, doors: readonly Part[] = [east, west]): Subject => of([part, ...doors]);

const blind = { ...first, check: null };
const well = stack(failover());
const inside = [east, west].map((each) => ({ ...each, exposure: "private" as const }));

const between = {
  globalUnavailability: 1e-5,
  regionEventsPerYear: 0.1,
  balancerEventsPerYear: 0.1,
  natEventsPerYear: 0.1,
  foundBy: "callers" as const,
  warmSeconds: 0,
};
/** Both regions carry the peak, and a region must be survived; undefined: nothing is said of callers at all. */
export function surviving(callersMoveSeconds?: number | null, parts: readonly Part[] = [east, west]): Subject {
  const { failures } = plan();
  return of(parts, {
    plan: plan({
      objectives: { availability: 0.99, survive: "region" },
      demand: [demand(), demand({ part: partKey("replica-group", "web", "us-west-2") })],
      failures:
        callersMoveSeconds === undefined
          ? failures
          : { ...failures, betweenRegions: { ...between, failoverSeconds: callersMoveSeconds } },
    }),
  });
}

/** Rule, a stack that breaks it, and one that keeps it. */
export const dnsFailoverCases: readonly (readonly [string, Subject, Subject])[] = [
  ["dns-failover-two-places", stack(failover([first])), well],
  ["dns-failover-checked", stack(failover([blind, second])), well],
  [
    "dns-alias-follows-balancer",
    stack(failover([{ ...first, followsBalancer: false }, second])),
    stack(failover([{ ...first, followsBalancer: true }, second])),
  ],
  ["dns-failover-ttl", stack(failover([first, second], { ttlSeconds: 61 })), well],
  [
    "dns-failover-asks-the-door",
    stack(failover([{ ...first, check: check(first.name, { path: "/" }) }, second])),
    well,
  ],
  ["dns-failover-reaches", stack(failover(), inside), well],
  ["region-loss-carried", surviving(), surviving(60)],
  ["region-loss-carried", surviving(null), surviving(undefined, [failover(), east, west])],
];
