import { loadBalancerReader } from "../../../components/kubernetes/load-balancer.read";
import { plain, resourceGraph, type ResourceGraph } from "../../../model";
import { manifestsIn } from "../../../preview/manifests/read";

/** What manifests hold, as anyone writes them. */
export function graphOf(...documents: readonly string[]): ResourceGraph {
  const { resources, mistakes } = manifestsIn([{ name: "all.yaml", text: documents.join("\n---\n") }]);
  expect(mistakes).toEqual([]);
  return resourceGraph(resources);
}

/** Their doors. */
export function doorsOf(...documents: readonly string[]) {
  const { parts, conflicts, claims } = loadBalancerReader.read(graphOf(...documents));
  return { doors: parts.map((part) => plain(part) as Readonly<Record<string, unknown>>), conflicts, claims };
}
