import { isRecord, isUnknownValue, textOf } from "../model";
import type { Resource, Value } from "../model";
import {
  allowed,
  type DeployCheck,
  fine,
  formCheck,
  limitCheck,
  numberCheck,
  type Outcome,
  refused,
  withinLimit,
} from "./deployable-check";
import type { Subject } from "./rule";

const RULE = "aws:lb/listenerRule:ListenerRule";
const LISTENER = "aws:lb/listener:Listener";

/** What a listener is known by: the resource that a rule refers to, else its ARN; null: it comes from somewhere else while the program runs. */
function listenerOf(rule: Resource, { graph }: Subject): string | null {
  const [own] = graph.referenced(rule, "listenerArn", LISTENER);
  if (own !== undefined) return own.urn;
  const { listenerArn } = rule.inputs;
  return typeof listenerArn === "string" ? listenerArn : null;
}

/** Kinds of condition that a rule may hold one of. */
const ONCE = ["hostHeader", "pathPattern", "httpRequestMethod", "sourceIp"] as const;
/** Kinds of condition whose values count, and where they stand. */
const VALUES = [...ONCE, "httpHeader"] as const;

/** Conditions of a rule; a text says which input is not known. */
function conditionsOf({ inputs }: Resource): readonly { readonly [kind: string]: Value }[] | string {
  const { conditions } = inputs;
  if (isUnknownValue(conditions)) return "conditions";
  const list = Array.isArray(conditions) ? (conditions as readonly Value[]) : [];
  return list.some(isUnknownValue) ? "conditions" : list.filter(isRecord);
}

/** Every value of every condition, a query string's pair as one; a text says which input is not known. */
function valuesOf(rule: Resource): readonly string[] | string {
  const conditions = conditionsOf(rule);
  if (typeof conditions === "string") return conditions;
  const values: string[] = [];
  for (const condition of conditions) {
    for (const kind of VALUES) {
      const given = condition[kind];
      const inner = isRecord(given) ? (given["values"] ?? given["regexValues"]) : given;
      if (isUnknownValue(inner)) return `conditions[].${kind}`;
      if (Array.isArray(inner)) values.push(...(inner as readonly Value[]).map(textOf));
    }
    const pairs = condition["queryStrings"];
    if (isUnknownValue(pairs)) return "conditions[].queryStrings";
    if (Array.isArray(pairs)) values.push(...(pairs as readonly Value[]).map(textOf));
  }
  return values;
}

const conditionChecks: readonly DeployCheck[] = [
  limitCheck("listener-rule-conditions", RULE, (rule): readonly Outcome[] | Outcome => {
    const conditions = conditionsOf(rule);
    if (typeof conditions === "string") return { unknown: conditions };
    const values = valuesOf(rule);
    if (typeof values !== "string" && values.length === 0) return refused("no condition", "give it a host or a path");
    return ONCE.map((kind): Outcome => {
      const number = conditions.filter((condition) => (condition[kind] ?? null) !== null).length;
      return withinLimit("listener-rule-conditions", number) || number === 0
        ? fine
        : refused(`${number} conditions of ${kind}`, "put all values into one");
    });
  }),
  limitCheck("listener-rule-values", RULE, (rule) => {
    const values = valuesOf(rule);
    if (typeof values === "string") return { unknown: values };
    return withinLimit("listener-rule-values", values.length)
      ? fine
      : refused(`${values.length} values`, `give ${allowed("listener-rule-values")}, or several rules`);
  }),
  limitCheck("listener-rule-wildcards", RULE, (rule) => {
    const values = valuesOf(rule);
    if (typeof values === "string") return { unknown: values };
    const number = values.join("").replace(/[^*?]/g, "").length;
    return withinLimit("listener-rule-wildcards", number)
      ? fine
      : refused(`${number} wildcards`, `give ${allowed("listener-rule-wildcards")}, or several rules`);
  }),
  formCheck("listener-rule-host", RULE, "conditions[].hostHeader.values[]"),
  formCheck("listener-rule-path", RULE, "conditions[].pathPattern.values[]"),
];

export const ruleDeployChecks: readonly DeployCheck[] = [
  numberCheck("listener-rule-priority", RULE, "priority"),
  limitCheck("listener-rule-priority-unique", RULE, (rule, subject) => {
    const { priority } = rule.inputs;
    // Left out, AWS takes the next that is free.
    if (priority === undefined) return null;
    if (isUnknownValue(priority)) return { unknown: "priority" };
    const listener = listenerOf(rule, subject);
    const others = subject.graph
      .ofType(RULE)
      .filter((other) => other !== rule && textOf(other.inputs["priority"]) === textOf(priority));
    if (others.length === 0) return fine;
    const same = others.find((other) => listener !== null && listenerOf(other, subject) === listener);
    if (same !== undefined)
      return refused(`priority ${textOf(priority)}, as ${same.name}`, "give each rule of the listener its own");
    return listener === null || others.some((other) => listenerOf(other, subject) === null)
      ? { unknown: "listenerArn" }
      : fine;
  }),
  ...conditionChecks,
];
