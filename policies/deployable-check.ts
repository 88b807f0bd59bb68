import { isRecord, isUnknownValue, textOf } from "../model";
import type { Inputs, Resource, Source, Value } from "../model";
import { limit, matchesForm } from "../catalog/aws/limits";
import type { LimitId } from "../catalog/aws/limits";
import { always } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

/** What one resource says to one limit. */
export type Outcome =
  | { readonly ok: true }
  /** advised: what it is held against may be otherwise, so it is only said. */
  | {
      readonly ok: false;
      readonly seen: string;
      readonly fix: string;
      readonly fixByHand?: string;
      readonly advised?: boolean;
    }
  /** The input that is not known. expected: it comes from a resource of the right kind, so it is only said. */
  | { readonly unknown: string; readonly expected?: boolean };

export const fine: Outcome = { ok: true };

export function refused(seen: string, fix: string, fixByHand?: string): Outcome {
  return { ok: false, seen, fix, ...(fixByHand === undefined ? {} : { fixByHand }) };
}

/** Something that a provider refuses, held against recorded inputs. */
export interface DeployCheck {
  /** Rule id without `deployable/`. */
  readonly name: string;
  readonly title: string;
  /** Who refuses it. @default AWS */
  readonly by?: "Kubernetes";
  /** In its own words. */
  readonly quote: string;
  readonly source: Source;
  /** true: what it says is of the stack as a whole, and names no resource. */
  readonly ofStack?: true;
  /** Types of which one must be registered, for the rule to say anything. */
  readonly types: readonly string[];
  /** null: says nothing of this resource. */
  readonly check: (resource: Resource, subject: Subject) => Outcome | readonly Outcome[] | null;
}

/** A check under a limit of the catalog. */
export function limitCheck(id: LimitId, types: string | readonly string[], check: DeployCheck["check"]): DeployCheck {
  const { applies, quote, source } = limit(id);
  return { name: id, title: applies, quote, source, types: typeof types === "string" ? [types] : types, check };
}

/** A check whose rule is not a number of the catalog. */
export function wordCheck(
  name: string,
  title: string,
  quote: string,
  source: Source,
  type: string,
  check: DeployCheck["check"],
): DeployCheck {
  return { name, title, quote, source, types: [type], check };
}

const paths = new Map<string, readonly string[]>();

function stepsOf(path: string): readonly string[] {
  let steps = paths.get(path);
  if (steps === undefined) {
    steps = path.split(".");
    paths.set(path, steps);
  }
  return steps;
}

/** The values at a path; `[]` goes through a list. What is absent gives nothing; what is not known gives itself, and ends there. */
export function valuesAt(inputs: Inputs, path: string): readonly { readonly where: string; readonly value: Value }[] {
  let here: { where: string; value: Value }[] = [{ where: "", value: inputs }];
  for (const step of stepsOf(path)) {
    const name = step.endsWith("[]") ? step.slice(0, -2) : step;
    const next: { where: string; value: Value }[] = [];
    for (const { where, value } of here) {
      if (isUnknownValue(value)) next.push({ where, value });
      if (!isRecord(value)) continue;
      const inner = value[name];
      const at = where === "" ? name : `${where}.${name}`;
      if (inner === undefined || inner === null) continue;
      if (step.endsWith("[]") && Array.isArray(inner))
        (inner as readonly Value[]).forEach((item, index) => next.push({ where: `${at}[${index}]`, value: item }));
      else next.push({ where: at, value: inner });
    }
    here = next;
  }
  return here;
}

/** A number, also one written as text, as Pulumi's declarations often have it. */
export function asNumber(value: Value | undefined): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

/** Is the number one of the limit's values, or within its ends? */
export function withinLimit(id: LimitId, value: number): boolean {
  const { min, max, values } = limit(id);
  if (values?.includes(value) === true) return true;
  if (min === undefined && max === undefined) return values === undefined;
  return value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);
}

/** Is the value one of the limit's words, to the letter? */
export function isWord(id: LimitId, value: Value): boolean {
  return limit(id).values?.map(String).includes(textOf(value)) === true;
}

/** What a limit allows, in words. */
export function allowed(id: LimitId): string {
  const { min, max, values, unit } = limit(id);
  const range =
    min !== undefined && max !== undefined
      ? `${min} to ${max}`
      : min !== undefined
        ? `${min} or more`
        : max !== undefined
          ? `at most ${max}`
          : "";
  const listed = values?.join(", ") ?? "";
  return `${[listed, range].filter((words) => words !== "").join(", or ")} ${unit}`.trim();
}

