import { plansIn } from "./registered-plan";
import { bareResource, type Resource, type Value } from "./resource";

export const SUBNET_TYPE = "aws:ec2/subnet:Subnet";

/**
 * Subnets that are there already, by id, each as far as a registered plan states it: its zone. Of one that two plans put
 * into different zones nothing is known.
 */
export function statedSubnets(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  const zones = new Map<string, Set<string>>();
  for (const { plan } of plansIn(resources))
    for (const [id, zone] of Object.entries(plan.subnetZones ?? {}))
      zones.set(id, (zones.get(id) ?? new Set()).add(zone));
  return new Map(
    [...zones].flatMap(([id, [zone, ...others]]) =>
      zone === undefined || others.length > 0 ? [] : [[id, subnet(id, zone)] as const],
    ),
  );
}

function subnet(id: string, zone: string): Resource {
  return bareResource({ urn: `stated::${id}`, type: SUBNET_TYPE, name: id, inputs: { availabilityZone: zone } });
}

/** Those of them that a value names by id, each once. */
export function namedSubnets(stated: ReadonlyMap<string, Resource>, value: Value | undefined): readonly Resource[] {
  const found = new Set<Resource>();
  const visit = (inner: Value | undefined): void => {
    if (typeof inner === "string") {
      const subnet = stated.get(inner);
      if (subnet !== undefined) found.add(subnet);
    } else if (typeof inner === "object" && inner !== null) Object.values(inner).forEach(visit);
  };
  visit(value);
  return [...found];
}
