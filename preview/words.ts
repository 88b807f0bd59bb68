import {
  IN_CLUSTER,
  isRecord,
  regionIn,
  targets,
  type Cost,
  type PartKey,
  type Report,
  type ResourceChange,
} from "../model";
import { counted, figure } from "./figures";
import { planOf } from "./report";

/** `embedding` of `replica-group/embedding/us-east-1`. */
export function workloadOf(part: PartKey): string {
  return part.split("/")[1] ?? part;
}

/** A Part for a person: `replica group embedding`. */
export function partName(part: PartKey | null): string {
  if (part === null) return "the stack";
  const [kind = part, workload = ""] = part.split("/");
  return `${kind.replaceAll("-", " ")} ${workload}`.trim();
}

/** Names that Parts in several regions share, so that a name alone does not tell one. */
export function inSeveralRegions(parts: readonly (PartKey | null)[]): ReadonlySet<string> {
  const regions = new Map<string, string>();
  const several = new Set<string>();
  // Rules of a large program name each Part a hundred times.
  for (const part of new Set(parts)) {
    if (part === null) continue;
    const [name, region] = [partName(part), regionIn(part)];
    if ((regions.get(name) ?? region) !== region) several.add(name);
    regions.set(name, region);
  }
  return several;
}

/** Places in keys that name no region, in words. */
const placeless: ReadonlyMap<string, string> = new Map([
  ["unknown", "a region that is not named"],
  [IN_CLUSTER, "a cluster whose region is not named"],
]);

/** Parts for a person, each name once; those of the names that are in several regions with where they are. */
export function partNames(parts: readonly (PartKey | null)[], several: ReadonlySet<string>): readonly string[] {
  if (several.size === 0) return parts.map(partName);
  const regions = new Map<string, string[]>();
  for (const part of parts) {
    const name = partName(part);
    const known = regions.get(name) ?? [];
    if (part !== null && several.has(name)) known.push(regionIn(part));
    regions.set(name, known);
  }
  return [...regions].map(([name, where]) =>
    where.length === 0
      ? name
      : `${name} in ${where
          .sort()
          .map((region) => placeless.get(region) ?? region)
          .join(", ")}`,
  );
}

/** `ecs service` of `aws:ecs/service:Service`. */
export function typeName(type: string): string {
  const [provider = "", module = "", name = type] = type.split(":");
  const folder = module.split("/")[0] ?? module;
  const words = name.replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
  // A kind says what it is; its group says who thought of it.
  if (provider === "kubernetes") return words;
  const place = folder === "index" || folder === "" ? provider : folder;
  return `${place} ${words}`.trim();
}

/** Logical name, the last word of a URN. */
export function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}

/** `aws us-east-1, 3 zones`. */
export function placeOf(report: Report): string {
  const plan = planOf(report);
  if (plan === null) {
    // Where a cluster is, somebody stated; its objects tell of namespaces.
    const [region] = Object.keys(report.demand?.nodeZones ?? {});
    const place = foreignPlace(report);
    return region === undefined ? place : place.replace(/^kubernetes, /, `kubernetes ${region}, `);
  }
  if (plan.regions !== undefined)
    return `${plan.target} ${plan.regions.map(({ region, zones }) => `${region} (${zones.length})`).join(", ")}: regions (zones)`;
  return `${plan.target} ${plan.region}, ${counted(plan.zones.length, "zone")}`;
}

/** Things are there that are billed for, read or unread, and none of them has a price: a sum of 0 would be a guess. */
export function nothingIsPriced({ lines, partial }: Cost): boolean {
  return lines.length === 0 && partial;
}

/** What names of AWS regions look like: an area, where in it, and a number. A new region is no mistake; a misspelt area is. */
const REGION = /^(us|eu|eusc|ap|sa|ca|me|af|il|mx|cn|us-gov|us-iso[a-z]?)(-[a-z]+)+-\d+$/;

/** Where another's program builds: `aws eu-west-1, us-west-2`. */
function foreignPlace({ built, resources, origin }: Report): string {
  const known = [...new Set(built.map(({ key }) => key.split("/")[2] ?? "unknown"))].filter(
    (region) => !placeless.has(region),
  );
  const packages = new Set(resources.map(({ type }) => type.slice(0, type.indexOf(":"))));
  const clouds = targets.filter((target) => packages.has(target));
  if (clouds.length === 0) return "no cloud that nines knows";
  if (clouds.join() === "kubernetes") return `kubernetes, ${namespacesOf(resources)}`;
  const odd = known.filter((region) => !REGION.test(region)).sort();
  // Only what is run can be told.
  const flag = origin === "recorded" ? "--config aws:region=<region>" : "";
  const told =
    odd.length === 0
      ? ""
      : ` (no name of a region: ${[odd.join(", "), flag].filter((text) => text !== "").join("; ")})`;
  const regions = known.length > 3 ? [counted(known.length, "region")] : known.sort();
  const where = regions.length > 0 ? regions.join(", ") : `region not known${flag === "" ? "" : ` (${flag})`}`;
  return `${clouds.join(" and ")} ${where}${told}`;
}

