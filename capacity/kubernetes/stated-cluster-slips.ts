import type { DemandFile } from "../../model";
import type { StatedSlip } from "../stated-names";
import { machineProblem } from "./nodes";
import { namesOf, regionSlip, zoneSlip } from "./platform-regions";

/** What is wrong with what a demand file states of its cluster: all of it. */
export function clusterSlips({ cluster }: DemandFile): readonly StatedSlip[] {
  if (cluster === undefined) return [];
  const { region, zones, nodes } = cluster;
  const names = nodes === undefined ? undefined : namesOf(nodes.platform);
  const odd = names === undefined ? undefined : regionSlip(region, names);
  const slips: StatedSlip[] = odd === undefined ? [] : [{ path: ["cluster", "region"], given: region, ...odd }];
  zones.forEach((zone, index) => {
    const path = ["cluster", "zones", index];
    if (zones.indexOf(zone) !== index)
      slips.push({ path, given: zone, allowed: "each zone once", fix: "remove one of the two, or name another zone" });
    else if (names !== undefined && odd === undefined) {
      const slip = zoneSlip(zone, region, names);
      if (slip !== undefined) slips.push({ path, given: zone, ...slip });
    }
  });
  const problem = nodes === undefined ? null : machineProblem(nodes);
  if (problem !== null) slips.push({ path: ["cluster", "nodes", "machine"], given: nodes?.machine, ...problem });
  return slips;
}
