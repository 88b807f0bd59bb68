import { regionIn, type Availability, type Needed, type Plan, type Reason, type Report } from "../model";
import { counted, figure, minutes, minutesPerYear, nines, objective, precise, range, shown, usd } from "./figures";
import { costLines } from "./cost-rows";
import { sharedNodeLines } from "./shared-nodes";
import { infeasibleText } from "./infeasible";
import { columnsOf, ends, hanging, hangingTable, wrapped } from "./layout";
import { basisOf, planOf } from "./report";
import { queueText } from "./queues";
import { recoveryLines } from "./recovery";
import { failoverSteps } from "./failover";
import { handOnSteps } from "./hand-on";
import { nodeSteps } from "./node-steps";
import { limitSteps } from "./pod-limits";
import { takeoverSteps } from "./takeover";
import { replicasOf } from "./replicas";
import { isCount } from "./replica-lines";
import { firstAlone, whyUnknown } from "./nines";
import { placeOf, workloadOf } from "./words";

/** Each number of one stack with all that was weighed, where each setting came from, and what is only assumed. */
export function explainText(report: Report): string {
  const plan = planOf(report);
  if (plan === null) return statedText(report);
  const blocks = [
    report.planned?.ok === false
      ? infeasibleText(report).split("\n")
      : ends(`${report.stack}   ${placeOf(report)}`, `as of ${report.asOf}`),
    ...plan.reasons.map((reason) => reasonLines(reason, plan, report)),
    nextNine(plan),
    availabilityLines(report),
    nodeSteps(report),
    limitSteps(report),
    recoveryLines(report, plan),
    failoverSteps(report),
    handOnSteps(report),
    takeoverSteps(report),
    options(plan),
    demandColumns(plan),
    [...costLines(report), ...sharedNodeLines(report, 12)],
    settings(plan),
    assumptions(plan),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");
}

/** Of a program that nobody planned: what its stated peak needs, and what is only assumed. */
function statedText(report: Report): string {
  const { demand } = report;
  if (demand === undefined) {
    // Prices rest on no demand.
    const said = hanging(
      `${report.stack}:`,
      report.built.some(({ kind }) => kind === "replica-group" || kind === "store")
        ? `nines planned nothing in it, and nobody said what it must carry: nines demand ${report.origin === "recorded" ? report.stack : "--from"} writes a file to fill in, for --demand`
        : "nines planned nothing in it, and no replica group is read, so there is no count to explain",
      report.stack.length + 2,
    );
    const cost = costLines(report);
    return [said, limitSteps(report), cost]
      .filter((block) => block.length > 0)
      .map((block) => block.join("\n"))
      .join("\n\n");
  }
  const has = new Map(replicasOf(report).map((each) => [each.part, each.count.min]));
  const needs = demand.demand.flatMap(({ workload, part, need, erlangs, requestsPerSecond, store }) => {
    const count = has.get(part);
    const there = count === undefined ? "a count that is not known" : `${figure(count)} at least`;
    const load = `${precise(requestsPerSecond.peak)} ${store === undefined ? "requests" : "reads"}/s at the peak are ${precise(erlangs.high)} busy slots${erlangs.high > erlangs.mid ? " (high)" : ", as stated"}`;
    return hanging(workload, `needed ${figure(need)}, has ${there}: ${load}`, 8);
  });
  const blocks = [
    ends(`${report.stack}   ${placeOf(report)}`, `as of ${report.asOf}`),
    needs,
    availabilityLines(report),
    nodeSteps(report),
    limitSteps(report),
    costLines(report),
    assumptions(demand),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");
}

function reasonLines(reason: Reason, plan: Plan, report: Report): readonly string[] {
  const zones = replicasOf(report).find((each) => each.part === reason.part && each.count.min === reason.value)?.zones;
  const split = zones === undefined || zones === null || reason.unit !== "replicas" ? "" : `   ${zones.join("|")}`;
  const name = workloadOf(reason.part);
  const placed = plan.regions === undefined ? name : `${name} ${regionIn(reason.part)}`;
  const rules = plan.sizingRules.filter((rule) => rule.part === reason.part && isCount(reason));
  // What asks for more, most first; then what allows no more, least first.
  const limits = reason.needed
    .filter((need) => need.by === "quota")
    .filter((need, index, all) => all.findIndex((other) => isSame(other, need)) === index)
    .sort((a, b) => a.value - b.value);
  const needs = [...reason.needed.filter((need) => need.by !== "quota").sort((a, b) => b.value - a.value), ...limits];
  const names = [...needs.map((need) => need.by.replaceAll("-", " ")), ...rules.map((rule) => rule.name)];
  const width = Math.min(24, Math.max(12, ...names.map((name) => name.length)));
  const values = needs.map((need) => precise(need.value));
  const valueWidth = Math.max(
    2,
    ...values.map((value) => value.length),
    ...rules.map((rule) => figure(rule.total).length),
  );
  const line = (name: string, value: string, text: string): readonly string[] =>
    hanging(`  ${name.padEnd(width)}  ${value.padStart(valueWidth)}  `, text, width + valueWidth + 6);
  return [
    ...ends(
      `${placed} ${reason.field} = ${precise(reason.value)} ${unitOf(reason)}${split}`,
      `binding: ${reason.binding.replaceAll("-", " ")}`,
    ),
    ...needs.flatMap((need, index) =>
      line(
        need.by.replaceAll("-", " "),
        values[index] ?? "",
        `${need.because} [${need.label}: ${need.source.title}, ${need.source.date}]`,
      ),
    ),
    ...rules.flatMap((rule) => {
      const written = rule.asWritten === rule.total ? "" : `; ${figure(rule.asWritten)} as it is written`;
      return line(
        rule.name,
        figure(rule.total),
        `${figure(rule.active)} active + ${figure(rule.failover)} failover${written}`,
      );
    }),
    ...(reason.ownQueues === undefined
      ? []
      : line(
          "one queue",
          figure(reason.ownQueues.replicas),
          `in place of one a replica: ${queueText(reason.ownQueues)}`,
        )),
    ...line("combined as", "", reason.combined),
  ];
}

/** A balancer's limit and a group's may be one and the same: that of the cluster. */
function isSame(a: Needed, b: Needed): boolean {
  return a.value === b.value && a.because === b.because && a.source.title === b.source.title;
}

/** `1 node`, `2 nodes`. */
function unitOf({ value, unit }: Reason): string {
  return value === 1 ? unit.replace(/^(replica|node|endpoint)s$/, "$1") : unit;
}

function nextNine(plan: Plan): readonly string[] {
  const { nextNine: next } = plan;
  if (next === null) return [];
  const price = next.perMonthUsd === null ? "" : `, ${range(next.perMonthUsd, usd)} USD/month`;
  const reach = next.availability === null ? "" : `, then ${nines(1 - next.availability)}`;
  return hanging("next nine", `${next.needs}${price}${reach}`, 11);
}

/** Of several systems each by itself: what one loses is none of the others' business. */
function availabilityLines(report: Report): readonly string[] {
  const { systems = [] } = report;
  if (systems.length === 0)
    return ninesLines(
      "nines   ",
      report.availability ?? planOf(report)?.availability ?? null,
      basisOf(report)?.objectives.availability,
      whyUnknown(report),
      firstAlone(report),
    );
  return systems.flatMap(({ name, availability, objectives }, index) => [
    ...(index === 0 ? [] : [""]),
    ...ninesLines(`nines   ${name}  `, availability, objectives.availability, whyUnknown(report), firstAlone(report)),
  ]);
}

function ninesLines(
  head: string,
  found: Availability | null,
  asked: number | undefined,
  why: string,
  alone: string,
): readonly string[] {
  if (found === null) return hanging(head.trimEnd(), `not known: ${why}`, head.length);
  const rows = found.lostTo.map((lost) => [
    `  ${lost.cause}`,
    minutes(lost.minutesPerYear),
    `${lost.label}: ${lost.source.title}, ${lost.source.date}`,
  ]);
  return [
    ...hanging(
      head.trimEnd(),
      `${nines(found.unavailability)}${asked === undefined ? "" : ` of ${objective(asked)} asked`}${alone}: ${minutes(minutesPerYear(found.unavailability))} minutes a year [${found.label}]${servedText(found)}`,
      head.length,
    ),
    ...hangingTable(rows, [1]),
  ];
}

/** Where one region serves: without what no replica changes. Of several the figure says all of it. */
function servedText({ servedFraction, unavailability }: Availability): string {
  if (servedFraction === 1 - unavailability) return "";
  return `; by replicas, their zones and the region alone ${nines(1 - servedFraction)} of the peak's requests find a replica that is up: where some are down, their share is lost and not all`;
}

function options(plan: Plan): readonly string[] {
  if (plan.options.length === 0) return [];
  const rows = plan.options.map((option, index) => [
    plan.options[index - 1]?.about === option.about ? "" : `  ${option.about}`,
    option.perMonthUsd === null ? "does not plan" : usd(option.perMonthUsd),
    option.minutesPerYear === null ? "" : figure(option.minutesPerYear, 1),
    `${option.chosen ? "* " : "  "}${option.choice}`,
  ]);
  const head = ["  what", "USD/month", "min/yr", "  choice"];
  return ["choices, each with its price and its minutes down; * is chosen", ...hangingTable([head, ...rows], [1, 2])];
}

function demandColumns(plan: Plan): readonly string[] {
  if (plan.demandColumns.length === 0) return [];
  const parts = [...new Set(plan.demandColumns.flatMap((column) => column.replicas.map((each) => each.part)))];
  const head = ["  at demand", ...plan.demandColumns.map((column) => column.demand)];
  const rows = parts.map((part) => [
    `  ${plan.regions === undefined ? workloadOf(part) : `${workloadOf(part)} ${regionIn(part)}`}`,
    ...plan.demandColumns.map((column) => {
      const count = column.replicas.find((each) => each.part === part)?.replicas;
      return count === undefined ? "none" : figure(count);
    }),
  ]);
  const money = [
    "  USD/month",
    ...plan.demandColumns.map((column) =>
      column.perMonthUsd === null ? "not known" : usd(column.perMonthUsd.expected),
    ),
  ];
  return ["if the load is lower or higher", ...columnsOf([head, ...rows, money], [1, 2, 3])];
}

function settings(plan: Plan): readonly string[] {
  if (plan.settings.length === 0) return [];
  const order = ["yaml", "environment", "system", "default"];
  const sorted = [...plan.settings].sort((a, b) => order.indexOf(a.from) - order.indexOf(b.from));
  const inProgram = plan.settings.some(({ from }) => from === "argument");
  return [
    inProgram
      ? "settings, each an argument of its component or a default"
      : "settings, and where each came from (system < environment < YAML)",
    ...hangingTable(
      sorted.map((setting) => [
        `  ${setting.key}`,
        setting.from,
        `${shown(setting.value, 90)}${setting.unused === true ? "; for stacks of another target, nothing here" : ""}`,
      ]),
    ),
  ];
}

function assumptions(plan: Pick<Plan, "assumptions">): readonly string[] {
  if (plan.assumptions.length === 0) return [];
  return [
    "assumptions, largest effect first: low .. mid .. high, and what going from low to high moves",
    ...plan.assumptions.flatMap((each) => {
      const span = `${precise(each.low)} .. ${precise(each.mid)} .. ${precise(each.high)} ${each.unit}`.trim();
      const given = each.given ? "" : " (no interval was given: 25 % either way)";
      const effect =
        each.effect === null
          ? "effect not worked out"
          : `${usd(each.effect.perMonthUsd)} USD/month, ${counted(each.effect.replicas, "replica")}, ${minutes(Math.abs(each.effect.minutesPerYear))} min/yr`;
      return [
        ...wrapped(`${each.name}   ${span}${given}`, 98).map((line) => `  ${line}`),
        ...hanging("      moves", effect, 18),
        ...hanging("      from", `${each.source.title}, ${each.source.date}`, 18),
        ...(each.measure === "" ? [] : hanging("      to measure:", each.measure, 18)),
      ];
    }),
  ];
}
