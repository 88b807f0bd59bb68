import * as pulumi from "@pulumi/pulumi";
import fc from "fast-check";
import { plain, resourceGraph, type PartReader, type Resource, type Value } from "../../../model";
import { recordInProcess } from "../../../preview/record";

/** What a program that knows nothing of nines registers. */
export function recordForeign(program: () => unknown): Promise<readonly Resource[]> {
  return recordInProcess(() => Promise.resolve(program()).then(() => ({})), { project: "other", stack: "other" }).then(
    ({ resources }) => resources,
  );
}

class Old extends pulumi.CustomResource {}

/** A type that today's SDK calls old, as older programs register it; its `id` is known after the deployment. */
export function old(type: string, name: string, inputs: pulumi.Inputs): pulumi.CustomResource {
  return new Old(type, name, inputs);
}

/** What a reader finds in resources; leaves that are known as plain values. */
export function readWith(reader: PartReader, resources: readonly Resource[]) {
  const found = reader.read(resourceGraph(resources), new Set());
  return { ...found, parts: found.parts.map((part) => plain(part) as Readonly<Record<string, unknown>>) };
}

const strange: fc.Arbitrary<Value | undefined> = fc.oneof(
  fc.constantFrom<Value | undefined>(
    undefined,
    null,
    "",
    { $unknown: "after-deploy" },
    { $unknown: "secret" },
    [],
    {},
    [null],
    [{ $unknown: "after-deploy" }],
  ),
  fc.jsonValue().map((value) => value as Value),
);

/** Holds a reader to never throwing and to claiming nothing twice, whatever stands in any input and whatever is left out. */
export function neverThrows(reader: PartReader, resources: readonly Resource[]): void {
  const inputs = resources.flatMap(({ urn, inputs: own }) => Object.keys(own).map((property) => ({ urn, property })));
  const change = fc.record({ at: fc.constantFrom(...inputs), value: strange, refers: fc.boolean() });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), fc.subarray([...resources]), (changes, left) => {
      const changed = left.map((resource) =>
        changes
          .filter(({ at }) => at.urn === resource.urn)
          .reduce<Resource>((here, { at, value, refers }) => {
            const others = without(here.inputs, at.property);
            return {
              ...here,
              inputs: value === undefined ? others : { ...others, [at.property]: value },
              propertyDependencies: refers
                ? here.propertyDependencies
                : without(here.propertyDependencies, at.property),
            };
          }, resource),
      );
      const { claims, parts } = reader.read(resourceGraph(changed), new Set());
      expect(new Set(claims.map(({ urn }) => urn)).size).toBe(claims.length);
      expect(() => JSON.stringify(parts.map(plain))).not.toThrow();
    }),
    { numRuns: 300 },
  );
}

function without<T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([key]) => key !== name));
}
