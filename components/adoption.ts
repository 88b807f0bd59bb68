import type * as pulumi from "@pulumi/pulumi";
import { nearest } from "../model";

/** How one child takes over what is there. */
export interface Adopted {
  /** Id of what nobody's state holds yet; its inputs must be as it is, or Pulumi refuses. */
  readonly import?: string;
  /** Where the program's own state holds it: another name, or a URN. */
  readonly aliases?: readonly (pulumi.URN | pulumi.Alias)[];
}

/** By Pulumi type, or `type::name` where there are several of one. */
export type Adoption = Readonly<Record<string, Adopted>>;

/** Hands the options to the children that they are for. */
export class Adopting {
  readonly #adoption: ReadonlyMap<string, Adopted>;
  readonly #met = new Map<string, string[]>();

  constructor(adoption: Adoption) {
    this.#adoption = new Map(Object.entries(adoption));
  }

  readonly transformation: pulumi.ResourceTransformation = ({ type, name, props, opts }) => {
    const key = [`${type}::${name}`, type].find((each) => this.#adoption.has(each));
    this.#met.set(type, [...(this.#met.get(type) ?? []), name]);
    const own = key === undefined ? undefined : this.#adoption.get(key);
    if (own === undefined) return undefined;
    const aliases = [...listOf(opts.aliases), ...(own.aliases ?? [])];
    return {
      props: props,
      opts: { ...opts, aliases, ...(own.import === undefined ? {} : { import: own.import }) },
    };
  };

  /** What was to be taken over, and is not: nothing here is called that, or several are. One sentence each. */
  problems(): readonly string[] {
    return [...this.#adoption.keys()].flatMap((key): readonly string[] => {
      const [type = "", name] = key.split("::");
      const names = this.#met.get(type) ?? [];
      if (names.length === 0) {
        const near = nearest(type, [...this.#met.keys()]);
        return [`adopt: nothing here is a ${type}${near === undefined ? "" : `; did you mean ${near}?`}`];
      }
      if (name !== undefined && !names.includes(name))
        return [`adopt: no ${type} here is called ${name}; there are ${names.join(", ")}`];
      const unnamed = names.filter((each) => !this.#adoption.has(`${type}::${each}`));
      if (name === undefined && unnamed.length !== 1)
        return [`adopt: ${unnamed.length} of ${type} are here; say which, ${type}::${unnamed[0] ?? names[0] ?? ""}`];
      return [];
    });
  }
}

function listOf<T>(value: readonly T[] | undefined): readonly T[] {
  return value ?? [];
}
