import { isRecord, isUnknownValue, textOf, type Value } from "../../model";
import type { ObjectSlip } from "./amounts";
import type { KubernetesObject } from "./objects";

/** Where the pods of a kind are described. */
const PODS: Readonly<Record<string, readonly string[]>> = {
  Pod: ["spec"],
  Deployment: ["spec", "template", "spec"],
  StatefulSet: ["spec", "template", "spec"],
  DaemonSet: ["spec", "template", "spec"],
  ReplicaSet: ["spec", "template", "spec"],
  ReplicationController: ["spec", "template", "spec"],
  Job: ["spec", "template", "spec"],
  CronJob: ["spec", "jobTemplate", "spec", "template", "spec"],
};
/** Groups of the API server's own: what a custom resource calls a selector may be anything. */
const OWN_GROUPS = /^(v1$|(apps|batch|policy|autoscaling|networking\.k8s\.io)\/)/;
/** Keys whose value selects by labels: of pods, of namespaces, of nodes. */
const SELECTS = /^(selector|\w+Selector)$/;

const VALUES: Readonly<Record<string, "some" | "none">> = {
  In: "some",
  NotIn: "some",
  Exists: "none",
  DoesNotExist: "none",
};
/** Of nodes alone, whose labels may be numbers. */
const OF_NODES: typeof VALUES = { ...VALUES, Gt: "some", Lt: "some" };

/** Selectors and lists of containers of another shape than the API server takes: it would refuse the whole object. */
export function shapeSlips({ apiVersion, kind, content }: KubernetesObject): readonly ObjectSlip[] {
  if (!OWN_GROUPS.test(apiVersion)) return [];
  const slips: ObjectSlip[] = [];
  const pods = PODS[kind];
  if (pods !== undefined)
    for (const key of ["containers", "initContainers"])
      slips.push(...containerSlips(at(content, [...pods, key]), [...pods, key]));
  visit(content, [], slips);
  return slips;
}

function containerSlips(given: Value | undefined, path: readonly string[]): readonly ObjectSlip[] {
  if (nothing(given)) return [];
  if (!Array.isArray(given)) {
    const named = isRecord(given) && "image" in given;
    return [
      {
        path,
        given: isRecord(given) ? Object.keys(given).slice(0, 4).join(", ") : given,
        allowed: `a list of containers; this is ${isRecord(given) ? "a mapping" : "no list"}, and none of it is counted`,
        fix: named ? "write - before its first key" : "write - name: and - image: below it",
      },
    ];
  }
  return (given as readonly Value[]).flatMap((each, index) =>
    isRecord(each)
      ? []
      : [
          {
            path: [...path, String(index)],
            given: each,
            allowed: "a container is a mapping with name and image",
            fix: typeof each === "string" ? `write name: web and image: ${each}` : "write name and image",
          },
        ],
  );
}

function visit(value: Value, path: readonly string[], slips: ObjectSlip[]): void {
  if (Array.isArray(value)) {
    for (const [index, each] of (value as readonly Value[]).entries())
      if (typeof each === "object") visit(each, [...path, String(index)], slips);
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (path.length === 0 && key !== "spec") continue;
    const here = [...path, key];
    if (key === "matchLabels") slips.push(...labelSlips(inner, here));
    else if (key === "matchExpressions") slips.push(...expressionSlips(inner, here));
    else if (SELECTS.test(key) && !nothing(inner) && !isRecord(inner)) slips.push(noMapping(inner, here));
    else if (typeof inner === "object" && inner !== null) visit(inner, here, slips);
  }
}

function labelSlips(given: Value, path: readonly string[]): readonly ObjectSlip[] {
  if (nothing(given)) return [];
  if (!isRecord(given)) return [noMapping(given, path)];
  return Object.entries(given).flatMap(([key, value]) =>
    typeof value === "string" || nothing(value)
      ? []
      : [
          {
            path: [...path, key],
            given: value,
            allowed: "a label's value is text",
            fix: `in quotes: "${textOf(value)}"`,
          },
        ],
  );
}

function expressionSlips(given: Value, path: readonly string[]): readonly ObjectSlip[] {
  if (nothing(given)) return [];
  if (!Array.isArray(given))
    return [
      {
        path,
        given: isRecord(given) ? Object.keys(given).slice(0, 4).join(", ") : given,
        allowed: "a list of { key, operator, values }",
        fix: "write - before its first key",
      },
    ];
  const operators = path.includes("nodeAffinity") || path.includes("nodeSelectorTerms") ? OF_NODES : VALUES;
  return (given as readonly Value[]).flatMap((each, index) => {
    const here = [...path, String(index)];
    if (!isRecord(each))
      return [{ path: here, given: each, allowed: "a mapping of key, operator and values", fix: "write - key: app" }];
    const { key, operator, values } = each;
    if (typeof key !== "string" || key === "")
      return [{ path: [...here, "key"], given: key, allowed: "the label that is asked for", fix: "write key: app" }];
    return operatorSlips({ operator, values }, here, operators);
  });
}

function operatorSlips(
  { operator, values }: { readonly operator: Value | undefined; readonly values: Value | undefined },
  path: readonly string[],
  operators: typeof VALUES,
): readonly ObjectSlip[] {
  if (operator !== undefined && isUnknownValue(operator)) return [];
  const takes = typeof operator === "string" && Object.hasOwn(operators, operator) ? operators[operator] : undefined;
  if (takes === undefined)
    return [
      {
        path: [...path, "operator"],
        given: operator,
        allowed: `one of ${Object.keys(operators).join(", ")}`,
        fix: "In asks for one of its values",
      },
    ];
  const some = Array.isArray(values) && values.length > 0;
  if (takes === "some" && !some && !(values !== undefined && isUnknownValue(values)))
    return [
      {
        path: [...path, "values"],
        given: values,
        allowed: `${textOf(operator)} needs a list of values`,
        fix: "values: [web]",
      },
    ];
  if (takes === "none" && some)
    return [
      {
        path: [...path, "values"],
        given: values,
        allowed: `${textOf(operator)} takes no values`,
        fix: "leave them out, or write In",
      },
    ];
  return [];
}

function noMapping(given: Value | undefined, path: readonly string[]): ObjectSlip {
  const what = Array.isArray(given) ? "a list" : "no mapping";
  return { path, given, allowed: `a mapping of labels; this is ${what}, which selects nothing`, fix: "write app: web" };
}

const nothing = (value: Value | undefined): boolean => value === undefined || value === null || isUnknownValue(value);

function at(value: Value, path: readonly string[]): Value | undefined {
  return path.reduce<Value | undefined>((here, key) => (isRecord(here) ? here[key] : undefined), value);
}
