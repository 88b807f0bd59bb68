import { recoveriesOf } from "../availability/store-recovery";
import type { Plan, Report } from "../model";
import { figure } from "./figures";
import { hanging } from "./layout";

/** How a store comes back from each loss, and which writes may be gone; nothing where there is no store. */
export function recoveryLines(report: Report, plan: Plan): readonly string[] {
  const rows = plan.demand.flatMap((demand) => {
    const part = report.built.find(({ key }) => key === demand.part);
    if (part === undefined) return [];
    return recoveriesOf(part, demand).flatMap(({ scenario, rtoSeconds, steps, rpoSeconds }) => {
      const how = steps.map(({ what, seconds }) => `${what} ${figure(Math.round(seconds))} s`).join(", ");
      const lost =
        rpoSeconds === null
          ? "no copy to go back to"
          : rpoSeconds === 0
            ? "no write is gone"
            : `writes of ${figure(rpoSeconds)} s may be gone`;
      return hanging(`  ${scenario}`, `${figure(Math.round(rtoSeconds))} s (${how}); ${lost}`, 28);
    });
  });
  return rows.length === 0 ? [] : ["how a store comes back", ...rows];
}
