import * as pulumi from "@pulumi/pulumi";
import { requestOf } from "../../capacity";
import { nearest, printable, type Mistake, type Request, type System } from "../../model";
import { argumentNames, argumentOf, inWords } from "./service-arguments";
import { regionOfZones, subnetSlips, zonesOf } from "./service-network";
import { settingsOf } from "./service-settings";
import { configOf, environmentOf, isLater, stackWord, systemOf, type Place, type Said } from "./service-system";

type Asked =
  | { readonly ok: true; readonly request: Request; readonly zones: readonly string[] }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** Least words that AWS takes for names: what physical names are made of. */
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/i;

/** A component that plans: what its arguments are, and the system that they say. */
export interface Kind {
  readonly word: "Service" | "Cache";
  readonly argumentNames: readonly string[];
  readonly systemOf: (name: string, args: Said, place: Place) => System;
}

export const serviceKind: Kind = { word: "Service", argumentNames, systemOf };

/**
 * Arguments as the planner's own request: one system in one environment. All mistakes come at once, each by its argument.
 * Values that are known only after deploy are taken where ids are, and refused where the plan needs them.
 */
export function requestOfComponent(kind: Kind, name: string, args: Said, place: Place): Asked {
  const file = `${kind.word} "${name}"`;
  const early: Mistake[] = [];
  const add = (key: string, given: unknown, allowed: string, fix: string): void => {
    early.push({ stack: place.stack, file, key, given, allowed, fix });
  };
  if (!NAME.test(name))
    add("name", name, "letters, digits and single hyphens, a letter first", "names of resources are made of it");
  for (const key of Object.keys(args)) {
    if (kind.argumentNames.includes(key)) continue;
    const near = nearest(key, kind.argumentNames);
    add(
      key,
      printable(args[key as keyof Said]),
      "unknown argument",
      near === undefined ? "remove it" : `did you mean ${near}?`,
    );
  }
  const plain = withoutOutputs(args, (path) =>
    add(
      path,
      "an Output",
      "must be known before the deploy: nines plans from it",
      "take it from configuration or write it down",
    ),
  );
  if (isLater(args.image) && Object.keys(plain.registries ?? {}).length > 0)
    add(
      "image",
      "an Output",
      "must be known before the deploy: whether its registry asks who pulls is planned",
      "write it down, or keep it where nobody is asked",
    );
  for (const { key, given, allowed, fix } of subnetSlips(args.network)) add(key, given, allowed, fix);
  const zones = zonesOf(args.network);
  const region = plain.region ?? regionOfZones(zones) ?? place.region;
  if (region === undefined)
    add("region", undefined, "nothing says where", "give region, or pulumi config set aws:region us-east-1");

  const asked = requestOf({
    stack: stackWord(place),
    component: name,
    file: PROGRAM,
    config: configOf(name, plain, place, region),
    systems: { [name]: kind.systemOf(name, plain, place) },
    environments: { [place.stack]: environmentOf(plain, zones ?? [], region ?? "us-east-1") },
  });
  const late = asked.ok
    ? []
    : asked.mistakes.map((mistake) => ({
        ...mistake,
        ...inWords(mistake),
        stack: place.stack,
        file,
        key: argumentOf(mistake.key, name, place.stack),
      }));
  const mistakes = [...early, ...late.filter(({ key }) => !early.some((known) => about(key, known.key)))];
  if (!asked.ok || mistakes.length > 0) return { ok: false, mistakes };
  return {
    ok: true,
    request: {
      ...asked.request,
      existing: { ...asked.request.existing, listeners: listenersOf(asked.request, args) },
      // The planner does without.
      images: isLater(args.image) ? { [name]: "" } : asked.request.images,
      settings: settingsOf(asked.request.settings, name, args),
    },
    zones: zones ?? [],
  };
}

const PROGRAM = "the program";

/** A listener that is known only after deploy is planned with as one that is handed over. */
function listenersOf({ existing }: Request, { listener }: Said): Request["existing"]["listeners"] {
  if (!isLater(listener?.listenerArn)) return existing.listeners;
  return Object.fromEntries(
    Object.entries(existing.listeners).map(([name, there]) => [name, { ...there, listenerArn: null }]),
  );
}

/** One is the other, or holds it, or is about the zones that it lacks. */
function about(key: string, known: string): boolean {
  // Without zones nothing is known of the network, nor whether the region is right.
  if (known === "network.existing.zones") return key.startsWith("network.") || key === "region";
  return key === known || key.startsWith(`${known}.`) || known.startsWith(`${key}.`);
}

/** Ids, and what the container gets: the plan does without. */
const MAY_BE_LATER =
  /^(network\.existing\.(vpcId|privateSubnetIds|publicSubnetIds)|image|domain\.(zoneId|certificateArn)|alerts\.topicArn|listener\.(listenerArn|securityGroupId|url)|callers|environment|transform|adopt)(\.|$)/;

/** The arguments that the plan reads; an Output among them is told, and taken out. */
function withoutOutputs(args: Said, tell: (path: string) => void): Said {
  const clean = (value: unknown, path: string): unknown => {
    if (MAY_BE_LATER.test(path)) return value;
    if (pulumi.Output.isInstance(value) || value instanceof Promise) {
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
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}
