import type { Resource } from "../../../model";
import { inputsFromWire } from "../../../preview/wire";
import { DEFAULTS, isList, isRecord, plain, textsAt, UNKNOWN, type Properties, type Value } from "../provider/values";

interface State {
  readonly urn: string;
  readonly type: string;
  readonly custom?: boolean;
  readonly inputs?: Properties;
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[] | null>>;
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
  readonly provider?: string;
  readonly replaceOnChanges?: readonly string[];
}

/**
 * What a program registered with the engine, from `pulumi preview --json`, in a recording's form and order. A name that the
 * provider chose is known to the engine before the deploy, and to nobody else: said as a recording says it.
 */
export function resourcesIn(document: string): readonly Resource[] {
  const { steps } = JSON.parse(document) as { readonly steps: readonly { readonly newState?: State }[] };
  const states = steps.flatMap(({ newState }) => (newState === undefined ? [] : [newState]));
  const chosen = new Set(states.flatMap(({ inputs = {} }) => filledIn(inputs).map((key) => inputs[key])));
  return states.map((state) => registered(state, chosen)).sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

function registered(state: State, chosen: ReadonlySet<Value | undefined>): Resource {
  return {
    urn: state.urn,
    type: state.type,
    name: state.urn.slice(state.urn.lastIndexOf("::") + 2),
    custom: state.custom ?? false,
    inputs: inputsFromWire(asked(state, chosen)),
    parent: state.parent ?? null,
    dependencies: [...new Set(state.dependencies ?? [])].sort(),
    propertyDependencies: Object.fromEntries(
      Object.entries(state.propertyDependencies ?? {})
        .filter(([, urns]) => (urns ?? []).length > 0)
        .map(([property, urns]) => [property, [...new Set(urns)].sort()]),
    ),
    protect: state.protect ?? false,
    ignoreChanges: [...(state.ignoreChanges ?? [])].sort(),
    deleteBeforeReplace: state.deleteBeforeReplace ?? false,
    replaceOnChanges: [...(state.replaceOnChanges ?? [])].sort(),
    ...providerOf(state.provider ?? ""),
  };
}

/** By its URN, without its id; the engine's own default one was not named by the program. */
function providerOf(reference: string): Pick<Resource, "provider"> {
  const urn = reference.slice(0, Math.max(0, reference.lastIndexOf("::")));
  return urn === "" || /::default(_\w+)?$/.test(urn) ? {} : { provider: urn };
}

/** Of a provider's own resource, what the engine adds: which plugin it is. */
const OF_THE_ENGINE = ["__internal", "version"];

/** Without what the provider filled in, as its own note says. */
function asked({ type, inputs = {} }: State, chosen: ReadonlySet<Value | undefined>): Properties {
  const others = new Set([...filledIn(inputs), ...(type.startsWith("pulumi:providers:") ? OF_THE_ENGINE : [])]);
  const own = Object.entries(plain(inputs)).filter(([key]) => !others.has(key));
  return Object.fromEntries(own.map(([key, value]) => [key, hidden(value, chosen)]));
}

function filledIn(inputs: Properties): readonly string[] {
  return textsAt(inputs, DEFAULTS);
}

function hidden(value: Value, chosen: ReadonlySet<Value | undefined>): Value {
  if (typeof value === "string") return chosen.has(value) ? UNKNOWN : value;
  if (isList(value)) return value.map((item) => hidden(item, chosen));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, hidden(inner, chosen)]));
}
