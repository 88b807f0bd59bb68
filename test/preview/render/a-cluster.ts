import { bareResource, type Inputs, type Resource } from "../../../model";
import { reportOf } from "../../../preview/report";
import { workings } from "../../../preview/workings";

/** A recorded object, by its Pulumi type. */
export function anObject(type: string, inputs: Inputs, more: Partial<Resource> = {}): Resource {
  const metadata = (inputs["metadata"] ?? {}) as { readonly name?: string };
  const name = metadata.name ?? "unnamed";
  return { ...bareResource({ urn: `urn:pulumi:s::p::${type}::${name}`, type, name, inputs }), ...more };
}

export function provider(name: string, inputs: Inputs = {}): Resource {
  const type = "pulumi:providers:kubernetes";
  return bareResource({ urn: `urn:pulumi:s::p::${type}::${name}`, type, name, inputs });
}

/** The report of a stack that registers these. */
export function reportOfObjects(resources: readonly Resource[]) {
  return reportOf({ stack: "shop-prod", resources, origin: "recorded", asOf: "2026-11-21" }, workings);
}