/** `namespace shop`; where none is written, what applies them decides. */
function namespacesOf(resources: Report["resources"]): string {
  const found = new Set<string>();
  for (const { type, inputs } of resources) {
    const metadata = type.startsWith("kubernetes:") ? inputs["metadata"] : undefined;
    const namespace = isRecord(metadata) ? metadata["namespace"] : undefined;
    if (typeof namespace === "string") found.add(namespace);
  }
  if (found.size === 0) return "no namespace written";
  const names = [...found].sort();
  return found.size > 3
    ? counted(found.size, "namespace")
    : `namespace${found.size === 1 ? "" : "s"} ${names.join(", ")}`;
}

function timesEach(types: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return counts;
}

/** Types with how many of each, most first: `12 ec2 subnets`. */
export function folded(types: readonly string[]): string {
  return [...timesEach(types)]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([type, count]) => (count === 1 ? typeName(type) : `${figure(count)} x ${typeName(type)}`))
    .join(", ");
}

/** Services with how many resources of each, most first: `ec2 24, cloudwatch 23`. */
export function byService(types: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const [type, count] of timesEach(types)) {
    const [provider = "", module = ""] = type.split(":");
    const service =
      provider === "aws" ? (module.split("/")[0] ?? provider) : provider === "kubernetes" ? typeName(type) : provider;
    counts.set(service, (counts.get(service) ?? 0) + count);
  }
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([service, count]) => `${service} ${figure(count)}`)
    .join(", ");
}

/** Most drastic first. */
export const operations: readonly ResourceChange["op"][] = ["replace", "delete", "update", "import", "create"];

/** Prices by what a reader should know of them: dates, grades below A, age over 90 days. */
export function pricesOf(report: Report): string {
  const { lines, unpriced } = report.cost;
  const said: string[] = [];
  const unseen = report.file?.unseen ?? 0;
  const rows = new Map(lines.map((line) => [`${line.item} ${line.unitUsd} ${line.source.date}`, line]));
  // An own price has the date that its owner gives it, and most have none.
  const dated = [...rows.values()].filter((line) => /^\d{4}/.test(line.source.date));
  const dates = dated.map((line) => line.source.date).sort();
  const [first, last] = [dates[0], dates.at(-1)];
  if (first !== undefined && last !== undefined)
    said.push(first === last ? `prices of ${first}` : `prices of ${first} to ${last}`);
  const own = [...rows.values()].filter((line) => line.grade === "own").length;
  if (own > 0) said.push(`${counted(own, "price")} of your own`);
  const old = dated.filter((line) => ageDays(line.source.date, report.asOf) > 90).length;
  if (old > 0) said.push(`${counted(old, "row")} older than 90 days`);
  for (const grade of ["B", "C", "D"] as const) {
    const items = [
      ...new Set([...rows.values()].filter((line) => line.grade === grade).map((line) => line.item)),
    ].sort();
    if (items.length > 3)
      said.push(
        `${figure(items.length)} items of grade ${grade}, named in ${report.file === undefined ? "explain" : "--json"}`,
      );
    else if (items.length > 0) said.push(`grade ${grade}: ${items.join(", ")}`);
  }
  said.push(
    unpriced.length === 0
      ? unseen === 0
        ? nothingUnpriced(report)
        : "nothing in view unpriced"
      : `unpriced, so the total is too low: ${unpricedItems(unpriced).join(", ")}`,
  );
  return said.join("; ");
}

/** Of so many workloads each is named. */
const WHOSE = 2;

/** Each item once, with whose it is: `alb-lcu-hour of api (needs demand)`. */
function unpricedItems(unpriced: Report["cost"]["unpriced"]): readonly string[] {
  const whose = new Map<string, readonly [string, string, Set<string>]>();
  for (const { part, item, why } of unpriced) {
    const [, workload = ""] = part.split("/");
    const known = whose.get(`${item} ${why}`);
    if (known === undefined) whose.set(`${item} ${why}`, [item, why, new Set([workload])]);
    else known[2].add(workload);
  }
  return [...whose.values()].map(([item, why, all]) => {
    const names = [...all];
    const more = names.length > WHOSE ? ` and ${figure(names.length - WHOSE)} more` : "";
    return `${item} of ${names.slice(0, WHOSE).join(", ")}${more} (${why})`;
  });
}

function nothingUnpriced({ coverage }: Report): string {
  const left = coverage === undefined ? 0 : coverage.billed - coverage.billedRead;
  return left === 0
    ? "nothing unpriced"
    : `of what is read nothing is unpriced; ${figure(left)} billed for ${left === 1 ? "is" : "are"} unread, so the total is too low`;
}

/** Whole days between two dates of the form YYYY-MM-DD or YYYY-MM; 0 where one is not a date. */
function ageDays(date: string, asOf: string): number {
  const days = (Date.parse(asOf) - Date.parse(date)) / 86_400_000;
  return Number.isFinite(days) ? Math.floor(days) : 0;
}
