import * as pulumi from "@pulumi/pulumi";
import type { Environment, Mistake } from "../../model";
import type { NetworkHandle } from "./network-args";
import type { ExistingServiceNetwork, ServiceNetwork, Subnets } from "./service-args";

type Slip = Pick<Mistake, "key" | "given" | "allowed" | "fix">;

/** The zones that the plan counts with; undefined where they are not said. */
export function zonesOf(network: ServiceNetwork | undefined): readonly string[] | undefined {
  if (network === undefined) return undefined;
  if (!("existing" in network)) return network.zones;
  const { zones, privateSubnetIds } = network.existing;
  return zones ?? (isByZone(privateSubnetIds) ? Object.keys(privateSubnetIds) : undefined);
}

/** `us-east-1` of `us-east-1a`, where all zones are of one region. */
export function regionOfZones(zones: readonly string[] | undefined): string | undefined {
  const regions = new Set((zones ?? []).map((zone) => zone.replace(/[a-z]$/, "")));
  const [only, ...others] = regions;
  return others.length > 0 ? undefined : only;
}

/** Subnets that no plan can count. */
export function subnetSlips(network: ServiceNetwork | undefined): readonly Slip[] {
  if (network === undefined || !("existing" in network)) return [];
  const { privateSubnetIds, publicSubnetIds, zones } = network.existing;
  const slips: Slip[] = [];
  for (const [name, subnets] of Object.entries({ privateSubnetIds, publicSubnetIds })) {
    const key = `network.existing.${name}`;
    if (subnets === undefined || isByZone(subnets)) continue;
    if (zones === undefined) {
      slips.push({
        key: "network.existing.zones",
        given: undefined,
        allowed: `${name} is a list, which says no zone`,
        fix: 'name the zones in the same order: zones: ["us-east-1a", "us-east-1b"]',
      });
    } else if (Array.isArray(subnets) && subnets.length !== zones.length) {
      slips.push({
        key,
        given: `${subnets.length} subnets`,
        allowed: `one for each of the zones ${zones.join(", ")}`,
        fix: "give as many subnets as zones, in the same order",
      });
    }
  }
  return slips;
}

/** Start of what stands for a subnet that is known only after deploy: of those a plan states no zone. */
const NO_SUBNET = "subnet-0000000";

/** Subnets whose ids are known now. */
export function knownSubnets(zones: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(zones).filter(([id]) => !id.startsWith(NO_SUBNET)));
}

/** The network as an environment says it: ids that are known only after deploy stand as placeholders, which nothing is built with. */
export function networkChoice(network: ServiceNetwork, zones: readonly string[]): Environment["network"] {
  if (!("existing" in network)) {
    const { create, nat, addressRange, flowLogDays, endpoints } = network;
    return {
      create,
      nat,
      ...(addressRange === undefined ? {} : { addressRange }),
      ...(flowLogDays === undefined ? {} : { flowLogDays }),
      ...(endpoints === undefined ? {} : { endpoints }),
    };
  }
  const { vpcId, privateSubnetIds, publicSubnetIds, addressRange } = network.existing;
  const literal = (id: pulumi.Input<string> | undefined, placeholder: string): string =>
    typeof id === "string" ? id : placeholder;
  const subnets = (given: Subnets) =>
    Object.fromEntries(
      Object.entries(byZone(given, zones)).map(([zone, id], index) => [zone, literal(id, `${NO_SUBNET}${index}`)]),
    );
  return {
    existing: {
      vpcId: literal(vpcId, "vpc-00000000"),
      privateSubnetIds: subnets(privateSubnetIds),
      ...(publicSubnetIds === undefined ? {} : { publicSubnetIds: subnets(publicSubnetIds) }),
      ...(addressRange === undefined ? {} : { addressRange }),
    },
  };
}

/** What is built with: the ids as they were given. */
export function existingHandle(existing: ExistingServiceNetwork, zones: readonly string[]): NetworkHandle {
  return {
    vpcId: existing.vpcId,
    addressRange: existing.addressRange ?? null,
    privateSubnetIds: byZone(existing.privateSubnetIds, zones),
    publicSubnetIds: existing.publicSubnetIds === undefined ? {} : byZone(existing.publicSubnetIds, zones),
    natGatewayIds: [],
    ready: [],
  };
}

function isByZone(subnets: Subnets): subnets is Readonly<Record<string, pulumi.Input<string>>> {
  return typeof subnets === "object" && !Array.isArray(subnets) && !pulumi.Output.isInstance(subnets);
}

function byZone(subnets: Subnets, zones: readonly string[]): Readonly<Record<string, pulumi.Input<string>>> {
  if (isByZone(subnets)) return subnets;
  const at = (index: number): pulumi.Input<string> =>
    Array.isArray(subnets)
      ? ((subnets as readonly pulumi.Input<string>[])[index] ?? "")
      : pulumi.output(subnets as pulumi.Output<readonly string[]>).apply((ids) => ids[index] ?? "");
  return Object.fromEntries(zones.map((zone, index) => [zone, at(index)]));
}
