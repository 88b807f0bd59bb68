import { leaderRecovery, recoveriesOf, type Recovery } from "../availability/store-recovery";
import { at, type Plan, type ReadPart, type Report, type WorkloadDemand } from "../model";
import { builtPart } from "./built-parts";
import { figure } from "./figures";
import { hanging } from "./layout";
import { basisOf } from "./report";

/** Stores as built, each with what it must take. */
function storesOf(report: Report, demand: readonly WorkloadDemand[]) {
  return demand.flatMap((each) => {
    const part = builtPart(report, each.part);
    return part === undefined || each.store === undefined ? [] : [{ part, demand: each, store: each.store }];
  });
}

const stepsText = ({ steps }: Recovery): string =>
  steps.map(({ what, seconds }) => `${what} ${figure(Math.round(seconds))} s`).join(", ");

/** Who takes a store's writes, how long they wait where it is lost, and whether that was promised; nothing where there is no store that is written to. */
export function writesLines(report: Report, indent: number): readonly string[] {
  const basis = basisOf(report);
  if (basis === null) return [];
  return storesOf(report, basis.demand).flatMap(({ part, demand, store }) => {
    const lost = leaderRecovery(part, demand);
    if (lost === undefined || store.writesPerSecond.peak === 0) return [];
    const promise = basis.objectives.recoverySeconds;
    const met = promise !== undefined && lost.rtoSeconds <= promise;
    // Where a promise is unmet the rule on it says why.
    const why = promise === undefined || met ? ` (${stepsText(lost)})` : "";
    const text = `${demand.workload}: ${takenBy(part, store.electionSeconds)}; its node lost, no write is taken for ${figure(Math.round(lost.rtoSeconds))} s${why}${promised(lost, promise)}${promise === undefined || met ? "" : ", store-writes-back-in-time says why"}`;
    return hanging("  writes", text, indent);
  });
}

function takenBy(part: ReadPart, electionSeconds: number | null): string {
  if (electionSeconds !== null) return "one member takes them, and the database elects another";
  const led = at(part, "leaderService");
  return led.known && led.value === true
    ? "member 0 takes them, and a Service leads there alone; no election is stated"
    : "member 0 takes them, and no election is stated";
}

function promised({ rtoSeconds }: Recovery, seconds: number | undefined): string {
  if (seconds === undefined) return "";
  return `; ${figure(seconds)} s promised: ${rtoSeconds <= seconds ? "met" : "unmet"}`;
}

/** How a store comes back from each loss, and which writes may be gone; nothing where there is no store. */
export function recoveryLines(report: Report, plan: Plan): readonly string[] {
  const rows = storesOf(report, plan.demand).flatMap(({ part, demand, store }) => {
    const promise = plan.objectives.recoverySeconds;
    return [
      ...hanging(`  ${demand.workload}`, writesGo(part, store.electionSeconds), 28),
      ...recoveriesOf(part, demand).flatMap((recovery) => {
        const { rpoSeconds } = recovery;
        const lost =
          rpoSeconds === null
            ? "no copy to go back to"
            : rpoSeconds === 0
              ? "no write is gone"
              : `writes of ${figure(rpoSeconds)} s may be gone`;
        const met =
          recovery.scenario === "the leader's node is lost" && store.writesPerSecond.peak > 0
            ? promised(recovery, promise)
            : "";
        return hanging(
          `  ${recovery.scenario}`,
          `${figure(Math.round(recovery.rtoSeconds))} s (${stepsText(recovery)}); ${lost}${met}`,
          28,
        );
      }),
    ];
  });
  return rows.length === 0 ? [] : ["how a store comes back", ...rows];
}

function writesGo(part: ReadPart, electionSeconds: number | null): string {
  const led = at(part, "leaderService");
  const by =
    led.known && led.value === true
      ? "a Service of its own leads writes to member 0"
      : "its Services select every member, and who writes finds the leader by the database's own means";
  return electionSeconds === null
    ? `${by}; nobody else is elected as far as is stated (electionSeconds), so losing member 0 is a write outage for as long as its rescheduling takes. Reads go on with the others`
    : `${by}; another leader is elected within ${figure(electionSeconds)} s`;
}
