import type { BurnWindow, Indicator, Value } from "../../model";
import { asText, inside, listOf } from "../leaf.read";
import { alertsOf, secondsOf } from "./rules.read";

/** An objective as its rules say it; undefined: they do not, or in words that are not read. */
export interface SloRead {
  readonly slo: string;
  readonly service: string;
  readonly objective: number | undefined;
  readonly periodDays: number | undefined;
  readonly indicator: Indicator | undefined;
  readonly windows: readonly BurnWindow[];
}

/** Objectives in groups of rules, those of Sloth too, which says `sloth_slo` where nines says `slo`. */
export function slosIn(groups: readonly Value[]): readonly SloRead[] {
  const recordings = groups.flatMap((group) => listOf(inside(group, "rules"))).flatMap(recordingOf);
  const names = [...new Set(recordings.map(({ slo }) => slo))];
  return names.flatMap((slo): SloRead[] => {
    const own = recordings.filter((each) => each.slo === slo);
    const valueOf = (...records: readonly string[]): number | undefined =>
      constant(own.find(({ record }) => records.includes(record))?.expr);
    const shares = own.filter(({ record }) => /^slo:sli_error:ratio_rate\d/.test(record));
    if (shares.length === 0) return [];
    return [
      {
        slo,
        service: own[0]?.service ?? "",
        objective: valueOf("slo:objective:ratio"),
        periodDays: valueOf("slo:period:days", "slo:time_period:days"),
        indicator: indicatorOf(shares[0]?.expr ?? ""),
        windows: groups.flatMap((group) => windowsIn(group, slo)),
      },
    ];
  });
}

function recordingOf(rule: Value) {
  const record = asText(inside(rule, "record") ?? null);
  const expr = asText(inside(rule, "expr") ?? null);
  const [slo, service] = ["slo", "service"].map((label) =>
    asText(inside(rule, "labels", label) ?? inside(rule, "labels", `sloth_${label}`) ?? null),
  );
  if (record === undefined || expr === undefined || slo === undefined || service === undefined) return [];
  return [{ record, expr: expr.trim(), slo, service }];
}

function constant(expr: string | undefined): number | undefined {
  const written = /^vector\(\s*(-?\d+(?:\.\d+)?(?:e-?\d+)?)\s*\)$/i.exec(expr ?? "")?.[1];
  return written === undefined ? undefined : Number(written);
}

const RATE = String.raw`sum\(rate\(([\s\S]+?)\[\w+\]\)\)`;
const ERRORS = new RegExp(String.raw`^\(${RATE} or ${RATE} \* 0\) \/ \(${RATE} > 0\)$`);
const SLOW = new RegExp(String.raw`^\(${RATE} - \(${RATE} or ${RATE} \* 0\)\) \/ \(${RATE} > 0\)$`);

/** Bad calls and all, as nines writes their share. */
function indicatorOf(expr: string): Indicator | undefined {
  const [, errors, same, total] = ERRORS.exec(expr) ?? [];
  if (errors !== undefined && total !== undefined && same === total) return { kind: "errors", errors, total };
  const [, all, within, alike, whole] = SLOW.exec(expr) ?? [];
  if (all === undefined || within === undefined || alike !== all || whole !== all) return undefined;
  return { kind: "slow", within, total: all };
}

/** Pairs of windows that an objective's alerts compare with the same factor of the budget. */
function windowsIn(group: Value, slo: string): readonly BurnWindow[] {
  return alertsOf(group).flatMap(({ rule, expr }) => {
    const severity = asText(inside(rule, "labels", "severity") ?? inside(rule, "labels", "sloth_severity") ?? null);
    if ((severity !== "page" && severity !== "ticket") || !expr.includes(`"${slo}"`)) return [];
    const speeds = [...expr.matchAll(/slo:sli_error:ratio_rate(\w+)\{[^{}]*\} > \(([\d.]+) \* [\d.]+\)/g)];
    return speeds.flatMap(([, window, factor], index): BurnWindow[] => {
      const [, longer, same] = speeds[index + 1] ?? [];
      const [short, long] = [secondsOf(window ?? ""), secondsOf(longer ?? "")];
      if (index % 2 === 1 || same !== factor || short === undefined || long === undefined) return [];
      return [{ severity, shortSeconds: short, longSeconds: long, factor: Number(factor) }];
    });
  });
}
