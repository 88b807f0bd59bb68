import * as aws from "@pulumi/aws";
import fc from "fast-check";
import { bareResource, plain, resourceGraph, type PartReader, type Resource, type Value } from "../../../model";
import { recordInProcess } from "../../../preview/record";

export const region = "us-east-1";
export const later = { $unknown: "after-deploy" } as const;

/** A network as programs make them: one VPC, a subnet in each zone. */
export function aNetwork(letters: readonly string[] = ["a", "b", "c"]) {
  const provider = new aws.Provider("aws", { region });
  const opts = { provider };
  const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" }, opts);
  const subnets = letters.map(
    (letter, index) =>
      new aws.ec2.Subnet(
        `private-${letter}`,
        { vpcId: vpc.id, cidrBlock: `10.0.${index}.0/24`, availabilityZone: `${region}${letter}` },
        opts,
      ),
  );
  return { opts, vpc, subnets, subnetIds: subnets.map(({ id }) => id) };
}

export async function recorded(program: () => unknown): Promise<readonly Resource[]> {
  return (await recordInProcess(program, { project: "other", stack: "other" })).resources;
}

/** What a reader makes of a program, wrapping off. */
export function readBy(reader: PartReader, resources: readonly Resource[]) {
  const found = reader.read(resourceGraph(resources));
  return { ...found, parts: found.parts.map((part) => plain(part) as Readonly<Record<string, unknown>>) };
}

let serial = 0;

/** A resource as another's program registers it, without running one. */
export function custom(
  type: string,
  inputs: Resource["inputs"],
  refers: Readonly<Record<string, readonly Resource[]>> = {},
): Resource {
  const name = `their-${serial++}`;
  return {
    ...bareResource({ urn: `urn:pulumi:s::p::${type}::${name}`, type, name, inputs }),
    propertyDependencies: Object.fromEntries(
      Object.entries(refers).map(([property, list]) => [property, list.map(({ urn }) => urn).sort()]),
    ),
  };
}

/** Breaks a program at random many times: no reader throws, claims twice, or claims what is not there. */
export function holdsWhateverIsSaid(resources: readonly Resource[], reader: PartReader): void {
  const junk = fc.oneof(fc.constant(later), fc.jsonValue()) as fc.Arbitrary<Value>;
  const change = fc.record({ at: fc.nat(), property: fc.nat(), value: junk, cut: fc.boolean(), gone: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
      const broken = new Map(resources.map((resource) => [resource.urn, resource]));
      for (const { at, property, value, cut, gone } of changes) {
        const resource = resources[at % resources.length];
        if (resource === undefined) continue;
        const keys = Object.keys(resource.inputs);
        const inputs = { ...resource.inputs, [keys[property % Math.max(1, keys.length)] ?? "any"]: value };
        if (gone) broken.delete(resource.urn);
        else
          broken.set(resource.urn, {
            ...resource,
            inputs,
            propertyDependencies: cut ? {} : resource.propertyDependencies,
          });
      }
      const claims = reader.read(resourceGraph([...broken.values()])).claims.map(({ urn }) => urn);
      expect(new Set(claims).size).toBe(claims.length);
      expect(claims.filter((urn) => !broken.has(urn))).toEqual([]);
    }),
    { numRuns: 300 },
  );
}
