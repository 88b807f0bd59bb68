import * as pulumi from "@pulumi/pulumi";
import type { Mistake } from "../model";

/** A value that is not there now: known only after deploy. */
export function isLater(value: unknown): boolean {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/** The value as text where it is known. */
export function nowOr(value: pulumi.Input<string>, later: string): string {
  return isLater(value) ? later : (value as string);
}

/** Those of the values that are known only after deploy. */
export function laterOnly<T>(values: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => isLater(value)));
}

/** The arguments that the plan reads; an Output among them is told, and taken out. Paths that may be known later stay as they are. */
export function withoutOutputs<A extends object>(args: A, mayBeLater: RegExp, tell: (path: string) => void): A {
  const clean = (value: unknown, path: string): unknown => {
    if (mayBeLater.test(path)) return value;
    if (isLater(value)) {
      tell(path);
      return undefined;
    }
    if (Array.isArray(value)) return value.map((each, index) => clean(each, `${path}[${index}]`));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, inner]) => [key, clean(inner, `${path}.${key}`)] as const)
        .filter(([, inner]) => inner !== undefined),
    );
  };
  const entries = Object.entries(args).map(([key, value]) => [key, clean(value, key)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as A;
}

/** The arguments of these names, without those that are left out. */
export function picked<A extends object, K extends keyof A>(args: A, keys: readonly K[]): Partial<Pick<A, K>> {
  return Object.fromEntries(keys.flatMap((key) => (args[key] === undefined ? [] : [[key, args[key]]]))) as Partial<
    Pick<A, K>
  >;
}

/** The planner's key as the argument that it was made of: each start that fits is replaced, in this order. */
export function argumentPath(key: string, starts: readonly (readonly [string, string])[]): string {
  return starts.reduce(
    (left, [start, argument]) => (left.startsWith(start) ? argument + left.slice(start.length) : left),
    key,
  );
}

/** What is allowed and what to do, in a program's words: there is no file of nines to edit. */
export function inWords({ allowed, fix }: Mistake): Pick<Mistake, "allowed" | "fix"> {
  const said = (text: string): string =>
    text
      .replaceAll("nines:", "")
      // A word of environments; no component has a door of another sort.
      .replaceAll(', or say door: { ingress: { className: "..." } }', "")
      .replaceAll(/\bor add zones to the environment\b/g, "or name more zones")
      .replaceAll(/\bthe environment\b/g, "the service");
  return { allowed: said(allowed), fix: said(fix) };
}
