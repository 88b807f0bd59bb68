import { awsRegions } from "../../catalog/aws/regions";
import { gkeRegions } from "../../catalog/kubernetes";
import { nearest, type NodeChoice } from "../../model";

/** How a platform names regions and their zones, and what it calls some. */
interface Names {
  /** May that be one? */
  readonly region: (name: string) => boolean;
  readonly zone: (region: string) => RegExp;
  readonly first: (region: string) => string;
  readonly known: readonly string[];
  readonly example: string;
}

const platforms: Readonly<Record<"eks" | "gke", Names>> = {
  eks: {
    // Isolated regions are in no list that everybody reads.
    region: (name) => awsRegions.value.includes(name) || /^(us|eu)-iso[a-z]?(-[a-z]+)+-\d+$/.test(name),
    // Of a local zone its city too: us-east-1-bos-1a. No region of AWS goes beyond h.
    zone: (region) => new RegExp(`^${region}(-[a-z]+-\\d+)?[a-h]$`),
    first: (region) => `${region}a`,
    known: awsRegions.value,
    example: "us-east-1, with zones us-east-1a, us-east-1b",
  },
  gke: {
    // Those with prices are not all: one that is like them is no mistake.
    region: (name) => /^(us|europe|asia|australia|northamerica|southamerica|me|africa)-[a-z]+\d+$/.test(name),
    // No region of Google's goes beyond f (cloud.google.com/compute/docs/regions-zones, read 2026-11-22).
    zone: (region) => new RegExp(`^${region}-[a-f]$`),
    first: (region) => `${region}-a`,
    known: gkeRegions,
    example: "us-central1, with zones us-central1-a, us-central1-b",
  },
};

/** How a platform names regions; undefined: it takes any word. */
export function namesOf(platform: NodeChoice["platform"]): Names | undefined {
  return platform === "other" ? undefined : platforms[platform];
}

/** What is wrong with a region's name; undefined: it is one of the platform's, or may be a new one. */
export function regionSlip(
  region: string,
  names: Names,
): { readonly allowed: string; readonly fix: string } | undefined {
  const { known, example } = names;
  if (names.region(region) && mixedUp(region, known) === undefined) return undefined;
  const near = mixedUp(region, known) ?? known.find((each) => region.startsWith(each)) ?? nearest(region, known);
  return {
    allowed: `a region, for example ${example}`,
    fix: near === undefined ? 'platform: "other" takes any word' : `did you mean ${near}?`,
  };
}

/** What is wrong with the name of a zone of that region; undefined: it may be one. */
export function zoneSlip(
  zone: string,
  region: string,
  names: Names,
): { readonly allowed: string; readonly fix: string } | undefined {
  if (names.zone(region).test(zone)) return undefined;
  return {
    allowed: `a zone of ${region}, for example ${names.first(region)}`,
    fix: zone.startsWith(region) ? "correct the name of the zone" : "name a zone of this region, or correct region",
  };
}

/** The region that has the same letters in another order; one that is not known is no mistake. */
function mixedUp(region: string, known: readonly string[]): string | undefined {
  const letters = (word: string): string => Array.from(word).sort().join("");
  return known.find((each) => each !== region && !known.includes(region) && letters(each) === letters(region));
}
