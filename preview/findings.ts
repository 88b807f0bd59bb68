import type { RuleResult } from "../model";
import { NOT_IN_VIEW } from "../policies/in-view";
import { counted, figure } from "./figures";
import { hanging } from "./layout";
import { broken, sorted, tally } from "./verdict";
import { inSeveralRegions, partNames } from "./words";

/** `41 pass, 1 fails, 2 advise`. */
export function ruleCounts(rules: readonly RuleResult[], indent: number): readonly string[] {
  const counts = tally(rules);
  const words = [
    `${figure(counts.pass)} pass`,
    `${figure(counts.fail)} ${counts.fail === 1 ? "fails" : "fail"}`,
    counts.advice === 0 ? "" : `${figure(counts.advice)} advise`,
    counts.undecided === 0 ? "" : `${figure(counts.undecided)} undecided`,
    counts.waived === 0 ? "" : `${figure(counts.waived)} waived`,
  ];
  return hanging("  rules", words.filter((word) => word !== "").join(", "), indent);
}

/** What is broken with its fix, then what could not be decided (advice by name), then what was waived: nothing is hidden. */
export function findings(rules: readonly RuleResult[]): readonly string[] {
  const several = inSeveralRegions(rules.map(({ part }) => part));
  const lines: string[] = [];
  for (const group of grouped(broken(rules))) {
    const [rule] = group;
    if (rule.severity === "mandatory") {
      lines.push(...hanging("  FAIL", `${rule.id}   ${saidOf(group, several)}`, 10));
      if (rule.fix !== "") lines.push(...hanging("", `fix: ${rule.fix}`, 10));
    } else {
      lines.push(
        ...hanging(
          "  advice",
          `${rule.id}   ${[saidOf(group, several), rule.fix].filter((text) => text !== "").join("; ")}`,
          10,
        ),
      );
    }
  }
  const undecided = sorted(rules.filter((each) => each.verdict === "undecided"));
  const open = undecided.filter((each) => each.message !== NOT_IN_VIEW);
  const rulesUnseen = new Set(undecided.filter((each) => each.message === NOT_IN_VIEW).map(({ id }) => id)).size;
  if (rulesUnseen > 0)
    lines.push(...hanging("  open", `${counted(rulesUnseen, "rule")} undecided: ${NOT_IN_VIEW}`, 10));
  const counting = open.filter((each) => each.severity === "mandatory");
  const limits = [...new Set(counting.map(({ id }) => id).filter((id) => id.startsWith(LIMIT)))];
  const folds = limits.length > LIMITS_IN_FULL;
  for (const group of grouped(counting.filter(({ id }) => !folds || !id.startsWith(LIMIT)))) {
    lines.push(...hanging("  open", `${group[0].id}   undecided, ${saidOf(group, several)}`, 10));
  }
  if (folds) lines.push(...openLimits(limits));
  lines.push(...openAdvice(open.filter((each) => each.severity === "advisory")));
  for (const group of grouped(sorted(rules.filter((each) => each.verdict === "waived")))) {
    const { waiver } = group[0];
    const until = waiver === undefined ? "" : ` (until ${waiver.until}: ${waiver.reason})`;
    lines.push(...hanging("  waived", `${group[0].id}   ${saidOf(group, several)}${until}`, 10));
  }
  return lines;
}

/** What the provider itself would refuse. */
const LIMIT = "deployable/";
/** More that are undecided hang on the same few values that nobody knows before the deploy: one entry names them. */
const LIMITS_IN_FULL = 3;

function openLimits(ids: readonly string[]): readonly string[] {
  const names = ids.map((id) => id.slice(LIMIT.length)).join(", ");
  const text = `${figure(ids.length)} limits of the provider undecided, on values that are not known before the deploy (--json says which): ${names}`;
  return hanging("  open", text, 10);
}

/** What is undecided and would only advise: named, in one entry. */
function openAdvice(results: readonly RuleResult[]): readonly string[] {
  if (results.length === 0) return [];
  const ids = [...new Set(results.map(({ id }) => id))];
  return hanging("  open", `${figure(ids.length)} undecided, advisory: ${ids.join(", ")}`, 10);
}

type Group = readonly [RuleResult, ...RuleResult[]];

/** What one rule says with one way out, of however many Parts: one entry. */
function grouped(results: readonly RuleResult[]): readonly Group[] {
  const groups = new Map<string, [RuleResult, ...RuleResult[]]>();
  for (const result of results) {
    const key = JSON.stringify([result.severity, result.id, result.fix, result.waiver]);
    const known = groups.get(key);
    if (known) known.push(result);
    else groups.set(key, [result]);
  }
  return [...groups.values()];
}

/** Of one message, and messages of one rule; --json has all. */
const NAMED = 12;
/** b2 before b10. */
const natural = new Intl.Collator("en", { numeric: true });

/** Parts that share a message share it here too. */
function saidOf(group: Group, several: ReadonlySet<string>): string {
  const byMessage = new Map<string, RuleResult["part"][]>();
  for (const { part, message } of group) {
    const known = byMessage.get(message);
    if (known) known.push(part);
    else byMessage.set(message, [part]);
  }
  const shown = [...byMessage].slice(0, NAMED);
  const said = shown.map(([message, parts]) => `${listed(partNames([...new Set(parts)], several))}: ${message}`);
  const left = group.length - shown.flatMap(([, parts]) => parts).length;
  return [...said, ...(left > 0 ? [`and ${figure(left)} more of it in --json`] : [])].join("; ");
}

/** For a person who looks for a name. */
function listed(names: readonly string[]): string {
  const sorted = [...names].sort((a, b) => natural.compare(a, b));
  if (sorted.length <= NAMED) return sorted.join(", ");
  return `${sorted.slice(0, NAMED).join(", ")} and ${figure(sorted.length - NAMED)} more`;
}
