// Writes what the engine would of a recording: `pulumi stack export` after an up, `pulumi preview --json` before one. Shapes as in
// pulumi's apitype.ResourceV3, apitype.DeploymentV3 and display.PreviewDigest; what a provider does to inputs, as its bridge does.
import { isRecord, isUnknownValue, nameOfUrn, type Inputs, type Resource, type Value } from "../../model";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export interface State extends Readonly<Record<string, unknown>> {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
}

/** What stands for an unknown and for a secret. */
interface Form {
  readonly unknown: (resource: Resource, property: string, key: string) => unknown;
  readonly secret: unknown;
}

const ciphertext = { [SIGNATURE]: SECRET, ciphertext: "v1:AAAAAAAAAAAAAAAA:c2VjcmV0" };

/** After an up: each unknown has become an id, secrets are ciphertext. */
const deployed: Form = {
  unknown: ({ propertyDependencies, name }, property, key) => {
    // A balancer and a group in one text.
    if (key === "resourceLabel") return "app/balancer/50dc6c495c0c9188/targetgroup/group/73e2d6bc24d8a067";
    const [from] = propertyDependencies[property] ?? [];
    return from?.includes("randomPassword") === true
      ? ciphertext
      : idOf(from ?? `urn:pulumi:s::p::t::${name}-${property}`);
  },
  secret: ciphertext,
};

/** Before one. */
const planned: Form = { unknown: () => UNKNOWN, secret: "[secret]" };

function idOf(urn: string): string {
  return `${nameOfUrn(urn)}-0a1b2c3d`;
}

function written(value: Value, resource: Resource, property: string, form: Form, key = property): unknown {
  if (isUnknownValue(value)) return value.$unknown === "secret" ? form.secret : form.unknown(resource, property, key);
  if (Array.isArray(value)) return value.map((each: Value) => written(each, resource, property, form, key));
  if (!isRecord(value)) return value;
  const inner = Object.entries(value).map(
    ([name, each]) => [name, written(each, resource, property, form, name)] as const,
  );
  return Object.fromEntries(inner);
}

/** What the bridge of a provider adds: names that nobody gave, and in each object the list of what it added. */
function checked(inputs: Inputs, resource: Resource, form: Form): Readonly<Record<string, unknown>> {
  const given = Object.entries(inputs).map(([key, value]) => [key, written(value, resource, key, form)] as const);
  if (!resource.custom || resource.type.startsWith("pulumi:")) return Object.fromEntries(given);
  const named = "name" in inputs ? {} : { name: `${resource.name}-1a2b3c4` };
  return { __defaults: Object.keys(named), ...named, ...marked(Object.fromEntries(given)) };
}

function marked(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, mark(value)]));
}

function mark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(mark);
  if (typeof value !== "object" || value === null || SIGNATURE in value) return value;
  return { __defaults: [], ...marked(value as Readonly<Record<string, unknown>>) };
}

/** One resource as the engine writes it; what is empty or false is left out. */
export function stateOf(resource: Resource, when: "deployed" | "planned" = "deployed"): State {
  const { urn, type, custom, parent, dependencies, propertyDependencies, protect, ignoreChanges, replaceOnChanges } =
    resource;
  const form = when === "deployed" ? deployed : planned;
  const inputs = checked(resource.inputs, resource, form);
  const id = idOf(urn);
  return {
    urn,
    custom,
    ...(custom && when === "deployed" ? { id } : {}),
    type,
    inputs,
    outputs: custom && when === "deployed" ? { ...inputs, id, arn: `arn:aws:x:us-east-1:123456789012:${id}` } : inputs,
    ...(parent === null ? {} : { parent }),
    ...(protect ? { protect } : {}),
    ...(dependencies.length === 0 ? {} : { dependencies }),
    ...(custom
      ? { provider: `${resource.provider ?? defaultProvider(resource).urn}::f6ac3a0e-5b34-4a3e-8f6a-2f6b6e1b8a11` }
      : {}),
    // The engine lists every property here, those without a reference as null.
    propertyDependencies: Object.fromEntries(
      Object.keys({ ...resource.inputs, ...propertyDependencies }).map((property) => [
        property,
        propertyDependencies[property] ?? null,
      ]),
    ),
    created: "2026-11-20T10:00:00Z",
    modified: "2026-11-20T10:00:00Z",
    ...(ignoreChanges.length === 0 ? {} : { ignoreChanges }),
    ...(replaceOnChanges.length === 0 ? {} : { replaceOnChanges }),
  };
}

/** The provider that the engine makes where a program names none; state has it, and a preview leaves it out. */
function defaultProvider({ urn, type }: Resource): State {
  const provider = `pulumi:providers:${type.slice(0, type.indexOf(":"))}`;
  const [stack = "", project = ""] = urn.split("::");
  return {
    urn: `${stack}::${project}::${provider}::default_7_48_0`,
    custom: true,
    id: "f6ac3a0e-5b34-4a3e-8f6a-2f6b6e1b8a11",
    type: provider,
    inputs: { region: "us-east-1", version: "7.48.0", __internal: {} },
  };
}

