import { electsPrimary, podsIn, sentinelsToElect } from "../availability/cache-zones";
import { leftAfterZone } from "../capacity/store-count";
import { at, isUnknown, listAt, numberAt, textAt } from "../model";
import { count as counted, finding, partsOf, undecided, zonesUntold } from "./finding";
import { inProd, type Finding, type Rule, type Subject } from "./rule";

type Cache = ReturnType<typeof partsOf<"redis-cache">>[number];

/** Pods of a cache in their zones; or the finding that says what is not known of them. */
interface Standing {
  readonly count: number;
  readonly zones: number;
  readonly left: number;
  /** Nothing holds them in different zones. */
  readonly loose: boolean;
}

/** Where nobody promised that a zone may go, or callers do without the cache, it is told and no more. */
function milder(cache: Cache, { plan }: Subject): boolean {
  const survive = plan?.objectives.survive;
  return survive === "replica" || survive === "nothing" || textAt(cache, "role") === "latency-cache";
}

function standing(cache: Cache, count: number, path: readonly string[]): Standing | Finding {
  const leaf = at(cache, ...path, "zones");
  const zones = listAt(cache, ...path, "zones")?.length;
  if (zones === undefined)
    return leaf.known || leaf.why === "elsewhere" ? zonesUntold(cache.key) : undecided(cache.key, path.join("."), leaf);
  const most = podsIn(cache, path, count, zones);
  return {
    count: most,
    zones,
    left: zones === 0 ? 0 : leftAfterZone(most, zones),
    loose: textAt(cache, ...path, "spread") === "best-effort" && zones > 1,
  };
}

const isFinding = (said: Standing | Finding): said is Finding => "verdict" in said;

function judged(cache: Cache, subject: Subject): readonly Finding[] {
  const { runtime } = cache;
  if (isUnknown(runtime) || runtime.kind !== "sentinel") return [];
  const { key } = cache;
  // Who fails over by nobody is another rule's.
  if (!electsPrimary(cache)) return [];
  if (isUnknown(runtime.sentinels))
    return [undecided(key, "how many Sentinels watch it, and where,", runtime.sentinels)];
  // Null: a known one, of nobody.
  if ("value" in runtime.sentinels) return [];
  const sentinels = numberAt(cache, "runtime", "sentinels", "count");
  const replicas = numberAt(cache, "topology", "replicas");
  const untold = (what: string): readonly Finding[] => [undecided(key, what, { why: "elsewhere" })];
  if (sentinels === undefined) return untold("how many Sentinels watch it");
  if (replicas === undefined) return untold("how many members it has");
  const watchers = standing(cache, sentinels, ["runtime", "sentinels", "placement"]);
  if (isFinding(watchers)) return [watchers];
  const members = standing(cache, 1 + replicas, ["placement"]);
  if (isFinding(members)) return [members];
  const need = sentinelsToElect(cache, sentinels);
  const followers = numberAt(cache, "runtime", "minReplicasToWrite") ?? 0;
  const elects = watchers.left >= need;
  const writes = members.left >= 1 + followers;
  const loose = watchers.loose || members.loose;
  const of = (name: string, each: Standing) =>
    `${counted(each.count, name)} in ${counted(each.zones, "zone")}: ${each.left} ${each.left === 1 ? "is" : "are"} left`;
  const said = !elects
    ? `${of("Sentinel", watchers)}, and ${need} elect`
    : !writes
      ? `${of("member", members)}, and writes take a primary with ${followers}`
      : loose
        ? `${of("Sentinel", watchers)} of which ${need} elect, if they are in different zones, and nothing keeps them or the members apart`
        : `${of("Sentinel", watchers)}, ${need} elect; ${of("member", members)}`;
  return [
    finding(key, {
      ok: elects && writes && !loose,
      message: said,
      fix:
        elects && writes
          ? "spread them over the zones with whenUnsatisfiable: DoNotSchedule"
          : "three zones, a Sentinel and a member in each; of two zones one holds two of three",
      ...(milder(cache, subject) || (loose && elects && writes) ? { severity: "advisory" as const } : {}),
    }),
  ];
}

/** Over groups with Sentinels, whoever runs them; where an election is a cloud's own business it says nothing. */
export const majorityLeft: Rule = {
  id: "cache-majority-after-zone",
  title: "Sentinels of a cache keep a majority when a zone is lost",
  about:
    "More than half of them elect a primary, and it takes writes while replicas follow it: a zone that holds two of three takes the cache along.",
  severity: inProd,
  peers: [],
  check: (subject) => partsOf(subject.parts, "redis-cache").flatMap((cache) => judged(cache, subject)),
};
