/** An input whose value is not there to be read. */
export interface UnknownValue {
  readonly $unknown: "after-deploy" | "secret";
}

/** A registered input as plain JSON; what is not known is said in place. */
export type Value =
  string | number | boolean | null | UnknownValue | readonly Value[] | { readonly [key: string]: Value };

export type Inputs = { readonly [key: string]: Value };

/** One registered resource, as the engine would see it. */
export interface Resource {
  readonly urn: string;
  /** Pulumi type token, for example `aws:ecs/service:Service`. */
  readonly type: string;
  /** Logical name. */
  readonly name: string;
  /** false: a component. */
  readonly custom: boolean;
  readonly inputs: Inputs;
  readonly parent: string | null;
  /** URNs, sorted. */
  readonly dependencies: readonly string[];
  /** By top-level input: the URNs that its value comes from, sorted. */
  readonly propertyDependencies: { readonly [property: string]: readonly string[] };
  readonly protect: boolean;
  readonly ignoreChanges: readonly string[];
  readonly deleteBeforeReplace: boolean;
  readonly replaceOnChanges: readonly string[];
  /** URN of the provider that it is built by; absent where none is named: then its package's default one. */
  readonly provider?: string;
  /** URNs under which it may stand already, its parents' among them, sorted; absent: none. */
  readonly aliases?: readonly string[];
  /** Id of what is there already and is taken into the stack; absent: it is made. */
  readonly importId?: string;
  /** A component that its package's own plugin builds: what is in it is not seen here. */
  readonly remote?: true;
}

/** A custom resource without parent, references or options: what only its inputs tell of. */
export function bareResource(own: Pick<Resource, "urn" | "type" | "name" | "inputs">): Resource {
  return {
    ...own,
    custom: true,
    parent: null,
    dependencies: [],
    propertyDependencies: {},
    protect: false,
    ignoreChanges: [],
    deleteBeforeReplace: false,
    replaceOnChanges: [],
  };
}

/** A provider: credentials and a region, which each resource of ours repeats. */
export function isProviderType(type: string): boolean {
  return type.startsWith("pulumi:providers:");
}

export function isUnknownValue(value: Value | undefined): value is UnknownValue {
  return typeof value === "object" && value !== null && !Array.isArray(value) && "$unknown" in value;
}

export function isRecord(value: Value | undefined): value is { readonly [key: string]: Value } {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !("$unknown" in value);
}

/** The last word of a URN: the logical name. */
export function nameOfUrn(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** A value as text: text as it is, everything else as JSON; what is not there says so. */
export function textOf(value: Value | undefined): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" ? value : JSON.stringify(value);
}
