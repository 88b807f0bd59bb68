import { regionIn } from "../model";
import { finding, partsOf } from "./finding";
import { inProd } from "./rule";
import type { Finding, Rule } from "./rule";

const FIX =
  "say nines:failover: { dns: route53 } with a domain, or nines:callersMoveSeconds where callers move by themselves; or objectives.survive: zone";
const BY_HAND = "add records that fail over from one region to the next, each with a health check";

/** Regions that stand help nobody whose requests go on to the one that is lost. */
export const regionLossCarried: Rule = {
  id: "region-loss-carried",
  title: "Somebody leads callers away from a region that is lost",
  about:
    "Replicas in a second region carry nothing of the first one's peak until its callers come there, by themselves or led by DNS.",
  severity: inProd,
  peers: ["AWS Well-Architected, REL11-BP02 Fail over to healthy resources"],
  check: ({ parts, basis, plan }) => {
    if (basis?.objectives.survive !== "region") return [];
    const regions = [...new Set(basis.demand.map(({ part }) => regionIn(part)))];
    const unmet = (message: string): readonly Finding[] =>
      plan === null
        ? // Another program may hold the rest.
          [{ part: null, verdict: "undecided", message: `${message} here`, fix: BY_HAND }]
        : [finding(null, { ok: false, message: `survive: region is unmet: ${message}`, fix: FIX })];
    if (regions.length < 2) return unmet(`all of it is in ${regions.join("")}`);
    const between = basis.failures.betweenRegions;
    if (partsOf(parts, "dns-failover").length > 0)
      return [finding(null, { ok: true, message: `DNS leads callers among ${regions.join(", ")}`, fix: FIX })];
    if (between !== undefined && between.foundBy === "callers" && between.failoverSeconds !== null)
      return [
        finding(null, {
          ok: true,
          message: `callers move by themselves in ${Math.round(between.failoverSeconds)} s, as stated`,
          fix: FIX,
        }),
      ];
    const doors = between === undefined ? "" : "; a door hands on only while it stands itself";
    return unmet(`nobody leads callers away from ${regions[0] ?? "a region"} when it is lost${doors}`);
  },
};
