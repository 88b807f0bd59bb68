import type { Resource } from "./resource";
import { namedSubnets, statedSubnets, SUBNET_TYPE } from "./stated-subnets";
import { currentToken } from "./type-token";

/** The registered resources of one stack, by type and by reference. Readers see a stack through this and nothing else. */
export interface ResourceGraph {
  /** In the order of their URNs; types in their current spelling, whichever the program used. */
  readonly resources: readonly Resource[];
  byUrn(urn: string): Resource | undefined;
  /** Custom resources of a type, in the order of their URNs. */
  ofType(type: string): readonly Resource[];
  /**
   * Resources of `type` that `resource`'s input `property` takes a value from. Two are for the caller to call ambiguous. A subnet that the
   * input names by id is among them where a plan states its zone, though the program holds none.
   */
  referenced(resource: Resource, property: string, type: string): readonly Resource[];
  /** Resources of `type` whose input `property` takes a value from `resource`. */
  referrers(resource: Resource, property: string, type: string): readonly Resource[];
}

/** Indexes resources once. Only custom resources are indexed by type; components carry no provider input. */
export function resourceGraph(resources: readonly Resource[]): ResourceGraph {
  const sorted = resources.map(spelt).sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
  const urns = new Map<string, Resource>();
  const types = new Map<string, Resource[]>();
  const users = new Map<string, { readonly by: Resource; readonly property: string }[]>();
  for (const resource of sorted) {
    urns.set(resource.urn, resource);
    if (!resource.custom) continue;
    const ofType = types.get(resource.type);
    if (ofType) ofType.push(resource);
    else types.set(resource.type, [resource]);
    for (const [property, targets] of Object.entries(resource.propertyDependencies)) {
      for (const target of targets) {
        const known = users.get(target);
        if (known) known.push({ by: resource, property });
        else users.set(target, [{ by: resource, property }]);
      }
    }
  }
  const stated = statedSubnets(resources);
  return {
    resources: sorted,
    byUrn: (urn) => urns.get(urn),
    ofType: (type) => types.get(type) ?? [],
    referenced: (resource, property, type) => {
      const found = (resource.propertyDependencies[property] ?? [])
        .map((urn) => urns.get(urn))
        .filter((each): each is Resource => each?.type === type);
      const there = type === SUBNET_TYPE && stated.size > 0 ? namedSubnets(stated, resource.inputs[property]) : [];
      return there.length === 0 ? found : [...found, ...there];
    },
    referrers: (resource, property, type) =>
      (users.get(resource.urn) ?? [])
        .filter((use) => use.property === property && use.by.type === type)
        .map((use) => use.by),
  };
}

function spelt(resource: Resource): Resource {
  const type = currentToken(resource.type);
  return type === resource.type ? resource : { ...resource, type };
}
