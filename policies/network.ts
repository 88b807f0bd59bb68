import { at, numberAt } from "../model";
import type { Network } from "../model";
import { count, finding, onValue, partsOf, undecided, valueAt } from "./finding";
import { beyondDev, inProd } from "./rule";
import type { Finding, Rule } from "./rule";

const flowLogs: Rule = {
  id: "flow-logs",
  title: "A network keeps flow logs",
  about: "Who spoke to whom cannot be found out afterwards.",
  severity: inProd,
  peers: ["CKV2_AWS_11", "cdk-nag VPC7"],
  check: (subject) =>
    partsOf(subject.parts, "network").map((network) => {
      const logs = at(network, "flowLogs");
      if (!logs.known) return undecided(network.key, "flowLogs", logs);
      const days = numberAt(network, "flowLogs", "keepDays");
      return finding(network.key, {
        ok: logs.value !== null,
        message:
          logs.value === null
            ? "no flow logs"
            : days === undefined
              ? "flow logs"
              : `flow logs kept ${count(days, "day")}`,
        fix: "set network.flowLogDays",
        fixByHand: "add a flow log of the VPC",
      });
    }),
};

const natPerZone: Rule = {
  id: "nat-per-zone",
  title: "Each private zone has its own way out",
  about: "Zones that share a NAT gateway lose their way out together with its zone; one of the region is in each.",
  severity: inProd,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "network").flatMap((network): readonly Finding[] => {
      const nat = valueAt(network, "natZones");
      if (!nat.known) return [undecided(network.key, "natZones", nat)];
      const natZones = nat.value as readonly string[];
      if (natZones.length === 0) return [];
      return [
        onValue<Network["subnets"]>(network, "subnets", (subnets) => {
          const zones = [...new Set(subnets.filter(({ tier }) => tier === "private").map(({ zone }) => zone))];
          const without = zones.filter((zone) => !natZones.includes(zone));
          return {
            ok: without.length === 0,
            message:
              without.length === 0
                ? `NAT in ${natZones.length} of ${count(zones.length, "zone")}`
                : `${without.join(", ")} goes out through ${natZones.join(", ")}`,
            fix: 'set network.nat: "per-zone" or "regional"',
            fixByHand: "give each of these zones a NAT gateway and a route to it, or the region one",
          };
        }),
      ];
    }),
};

const wayOut: Rule = {
  id: "way-out",
  title: "Calls that leave the network have a way out",
  about: "Without NAT a call to the internet waits for its timeout, on every request.",
  severity: beyondDev,
  peers: [],
  check: (subject) => {
    const leaving = subject.basis?.demand.filter(({ callsLeave }) => callsLeave) ?? [];
    if (leaving.length === 0) return [];
    return partsOf(subject.parts, "network").map((network) =>
      onValue<readonly string[]>(network, "natZones", (zones) => ({
        ok: zones.length > 0,
        message: `${leaving.map(({ workload }) => workload).join(", ")} calls out; NAT in ${count(zones.length, "zone")}`,
        fix: 'set network.nat: "one", "per-zone" or "regional"',
        fixByHand: "add a NAT gateway, and routes to it",
      })),
    );
  },
};

const zonesBuilt: Rule = {
  id: "network-zones",
  title: "The network has subnets in every zone of the plan",
  about: "Replicas run only where there is a subnet.",
  severity: beyondDev,
  peers: [],
  check: (subject) => {
    const { plan } = subject;
    if (plan === null) return [];
    return partsOf(subject.parts, "network").map((network) =>
      onValue<Network["subnets"]>(network, "subnets", (subnets) => {
        const missing = plan.zones.filter(
          (zone) => !subnets.some((subnet) => subnet.tier === "private" && subnet.zone === zone),
        );
        return {
          ok: missing.length === 0,
          message:
            missing.length === 0
              ? `private subnets in ${count(plan.zones.length, "zone")}`
              : `no private subnet in ${missing.join(", ")}`,
          fix: "add the zone to the network",
        };
      }),
    );
  },
};

export const networkRules: readonly Rule[] = [flowLogs, natPerZone, wayOut, zonesBuilt];
