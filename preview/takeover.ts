import { prefixOfPlan, regionIn, wordOfWorkload, type CacheAcross, type Plan, type Report } from "../model";
import { counted, figure } from "./figures";
import { hanging } from "./layout";
import { planOf } from "./report";

/** What caches have in the regions that take over when the first is lost: how late copies are, or that nothing is known there. */
export function takeoverLines(report: Report, indent: number): readonly string[] {
  const plan = planOf(report);
  return (plan?.acrossRegions ?? []).flatMap((across) =>
    across.kind === "copied"
      ? hanging("  copies", copiedText(across), indent)
      : hanging("  cold", coldText(across, plan), indent),
  );
}

function copiedText(across: CacheAcross & { readonly kind: "copied" }): string {
  const { workload, primary, copies, lagSeconds, promoteMinutes, filledBy } = across;
  const where = copies.map(regionIn).join(", ");
  const at = lagSeconds.low === lagSeconds.high ? "" : `, at most ${figure(lagSeconds.high, 2)} s`;
  const writes =
    filledBy.length === 0
      ? "its writers wait for it"
      : `${filledBy.join(", ")} ${filledBy.length === 1 ? "writes" : "write"} to it, and ${filledBy.length === 1 ? "is" : "are"} refused until then`;
  return [
    `${workload} in ${where} ${copies.length === 1 ? "follows" : "follow"} ${regionIn(primary)}, read only, ${figure(lagSeconds.mid, 2)} s late${at}: writes of so long are lost with it (RPO)`,
    `one of ${copies.length === 1 ? "it" : "them"} takes writes after ${figure(promoteMinutes)} min, by people (RTO, as stated); ${writes}`,
  ].join("; ");
}

function coldText(across: CacheAcross & { readonly kind: "cold" }, plan: Plan | null): string {
  const { workload, entries, required, warmSeconds } = across;
  const [first, ...others] = plan?.regions ?? [];
  const [knows, it] = others.length === 1 ? ["knows", "it takes"] : ["know", "they take"];
  const known = `${workload} in ${others.map(({ region }) => region).join(", ")} ${knows} none of the ${counted(entries, "entry", "entries")} of ${first?.region ?? "the first region"} when ${it} over`;
  if (warmSeconds === null)
    return `${known}: nobody answers there until writers have filled it, and no figure counts on that; nines:copies.${wordOfWorkload(prefixOfPlan(plan), workload)} keeps copies`;
  const warm = `warm after ${duration(warmSeconds)} of look-ups at the mean, at least`;
  return required
    ? `${known}: ${warm}, and replicas rely on it until then`
    : `${known}: ${warm}; replicas carry the peak without it`;
}

function duration(seconds: number): string {
  return seconds < 120 ? `${figure(Math.ceil(seconds))} s` : `${figure(Math.ceil(seconds / 60))} min`;
}

/** The same with what is done by whom, for explain. */
export function takeoverSteps(report: Report): readonly string[] {
  const plan = planOf(report);
  const across = plan?.acrossRegions ?? [];
  if (across.length === 0) return [];
  return [
    "what caches have where another region takes over",
    ...across.flatMap((each) => {
      if (each.kind === "cold") return hanging(`  ${each.workload}`, `cold: ${coldText(each, plan)}`, 16);
      const { workload, primary } = each;
      return [
        ...hanging(`  ${workload}`, copiedText(each), 16),
        ...hanging(
          "",
          `built: the groups, the password of ${regionIn(primary)} beside each copy, the Service ${workload}-copies there; yours: the record of the address, the way between the networks, the certificates`,
          16,
        ),
        ...hanging(
          "",
          `promote: kubectl exec ${workload}-0 -- cat /etc/nines/take-over.sh, and run that: it stops the old master, starts the Sentinels and sees that one takes writes; then nines:copies.${wordOfWorkload(prefixOfPlan(plan), workload)}.primary and deploy; docs/redis.md`,
          16,
        ),
      ];
    }),
  ];
}
