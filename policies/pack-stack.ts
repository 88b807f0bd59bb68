import { availabilityOf } from "../availability";
import { readParts } from "../components/readers";
import { costOf } from "../cost";
import type { Inputs, RegisteredPlan, Resource, RuleResult, Target, Value } from "../model";
import { isProviderType, plansIn, resourceGraph, targets } from "../model";
import { judgedWithoutIgnored } from "./in-view";
import { judge } from "./index";
import { weigh } from "./systems";

/** What the policy SDK gives of a resource, as far as it is used here. */
export interface EngineResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly props: Readonly<Record<string, unknown>>;
  readonly opts: {
    readonly protect: boolean;
    readonly ignoreChanges: readonly string[];
    readonly deleteBeforeReplace?: boolean;
  };
  readonly parent?: { readonly urn: string };
  readonly provider?: { readonly urn: string } | undefined;
  readonly dependencies: readonly { readonly urn: string }[];
  readonly propertyDependencies: Readonly<Record<string, readonly { readonly urn: string }[]>>;
}

/** The bridge lists here what the provider filled in by itself. */
const DEFAULTED = "__defaults";

/**
 * Inputs as plain values. The SDK throws where an unknown one is read: it becomes unknown in place. What a provider filled in
 * by itself (it says so in `__defaults`) is left out, so that inputs are those that the program gave.
 */
export function plainInputs(props: Readonly<Record<string, unknown>>): Inputs {
  return (convert(props) ?? {}) as Inputs;
}

function convert(value: unknown): Value | undefined {
  if (value === null) return null;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (typeof value !== "object") return undefined;
  if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => read(value, index) ?? null);
  const filled = read(value, DEFAULTED);
  const left = new Set(Array.isArray(filled) ? filled.map(String) : []);
  const plain: Record<string, Value> = {};
  for (const key of Object.keys(value)) {
    if (key === DEFAULTED || left.has(key)) continue;
    const inner = read(value, key);
    if (inner !== undefined) plain[key] = inner;
  }
  return plain;
}

function read(holder: object, key: string | number): Value | undefined {
  let inner: unknown;
  try {
    inner = (holder as Readonly<Record<string | number, unknown>>)[key];
  } catch {
    // The SDK's way to say that nobody knows the value during a preview.
    return { $unknown: "after-deploy" };
  }
  return convert(inner);
}

/** Components carry no provider; their types are the library's own. */
function isCustom(type: string): boolean {
  return !/^(nines|pulumi):/.test(type) || isProviderType(type);
}

const urns = (resources: readonly { readonly urn: string }[]): readonly string[] =>
  resources.map(({ urn }) => urn).sort();

/** Resources as a recording has them; inputs as recorded when each was registered, since the whole stack comes with outputs. */
export function resourcesOf(
  stack: readonly EngineResource[],
  recorded: ReadonlyMap<string, Inputs>,
): readonly Resource[] {
  return stack.map((resource) => ({
    urn: resource.urn,
    type: resource.type,
    name: resource.name,
    custom: isCustom(resource.type),
    inputs: recorded.get(resource.urn) ?? plainInputs(resource.props),
    parent: resource.parent?.urn ?? null,
    ...(resource.provider === undefined ? {} : { provider: resource.provider.urn }),
    dependencies: urns(resource.dependencies),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, from]) => [property, urns(from)]),
    ),
    protect: resource.opts.protect,
    ignoreChanges: resource.opts.ignoreChanges,
    deleteBeforeReplace: resource.opts.deleteBeforeReplace ?? false,
    replaceOnChanges: [],
  }));
}

function targetOf(resources: readonly Resource[], plans: readonly RegisteredPlan[]): Target {
  const [first] = plans;
  if (first !== undefined) return first.plan.target;
  const packages = new Set(resources.map(({ type }) => type.split(":")[0] ?? ""));
  return targets.find((target) => packages.has(target)) ?? "aws";
}

/** Judges a stack as the engine sees it, by the same rules as the preview. */
export function judgeStack(resources: readonly Resource[], asOf: string): readonly RuleResult[] {
  return judgedWithoutIgnored(resources, (each) => judgeResources(each, asOf));
}

function judgeResources(resources: readonly Resource[], asOf: string): readonly RuleResult[] {
  const plans = plansIn(resources);
  const graph = resourceGraph(resources);
  const read = readParts(targetOf(resources, plans), graph, asOf);
  const given = { read, graph, plans, basisOf: () => null, asOf, unseen: false };
  return weigh(given, { costOf, availabilityOf, judge: (subject) => judge(subject) }).rules(null);
}

/** What is reported at a level. What could not be decided is said, and stops nothing. */
export function violations(results: readonly RuleResult[], level: "mandatory" | "advisory"): readonly string[] {
  return results.flatMap(({ id, severity, verdict, message, fix, part }): readonly string[] => {
    const where = part === null ? "" : `${part}: `;
    if (verdict === "fail" && severity === level) return [`[${id}] ${where}${message}; ${fix}`];
    if (verdict === "undecided" && level === "advisory") return [`[${id}] undecided: ${where}${message}`];
    return [];
  });
}
