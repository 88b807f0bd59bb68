import { zonal } from "../availability";
import { least } from "./least";

/** Even spread with a skew of one: the first zones hold one more. */
export function spreadOverZones(replicas: number, zones: number): readonly number[] {
  const least = Math.floor(replicas / zones);
  const more = replicas % zones;
  return Array.from({ length: zones }, (_, i) => (i < more ? least + 1 : least));
}

/** What must be up, in zones that fail as a whole. */
interface ZoneQuestion {
  readonly need: number;
  readonly zones: number;
  readonly replicaUnavailability: number;
  readonly zoneUnavailability: number;
  /** Unavailability allowed, 0 to 1. */
  readonly budget: number;
}

/** Each assumption is tried at both its ends, and most of them leave this question as it was. */
const answers = new Map<string, number | undefined>();
const MOST_KEPT = 1_000;

/** Least count whose replicas and zones stay within the budget; undefined where no count does. */
export function leastWithin(question: ZoneQuestion): number | undefined {
  const key = Object.values(question).join(" ");
  if (answers.has(key)) return answers.get(key);
  const answer = searched(question);
  if (answers.size >= MOST_KEPT) answers.clear();
  answers.set(key, answer);
  return answer;
}

function searched({ need, zones, budget, ...question }: ZoneQuestion): number | undefined {
  const met = (n: number): boolean =>
    zonal({
      replicasPerZone: spreadOverZones(n, zones),
      need,
      replicaAvailability: 1 - question.replicaUnavailability,
      zoneAvailability: 1 - question.zoneUnavailability,
      regionAvailability: 1,
    }).unavailability <= budget;
  // Twice the need and a few more: past that, zones fail together and further replicas change nothing.
  const most = need * Math.max(2, zones) + 8;
  for (let n = need; n <= most; n += Math.max(1, Math.floor(need / 64))) if (met(n)) return least(need, met);
  return undefined;
}
