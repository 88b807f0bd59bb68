import type { Resource } from "../../model";
import type { Subject } from "../../policies";
import {
  ALB,
  CACHE,
  caches,
  certificates,
  cpu,
  EIP,
  groupsOf,
  letters,
  listeners,
  many,
  NAT,
  nats,
  one,
  registered,
  rulesOf,
  running,
  SERVICE,
  shared,
  subnets,
  TG,
  tracking,
} from "../policies/deployable-programs";
import { resource } from "../policies/fixture";

/** How many of something AWS takes, in the words of its reference, and a program that has so many. */
export interface Count {
  readonly rule: string;
  readonly quote: string;
  readonly bound: "least" | "most";
  readonly number: number;
  /** Programs differ by so many. @default 1 */
  readonly step?: number;
  readonly program: (number: number) => readonly Resource[] | Subject;
}

const quotas =
  "Quotas: 50 ALB/region, 50 listeners, 100 TG per ALB (hard), 1,000 targets per ALB and per TG, 5 TG per action (hard), 1 LB per TG, 100 rules, 25 extra certs, 3,000 TG/region [albq].";
const zonesQuote = "ALB: subnets in **≥2 AZs, one subnet per AZ**";
const nf = "EIPs 5/region and NAT 5/AZ: **nf** in text read";
const names = 'With "-" + 7 random chars the logical name budget is about 24 (TG) and 32 (RG) D.';
const ecsQuotas = "Quotas: 5,000 services/cluster, 5,000 tasks/service";

const most = (rule: string, number: number, quote: string, program: Count["program"], step = 1): Count => ({
  rule,
  quote,
  bound: "most",
  number,
  step,
  program,
});

const zonesOf = (number: number): readonly string[] => many(number, (index) => `zone-${index}`);

/** Quotas, and what more than one resource must agree on; what a single resource may say is in provider/refusals.ts. */
export const counts: readonly Count[] = [
  {
    rule: "balancer-zones",
    quote: zonesQuote,
    bound: "least",
    number: 2,
    program: (number) => subnets(zonesOf(number)),
  },
  most("balancer-subnets-per-zone", 1, zonesQuote, (number) => subnets(["z", ...many(number, () => "a")])),
  most("target-group-logical-name", 24, names, (number) => [resource(TG, {}, {}, { name: letters(number) })]),
  most("replication-group-logical-name", 32, names, (number) => [resource(CACHE, {}, {}, { name: letters(number) })]),
  most("balancers-per-region", 50, quotas, (number) => many(number, () => resource(ALB, {}))),
  most("listeners-per-balancer", 50, quotas, listeners),
  most("target-groups-per-balancer", 100, quotas, groupsOf),
  most("targets-per-balancer", 1000, quotas, (number) => running(1, number)),
  most("targets-per-group", 1000, quotas, (number) => running(1, number)),
  most("balancers-per-target-group", 1, quotas, shared),
  most("rules-per-balancer", 100, quotas, rulesOf),
  most("certificates-per-balancer", 25, quotas, certificates),
  most("target-groups-per-region", 3000, quotas, (number) => many(number, () => resource(TG, {}))),
  // A replica of one vCPU and its like in a rollout.
  most("fargate-vcpus", 6, "Fargate **On-Demand 6 vCPU default**", (number) => running(number / 2, number), 2),
  most("tasks-per-service", 5000, ecsQuotas, (number) => running(1, number)),
  most("services-per-cluster", 5000, ecsQuotas, (number) => many(number, () => resource(SERVICE, { desiredCount: 1 }))),
  most("service-connect-tasks", 1000, "**≤1,000 tasks per service**", (number) => running(1, number, registered)),
  most("scaling-policies-per-metric", 1, "One policy per metric", (number) => many(number, () => tracking(cpu))),
  // Shards of three nodes.
  most("cache-nodes-per-region", 300, "300 nodes/region, 90 nodes/cluster default", (number) => caches(number / 3), 3),
  most("addresses-per-nat", 2, "NAT: 2 EIPs/gateway", (number) =>
    one(NAT, { allocationId: "a", secondaryAllocationIds: many(number - 1, (index) => `b${index}`) }),
  ),
  most("elastic-ips-per-region", 5, nf, (number) => many(number, () => resource(EIP, {}))),
  most("nat-gateways-per-zone", 5, nf, nats),
];