/** `pulumi stack export`. */
export function exportOf(resources: readonly Resource[], more: readonly Readonly<Record<string, unknown>>[] = []) {
  const explicit = resources.some((resource) => resource.type.startsWith("pulumi:providers:"));
  const provider = explicit ? undefined : resources.find((resource) => resource.custom);
  return {
    version: 3,
    deployment: {
      manifest: { time: "2026-11-20T10:00:00Z", magic: "0", version: "v3.248.0" },
      secrets_providers: { type: "passphrase", state: { salt: "v1:AAAAAAAAAAA=:v1:AAAAAAAAAAAAAAAA:AAAA" } },
      resources: [
        ...(provider === undefined ? [] : [defaultProvider(provider)]),
        ...resources.map((resource) => stateOf(resource)),
        ...more,
      ],
      metadata: {},
    },
  };
}

const isDefault = ({ type, name }: Resource): boolean => type.startsWith("pulumi:providers:") && name === "default";

/** What the providers that the engine adds are configured with: they themselves are not shown. */
function configOf(resources: readonly Resource[]): Readonly<Record<string, Value>> {
  const own = resources.filter(isDefault).flatMap(({ type, inputs }) => {
    const pack = type.slice(type.lastIndexOf(":") + 1);
    return Object.entries(inputs).map(([key, value]) => [`${pack}:${key}`, value] as const);
  });
  return own.length === 0 ? { "aws:region": "us-east-1" } : Object.fromEntries(own);
}

interface Step {
  readonly op: string;
  readonly urn: string;
  readonly provider?: string;
  readonly oldState?: State;
  readonly newState?: State;
  readonly diffReasons?: readonly string[];
  readonly replaceReasons?: readonly string[];
  readonly detailedDiff: null;
}

/** `pulumi preview --json`. */
export function previewOf(
  after: readonly Resource[],
  given: {
    /** What stands; @default - nothing: all is created */
    readonly before?: readonly Resource[];
    /** As the engine would decide: the property that forces a replacement, null: none does; @default - never */
    readonly replaces?: (resource: Resource, differs: readonly string[]) => readonly string[];
    /** --show-sames; @default true */
    readonly sames?: boolean;
    /** --show-replacement-steps; @default false */
    readonly replacementSteps?: boolean;
  } = {},
) {
  const old = new Map(
    (given.before ?? []).filter((each) => !isDefault(each)).map((resource) => [resource.urn, resource]),
  );
  const steps: Step[] = [];
  const counts: Record<string, number> = {};
  const add = (step: Omit<Step, "detailedDiff">, shown = true): void => {
    if (shown) steps.push({ ...step, detailedDiff: null });
  };
  for (const resource of after.filter((each) => !isDefault(each))) {
    const { urn } = resource;
    const former = old.get(urn);
    old.delete(urn);
    const op = former === undefined ? "create" : opOf(former, resource, given.replaces ?? (() => []));
    const word = typeof op === "string" ? op : op.replaces.length > 0 ? "replace" : "update";
    counts[word] = (counts[word] ?? 0) + 1;
    const ignored = former === undefined ? resource : withOld(former, resource);
    const newState = stateOf(ignored, word === "same" ? "deployed" : "planned");
    if (former === undefined) add({ op: "create", urn, newState });
    else if (typeof op === "string") {
      // The stack's own resource is shown whatever is asked.
      const shown = given.sames !== false || resource.type === "pulumi:pulumi:Stack";
      add({ op, urn, oldState: hidden(stateOf(former)), newState: hidden(newState) }, shown);
    } else {
      const oldState = hidden(stateOf(former));
      const reasons = { diffReasons: op.differs };
      if (word === "update") add({ op: "update", urn, oldState, newState, ...reasons });
      else {
        const replaced = {
          urn,
          oldState: { ...oldState, delete: true },
          newState,
          replaceReasons: op.replaces,
          ...reasons,
        };
        add({ op: "create-replacement", ...replaced }, given.replacementSteps === true);
        add({ op: "replace", ...replaced });
      }
    }
  }
  for (const [urn, former] of old) {
    counts["delete"] = (counts["delete"] ?? 0) + 1;
    add({ op: "delete", urn, oldState: hidden(stateOf(former)) });
  }
  if (given.replacementSteps === true) {
    for (const step of steps.filter((each) => each.op === "replace")) {
      const { urn, oldState, replaceReasons } = step;
      add({ op: "delete-replaced", urn, oldState: oldState!, replaceReasons: replaceReasons ?? [] });
    }
  }
  return { config: configOf(after), steps, duration: 1_500_000_000, changeSummary: counts };
}

function opOf(
  former: Resource,
  resource: Resource,
  replaces: (resource: Resource, differs: readonly string[]) => readonly string[],
) {
  const now = withOld(former, resource);
  const keys = [...new Set([...Object.keys(former.inputs), ...Object.keys(now.inputs)])];
  const differs = keys.filter((key) => JSON.stringify(former.inputs[key]) !== JSON.stringify(now.inputs[key])).sort();
  return differs.length === 0 ? ("same" as const) : { differs, replaces: replaces(resource, differs) };
}

/** Ignored properties keep what stands: whole properties are all that these documents ignore. */
function withOld(former: Resource, resource: Resource): Resource {
  const kept = resource.ignoreChanges.filter((property) => property in former.inputs);
  const old = kept.map((property) => [property, former.inputs[property] ?? null] as const);
  return old.length === 0 ? resource : { ...resource, inputs: { ...resource.inputs, ...Object.fromEntries(old) } };
}

/** A preview never shows ciphertext. */
function hidden(state: State): State {
  const text = JSON.stringify(state, (_, value: unknown) =>
    typeof value === "object" && value !== null && SIGNATURE in value ? "[secret]" : value,
  );
  return JSON.parse(text) as State;
}
