import * as pulumi from "@pulumi/pulumi";
import { requestOf } from "../capacity";
import { nearest, printable, type Environment, type Mistake, type Request, type Setting, type System } from "../model";
import { inWords, withoutOutputs } from "./component-arguments";

/** Where a component stands. */
export interface Place {
  readonly project: string;
  readonly stack: string;
  /** Of the program's configuration; undefined where it says none. */
  readonly region: string | undefined;
}

/** What is wrong with one argument. */
export type Slip = Pick<Mistake, "key" | "given" | "allowed" | "fix">;

/** A component that plans, of one target: what its arguments are, and what they say to the planner. `A` may leave out anything: a program in JavaScript does. */
export interface ComponentKind<A extends object> {
  readonly word: "Service" | "Cache" | "Store";
  readonly argumentNames: readonly string[];
  /** Arguments that the plan does without. */
  readonly mayBeLater: RegExp;
  /** What the planner's own checks would not tell; `plain` is without what is known only after deploy. */
  readonly slips: (given: A, plain: A, place: Place, name: string) => readonly Slip[];
  readonly systemOf: (name: string, args: A, place: Place) => System;
  readonly environmentOf: (name: string, args: A, place: Place) => Environment;
  /** The rest, as a stack says it. */
  readonly configOf: (name: string, args: A, place: Place) => Readonly<Record<string, unknown>>;
  /** The planner's key as the argument that it was made of. */
  readonly argumentOf: (key: string, name: string, environment: string) => string;
  /** While the one is wrong, nothing of the other is known. @default - never */
  readonly hides?: (known: string, key: string) => boolean;
}

type Asked =
  { readonly ok: true; readonly request: Request } | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** Least words that AWS and Kubernetes take for names: what physical names are made of. */
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/i;

const PROGRAM = "the program";

/**
 * Arguments as the planner's own request: one system in one environment. All mistakes come at once, each by its argument.
 * Values that are known only after deploy are taken where ids are, and refused where the plan needs them.
 */
export function requestOfArguments<A extends object>(
  kind: ComponentKind<A>,
  name: string,
  args: A,
  place: Place,
): Asked {
  const file = `${kind.word} "${name}"`;
  const early: Mistake[] = [];
  const add = (slip: Slip): void => void early.push({ stack: place.stack, file, ...slip });
  if (!NAME.test(name)) {
    const allowed = "letters, digits and single hyphens, a letter first";
    add({ key: "name", given: name, allowed, fix: "names of resources are made of it" });
  }
  const plain = withoutOutputs(args, kind.mayBeLater, (key) =>
    add({
      key,
      given: "an Output",
      allowed: "must be known before the deploy: nines plans from it",
      fix: "take it from configuration or write it down",
    }),
  );
  for (const slip of kind.slips(args, plain, place, name)) add(slip);
  for (const [key, value] of Object.entries(args)) {
    if (kind.argumentNames.includes(key) || early.some((known) => known.key === key)) continue;
    const near = nearest(key, kind.argumentNames);
    const fix = near === undefined ? "remove it" : `did you mean ${near}?`;
    add({ key, given: printable(value), allowed: "unknown argument", fix });
  }
  const asked = requestOf({
    stack: stackWord(place),
    component: name,
    file: PROGRAM,
    config: kind.configOf(name, plain, place),
    systems: { [name]: kind.systemOf(name, plain, place) },
    environments: { [place.stack]: kind.environmentOf(name, plain, place) },
  });
  const late = asked.ok
    ? []
    : asked.mistakes.map((mistake) => ({
        ...mistake,
        ...inWords(mistake),
        stack: place.stack,
        file,
        key: kind.argumentOf(mistake.key, name, place.stack),
      }));
  const about = (key: string, known: string): boolean =>
    key === known || key.startsWith(`${known}.`) || known.startsWith(`${key}.`) || (kind.hides?.(known, key) ?? false);
  const mistakes = [...early, ...once(late).filter(({ key }) => !early.some((known) => about(key, known.key)))];
  if (!asked.ok || mistakes.length > 0) return { ok: false, mistakes };
  return { ok: true, request: asked.request };
}

/** One argument may be two of the planner's words: what is told of both is told once. */
function once(mistakes: readonly Mistake[]): readonly Mistake[] {
  return [...new Map(mistakes.map((each) => [JSON.stringify(each), each])).values()];
}

/** Start of every physical name: two programs with a stack of one name keep apart. */
export function stackWord({ project, stack }: Place): string {
  return `${project}-${stack}`
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

/** Of the component itself, and of what it stands in. */
const itsOwn: ReadonlySet<string> = new Set(["system", "environment", "target", "region"]);

/**
 * Where each value came from; what is known only after deploy is said to be so.
 * @param later by the planner's key, in the place of what stood for it
 */
export function settingsOfArguments<A extends object>(
  kind: Pick<ComponentKind<A>, "argumentOf">,
  settings: readonly Setting[],
  name: string,
  args: A,
  later: ReadonlyMap<string, unknown>,
): readonly Setting[] {
  return settings.map(({ key, value, from }) => ({
    key,
    value: later.get(key) ?? value,
    from: from === "default" || !isSaid(kind.argumentOf(key, name, ""), args) ? "default" : "argument",
  }));
}

/** The arguments hold something there: what they leave out has its default from here. */
function isSaid(path: string, args: object): boolean {
  if (itsOwn.has(path)) return true;
  let here: unknown = args;
  for (const step of path.split(".")) {
    if (typeof here !== "object" || here === null || pulumi.Output.isInstance(here)) return here !== undefined;
    here = (here as Readonly<Record<string, unknown>>)[step];
  }
  return here !== undefined;
}