/** A number at a path is within the catalog's limit; each further ask names what else must hold. */
export function numberCheck(id: LimitId, type: string, path: string, fallback?: number): DeployCheck {
  return limitCheck(id, type, ({ inputs }) => {
    const found = valuesAt(inputs, path);
    if (found.length === 0 && fallback === undefined) return null;
    if (found.length === 0)
      return withinLimit(id, fallback ?? 0) ? fine : refused(`${path} is left at ${fallback}`, `give ${allowed(id)}`);
    return found.map(({ where, value }): Outcome => {
      if (isUnknownValue(value)) return { unknown: where };
      const number = asNumber(value);
      if (number === undefined) return refused(`${where} ${textOf(value)} is no number`, `give ${allowed(id)}`);
      return withinLimit(id, number) ? fine : refused(`${where} ${number}`, `give ${allowed(id)}`);
    });
  });
}

/** A word at a path is one of the limit's, to the letter. */
export function nameCheck(id: LimitId, type: string, path: string): DeployCheck {
  return limitCheck(id, type, ({ inputs }) => {
    const found = valuesAt(inputs, path);
    if (found.length === 0) return null;
    return found.map(({ where, value }): Outcome => {
      if (isUnknownValue(value)) return { unknown: where };
      const words = limit(id).values?.map(String) ?? [];
      return isWord(id, value) ? fine : refused(`${where} ${textOf(value)}`, `give ${words.join(", ")}`);
    });
  });
}

/** Where a text that is not known comes from: one resource of each type. */
export interface Origin {
  readonly types: readonly string[];
  /** fine: what these give out has the form, and no other. expected: it should, and is only said. */
  readonly then: "fine" | "expected";
}

/** A text at a path has the limit's form, and is not too long. */
export function formCheck(id: LimitId, type: string, path: string, from?: Origin): DeployCheck {
  return limitCheck(id, type, (resource, { graph }) => {
    const found = valuesAt(resource.inputs, path);
    if (found.length === 0) return null;
    return found.map(({ where, value }): Outcome => {
      if (isUnknownValue(value)) {
        const property = where.split(/[.[]/)[0] ?? where;
        const known = from?.types.every((each) => graph.referenced(resource, property, each).length === 1) === true;
        return known && from.then === "fine" ? fine : { unknown: where, expected: known };
      }
      const text = textOf(value);
      const { quote } = limit(id);
      return matchesForm(id, text) ? fine : refused(`${where} ${text} (${text.length} characters)`, quote);
    });
  });
}

/** How many of something there are, against the limit or the plan's raised quota. */
export function countCheck(id: LimitId, type: string, path: string): DeployCheck {
  return limitCheck(id, type, ({ inputs }) => {
    const [found] = valuesAt(inputs, path);
    if (found === undefined) return null;
    if (isUnknownValue(found.value)) return { unknown: found.where };
    const length = Array.isArray(found.value) ? found.value.length : 1;
    return withinLimit(id, length) ? fine : refused(`${length} in ${found.where}`, `give ${allowed(id)}`);
  });
}

/** Its rule: mandatory everywhere, since it is refused whatever the tier. One pass for all resources that are fine. */
export function deployableRule(check: DeployCheck): Rule {
  return {
    id: `deployable/${check.name}`,
    title: check.title,
    about: `${check.by ?? "AWS"}: ${check.quote}.`,
    severity: always,
    peers: [],
    check: (subject) => {
      const findings: Finding[] = [];
      // A check that takes no second argument is not handed the rest of the stack.
      const alone = check.check.length < 2 ? ({ alone: true } as const) : {};
      let good = 0;
      for (const type of check.types) {
        for (const resource of subject.graph.ofType(type)) {
          const outcome = check.check(resource, subject);
          if (outcome === null) continue;
          for (const one of Array.isArray(outcome) ? (outcome as readonly Outcome[]) : [outcome as Outcome]) {
            if ("ok" in one && one.ok) good += 1;
            else findings.push({ ...told(check, resource, one), ...alone });
          }
        }
      }
      if (findings.length === 0 && good > 0)
        findings.push({ part: null, verdict: "pass", message: `${good} within: ${check.quote}`, fix: "" });
      return findings;
    },
  };
}

function told(check: DeployCheck, resource: Resource, outcome: Exclude<Outcome, { readonly ok: true }>): Finding {
  const whose = check.ofStack === true ? "" : `${resource.name}: `;
  if ("unknown" in outcome) {
    return {
      part: null,
      verdict: "undecided",
      message: `${whose}${outcome.unknown} is not known before the deploy (${check.quote})`,
      fix: `give ${outcome.unknown} a literal value`,
      ...(outcome.expected === true ? { severity: "advisory" as const } : {}),
    };
  }
  return {
    part: null,
    verdict: "fail",
    message: `${whose}${outcome.seen}; ${check.quote}`,
    fix: outcome.fix,
    ...(outcome.fixByHand === undefined ? {} : { fixByHand: outcome.fixByHand }),
    ...(outcome.advised === true ? { severity: "advisory" as const } : {}),
  };
}
