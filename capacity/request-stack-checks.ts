import { nearest, type Environment, type Path, type StackConfig, type Survive } from "../model";
import type { TargetCatalog } from "../catalog";
import { isImageReference } from "./request-image";
import type { MistakeList, Place } from "./request-mistakes";
import type { Resolved } from "./request-settings";
import { unknownWorkload } from "./request-workload-names";

/** Images: one for each service and store, none for anything else, each a reference that can be pulled. */
export function checkImages(
  images: Readonly<Record<string, string>>,
  kinds: ReadonlyMap<string, unknown>,
  list: MistakeList,
): void {
  const services = [...kinds].filter(([, kind]) => kind === "service" || kind === "store").map(([name]) => name);
  for (const name of services) {
    if (!Object.hasOwn(images, name))
      list.add(
        "yaml",
        ["images", name],
        undefined,
        `${String(kinds.get(name))} ${name} needs an image`,
        `for example ${name}: registry.example.com/${name}@sha256:...`,
      );
  }
  for (const [name, image] of Object.entries(images)) {
    const path = ["images", name];
    if (!kinds.has(name)) unknownWorkload(list, "yaml", path, image, name, services);
    else if (kinds.get(name) === "cache")
      list.add("yaml", path, image, `${name} is a cache, which runs no image`, "remove it");
    else if (!isImageReference(image)) {
      list.add(
        "yaml",
        path,
        image,
        "registry/name:tag or registry/name@sha256:<64 hexadecimal digits>",
        image === image.toLowerCase() ? "check the reference" : "names are in small letters",
      );
    }
  }
}

/** The user's own prices. */
export function checkPrices(
  config: Partial<StackConfig>,
  target: TargetCatalog,
  regions: readonly string[],
  list: MistakeList,
): void {
  const prices = config.prices ?? [];
  for (const { index, key, given, allowed, fix } of target.priceProblems(prices))
    list.add("yaml", ["prices", index, key], given, allowed, fix);
  prices.forEach(({ item, region }, index) => {
    if (prices.findIndex((other) => other.item === item && other.region === region) !== index)
      list.add(
        "yaml",
        ["prices", index, "item"],
        item,
        `each item once${region === undefined ? "" : ` in ${region}`}`,
        "keep one of the two",
      );
    // Clusters have no price lists of their own: a price that is of none of the stack's regions is nobody's.
    if (target.target !== "kubernetes" || region === undefined || regions.length === 0) return;
    if (regions.includes(region) || region === "global") return;
    const near = nearest(region, regions);
    list.add(
      "yaml",
      ["prices", index, "region"],
      region,
      `the stack is built in ${regions.join(", ")}`,
      near === undefined ? "leave it out for every region" : `did you mean ${near}? Or leave it out for every region`,
    );
  });
}

/** Zones and what must be survived: not more than there are, and two where one may be lost. */
export function checkZones(
  resolved: Resolved,
  environment: Environment,
  environmentName: string,
  region: string,
  regions: number,
  list: MistakeList,
): void {
  const { zones, objectives } = resolved.chosen;
  const listed = new Set(environment.regions[region]?.zones ?? []).size;
  const [place, path] = origin(resolved, "zones", ["regions", region, "zones"]);
  if (zones > listed) {
    list.add(
      place,
      path,
      zones,
      `environment ${environmentName} lists ${listed} in ${region}`,
      `at most ${listed}, or add zones to the environment`,
    );
  } else if ((objectives.survive === "zone" || objectives.survive === "region") && zones < 2) {
    const given = path.length === 1 ? zones : environment.regions[region]?.zones;
    list.add(
      place,
      path,
      given,
      "to survive a zone needs at least 2 zones",
      "add a zone, or objectives.survive: replica",
    );
  }
  if (objectives.survive === "region" && regions < 2) {
    const [from, where] = origin(resolved, "objectives.survive", ["objectives", "survive"]);
    const allowed: readonly Survive[] = ["nothing", "replica", "zone"];
    list.add(
      from,
      where,
      "region",
      `one of ${allowed.join(", ")}: the stack is built in one region`,
      "objectives.survive: zone, or regions: [...] where the target builds in several",
    );
  }
}

function origin(resolved: Resolved, key: string, fallback: Path): readonly [Place, Path] {
  const from = resolved.from(key);
  return from === "default" ? ["environment", fallback] : [from, key.split(".")];
}

/** AWS keeps tags that begin so for itself, takes at most 50 on a resource, and names and values of 128 and 256 letters; ours are few. */
const TAGS = { own: 5, most: 50, name: 128, value: 256 };

/** Tags that AWS refuses. */
export function checkTags({ tags = {} }: Environment, list: MistakeList): void {
  const names = Object.keys(tags);
  if (names.length > TAGS.most - TAGS.own)
    list.add(
      "environment",
      ["tags"],
      `${names.length} tags`,
      `at most ${TAGS.most - TAGS.own}`,
      "AWS takes 50 on a resource, and nines adds its own",
    );
  for (const [name, value] of Object.entries(tags)) {
    if (/^aws:/i.test(name))
      list.add("environment", ["tags", name], name, "names that begin with aws: are reserved", "rename the tag");
    else if (name.length < 1 || name.length > TAGS.name || value.length > TAGS.value)
      list.add(
        "environment",
        ["tags", name],
        value,
        `names of 1 to ${TAGS.name} and values of at most ${TAGS.value} letters`,
        "shorten it",
      );
  }
}

/** What a table holds under a name, own keys alone; a name that is not there is a mistake. */
export function lookUp<T>(
  table: Readonly<Record<string, T>>,
  key: "system" | "environment",
  name: string | undefined,
  list: MistakeList,
): T | undefined {
  if (name === undefined) return undefined;
  const found = Object.hasOwn(table, name) ? table[name] : undefined;
  if (found !== undefined) return found;
  if (Object.hasOwn(table, name)) {
    list.add(
      "yaml",
      [key],
      name,
      `stacks/${key}s/index.ts lists it, and nothing is there`,
      "an import that goes in a circle, or a name that is not exported?",
    );
    return undefined;
  }
  const names = Object.keys(table);
  const near = nearest(name, names);
  list.add(
    "yaml",
    [key],
    name,
    names.length === 0 ? `stacks/${key}s holds none` : `${key}s are ${names.join(", ")}`,
    near === undefined ? `take one of them, or add it to stacks/${key}s/index.ts` : `did you mean ${near}?`,
  );
  return undefined;
}
