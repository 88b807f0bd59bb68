import type { Indicator, ReplicaGroup, Request, Slo } from "../../model";
import { partKey } from "../../model";
import { burnWindows } from "../burn-rate";
import type { GroupCount } from "../group-count";
import { clusterOfRequest } from "./cluster-of-request";

/** What objectives are promised over: as the SRE workbook has it. */
const PERIOD_DAYS = 30;

/** Objectives of one service that it counts calls for: its availability, and its latency. */
export function podObjectives(request: Request, { demand }: GroupCount, group: ReplicaGroup): readonly Slo[] {
  const { facts, workload } = demand;
  const { calls, latency } = facts.metrics ?? {};
  const { namespace, has } = clusterOfRequest(request);
  const operator = has.includes("prometheus-operator");
  // A monitor of the operator gives each series its namespace and its Service; what others give is in their own configuration.
  const own = (selector: string): string =>
    operator ? within(selector, `namespace="${namespace.name}",job="${workload}"`) : selector;
  const slo = (name: string, objective: number, indicator: Indicator): Slo => ({
    kind: "slo",
    key: partKey("slo", `${workload}-${name}`, group.region),
    workload: `${workload}-${name}`,
    region: group.region,
    watches: group.key,
    objective,
    periodDays: PERIOD_DAYS,
    indicator,
    windows: burnWindows(PERIOD_DAYS),
    runtime: { kind: operator ? "prometheus-rule" : "prometheus-file" },
  });
  const promised = facts.latency ?? request.chosen.objectives.latency;
  return [
    ...(calls === undefined
      ? []
      : [
          slo("availability", request.chosen.objectives.availability, {
            kind: "errors",
            errors: own(calls.errors),
            total: own(calls.total),
          }),
        ]),
    ...(latency === undefined || promised === undefined
      ? []
      : [
          slo("latency", Number((promised.percentile / 100).toPrecision(12)), {
            kind: "slow",
            within: own(latency.within),
            total: own(latency.total),
          }),
        ]),
  ];
}

/** A selector that asks for these labels as well. */
function within(selector: string, matchers: string): string {
  const [metric = "", rest] = selector.split(/\{([\s\S]*)\}$/);
  const others = rest?.trim() ?? "";
  return `${metric}{${matchers}${others === "" ? "" : `,${others}`}}`;
}
