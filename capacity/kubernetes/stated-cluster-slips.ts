import { nearest, type DemandFile } from "../../model";
import { awsTarget } from "../../catalog/aws/target";
import { gkeRegions } from "../../catalog/kubernetes";
import type { StatedSlip } from "../stated-names";
import { machineProblem } from "./nodes";

/** How a platform names regions and their zones, and what it calls some. */
interface Names {
  readonly region: RegExp;
  readonly zone: (region: string) => RegExp;
  readonly first: (region: string) => string;
  readonly known: readonly string[];
  readonly example: string;
}

const platforms: Readonly<Record<"eks" | "gke", Names>> = {
  eks: {
    // An area, where in it, and a number; a region that is new is no mistake.
    region: /^(us|eu|eusc|ap|sa|ca|me|af|il|mx|cn|us-gov|us-iso[a-z]?)(-[a-z]+)+-\d+$/,
    // Of a local zone its city too: us-east-1-bos-1a.
    zone: (region) => new RegExp(`^${region}(-[a-z]+-\\d+)?[a-z]$`),
    first: (region) => `${region}a`,
    known: awsTarget.regions ?? [],
    example: "us-east-1, with zones us-east-1a, us-east-1b",
  },
  gke: {
    region: /^(us|europe|asia|australia|northamerica|southamerica|me|africa)-[a-z]+\d+$/,
    zone: (region) => new RegExp(`^${region}-[a-z]$`),
    first: (region) => `${region}-a`,
    known: gkeRegions,
    example: "us-central1, with zones us-central1-a, us-central1-b",
  },
};

/** What is wrong with what a demand file states of its cluster: all of it. */
export function clusterSlips({ cluster }: DemandFile): readonly StatedSlip[] {
  if (cluster === undefined) return [];
  const { region, zones, nodes } = cluster;
  const names = nodes === undefined || nodes.platform === "other" ? undefined : platforms[nodes.platform];
  const odd = names !== undefined && (!names.region.test(region) || mixedUp(region, names.known) !== undefined);
  const slips: StatedSlip[] = odd ? [regionSlip(region, names)] : [];
  zones.forEach((zone, index) => {
    const path = ["cluster", "zones", index];
    if (zones.indexOf(zone) !== index)
      slips.push({ path, given: zone, allowed: "each zone once", fix: "remove one of the two, or name another zone" });
    else if (names !== undefined && !odd && !names.zone(region).test(zone))
      slips.push({
        path,
        given: zone,
        allowed: `a zone of ${region}, for example ${names.first(region)}`,
        fix: zone.startsWith(region) ? "correct the name of the zone" : "name a zone of this region, or correct region",
      });
  });
  const problem = nodes === undefined ? null : machineProblem(nodes);
  if (problem !== null) slips.push({ path: ["cluster", "nodes", "machine"], given: nodes?.machine, ...problem });
  return slips;
}

/** The region that has the same letters in another order; one that is not known is no mistake. */
function mixedUp(region: string, known: readonly string[]): string | undefined {
  const letters = (word: string): string => Array.from(word).sort().join("");
  return known.find((each) => each !== region && !known.includes(region) && letters(each) === letters(region));
}

function regionSlip(region: string, { known, example }: Names): StatedSlip {
  const near = mixedUp(region, known) ?? known.find((each) => region.startsWith(each)) ?? nearest(region, known);
  return {
    path: ["cluster", "region"],
    given: region,
    allowed: `a region, for example ${example}`,
    fix: near === undefined ? 'platform: "other" takes any word' : `did you mean ${near}?`,
  };
}
