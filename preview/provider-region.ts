import type { Inputs, ReportedResource, Resource, ResourceGraph } from "../model";

/** Region of an AWS resource whose inputs say none: its provider's. */
export function providerRegion(resource: Resource, graph: ResourceGraph): Pick<ReportedResource, "providerRegion"> {
  if (!resource.type.startsWith("aws:") || resource.inputs["region"] !== undefined) return {};
  const region = graph.byUrn(resource.provider ?? "")?.inputs["region"];
  return typeof region === "string" ? { providerRegion: region } : {};
}

/** Inputs as they stand beside another's: what says no region is in its provider's, so to say the same is no change. */
export function inputsBeside({ inputs, providerRegion: region }: ReportedResource, other: ReportedResource): Inputs {
  return region === undefined || other.inputs["region"] === undefined ? inputs : { ...inputs, region };
}
