import { memberNamed, modelOf, type Shape } from "./api-models";
import { asked, type Asked } from "./api-shapes";
import type { CheckFailure } from "./check";
import { isList, isRecord, isUnknown, type Properties, type Value } from "./values";

interface Walk {
  readonly service: string;
  readonly as: Readonly<Record<string, string | null>>;
  readonly failures: CheckFailure[];
}

/** Documents that stand as text where AWS takes their content. */
const DOCUMENTS = new Set(["containerDefinitions"]);

/** What the API's own model refuses of a resource's inputs: what is required, ranges, lengths, words and forms. */
export function apiRefusals(type: string, inputs: Properties): readonly CheckFailure[] {
  const how = asked[type];
  if (how === undefined) return [];
  const walk: Walk = { service: how.service, as: how.as ?? {}, failures: [] };
  const shape = inputShape(how);
  const found = members(inputs, shape, "", "", walk);
  for (const member of shape.required ?? []) {
    if (!found.has(member) && !(how.filled ?? []).includes(member))
      walk.failures.push({ property: "", reason: `${how.operation}: ${member} is required` });
  }
  return walk.failures;
}

export function inputShape({ service, operation }: Asked): Shape {
  const { operations, shapes } = modelOf(service);
  const shape = shapes[operations[operation]?.input?.shape ?? ""];
  if (shape === undefined) throw new Error(`${service} has no ${operation}`);
  return shape;
}

/** Goes through an object beside its shape. @returns the members that it gives */
function members(record: Properties, shape: Shape, path: string, where: string, walk: Walk): Set<string> {
  const found = new Set<string>();
  for (const [key, value] of Object.entries(record)) {
    const at = path === "" ? key : `${path}.${key}`;
    const place = where === "" ? key : `${where}.${key}`;
    const renamed = walk.as[at];
    if (renamed === null) continue;
    if (renamed === "") {
      if (isRecord(value)) for (const member of members(value, shape, at, place, walk)) found.add(member);
      continue;
    }
    const steps = (renamed ?? key).split(".");
    const [first] = steps;
    const target = follow(shape, steps, walk.service);
    if (target === undefined) continue;
    found.add(memberNamed(shape, first ?? key) ?? key);
    check(value, target, at, place, walk);
  }
  return found;
}

function follow(shape: Shape, steps: readonly string[], service: string): Shape | undefined {
  let here: Shape | undefined = shape;
  for (const step of steps) {
    const member: string | undefined = here === undefined ? undefined : memberNamed(here, step);
    const name: string | undefined = member === undefined ? undefined : here?.members?.[member]?.shape;
    here = name === undefined ? undefined : modelOf(service).shapes[name];
  }
  return here;
}

function check(value: Value, shape: Shape, path: string, where: string, walk: Walk): void {
  if (isUnknown(value) || value === null) return;
  const refuse = (reason: string): void => void walk.failures.push({ property: where, reason: `${where}: ${reason}` });
  switch (shape.type) {
    case "structure":
      return structure(value, shape, path, where, walk);
    case "list":
      return list(value, shape, path, where, walk);
    case "string":
      if (typeof value === "string" || typeof value === "number") text(String(value), shape, refuse);
      return;
    case "integer":
    case "long":
    case "float":
    case "double":
      return amount(value, shape, refuse);
    default:
  }
}

function structure(value: Value, shape: Shape, path: string, where: string, walk: Walk): void {
  if (isList(value)) return value.forEach((item, index) => structure(item, shape, path, `${where}[${index}]`, walk));
  if (!isRecord(value)) return;
  const found = members(value, shape, path, where, walk);
  for (const member of shape.required ?? []) {
    // Two levels of AWS may be one of Pulumi: then some stand elsewhere.
    const flattened = Object.entries(walk.as).some(
      ([key, to]) => key.startsWith(`${path}.`) && (to === "" || to?.startsWith(`${member}.`)),
    );
    if (!found.has(member) && !flattened)
      walk.failures.push({ property: where, reason: `${where}: ${member} is required` });
  }
}

function list(value: Value, shape: Shape, path: string, where: string, walk: Walk): void {
  const inner = modelOf(walk.service).shapes[shape.member?.shape ?? ""];
  const parsed = DOCUMENTS.has(path) && typeof value === "string" ? (JSON.parse(value) as Value) : value;
  // Pulumi leaves the brackets out where there is at most one.
  const items = isList(parsed) ? parsed : [parsed];
  if (shape.max !== undefined && items.length > shape.max)
    walk.failures.push({ property: where, reason: `${where}: ${items.length} of at most ${shape.max}` });
  if (inner !== undefined)
    items.forEach((item, index) => check(item, inner, path, isList(parsed) ? `${where}[${index}]` : where, walk));
}

function text(value: string, shape: Shape, refuse: (reason: string) => void): void {
  if (shape.enum !== undefined && !shape.enum.includes(value)) refuse(`${value} is none of ${shape.enum.join(", ")}`);
  if (shape.min !== undefined && value.length < shape.min)
    refuse(`${value.length} characters of at least ${shape.min}`);
  if (shape.max !== undefined && value.length > shape.max) refuse(`${value.length} characters of at most ${shape.max}`);
  if (shape.pattern !== undefined && form(shape.pattern)?.test(value) === false)
    refuse(`${value} is not of the form ${shape.pattern}`);
}

/** AWS writes its forms for Java; one that JavaScript cannot read says nothing. */
function form(pattern: string): RegExp | null {
  try {
    return new RegExp(`^(?:${pattern})$`, "us");
  } catch {
    return null;
  }
}

function amount(value: Value, shape: Shape, refuse: (reason: string) => void): void {
  if (typeof value === "boolean") return;
  const number = Number(value);
  if (!Number.isFinite(number)) return refuse(`${JSON.stringify(value)} is no number`);
  if (shape.min !== undefined && number < shape.min) refuse(`${number} of at least ${shape.min}`);
  if (shape.max !== undefined && number > shape.max) refuse(`${number} of at most ${shape.max}`);
}

/** What the model allows at a member of an operation: the bounds that probes are made at. */
export function shapeAt(type: string, path: string): Shape {
  const how = asked[type];
  const as = how?.as?.[path] ?? path.split(".").at(-1) ?? path;
  if (how === undefined || as === "") throw new Error(`${type} ${path} is not asked of AWS`);
  const parts = path.split(".");
  let shape: Shape | undefined = inputShape(how);
  parts.forEach((part, index) => {
    const at = parts.slice(0, index + 1).join(".");
    const renamed = how.as?.[at];
    if (renamed === "" || shape === undefined) return;
    const steps = (renamed ?? part).split(".");
    shape = follow(shape.type === "list" ? inside(shape, how.service) : shape, steps, how.service);
  });
  if (shape === undefined) throw new Error(`${type} ${path} is not asked of AWS`);
  return shape;
}

function inside(shape: Shape, service: string): Shape {
  const inner = modelOf(service).shapes[shape.member?.shape ?? ""];
  if (inner === undefined) throw new Error("a list of nothing");
  return inner.type === "list" ? inside(inner, service) : inner;
}
