import { REGION } from "./answer";
import { isList, isRecord, plain, same, type Properties, type Value } from "./values";

export type Kind = "add" | "delete" | "update";

/** Where two sets of inputs differ: by path as Pulumi writes it. */
export function differences(olds: Properties, news: Properties): ReadonlyMap<string, Kind> {
  const found = new Map<string, Kind>();
  const [before, after] = [plain(olds), plain(news)];
  walkRecord(inRegion(before, after), inRegion(after, before), "", found);
  return found;
}

/** What says no region is in its provider's, and knows it: to say the same is no change. */
function inRegion(properties: Properties, other: Properties): Properties {
  return other["region"] === undefined ? properties : { region: REGION, ...properties };
}

function walkRecord(olds: Properties, news: Properties, at: string, found: Map<string, Kind>): void {
  for (const key of new Set([...Object.keys(olds), ...Object.keys(news)]))
    walk(olds[key], news[key], joined(at, key), found);
}

function walk(old: Value | undefined, now: Value | undefined, at: string, found: Map<string, Kind>): void {
  if (same(old, now)) return;
  if (old === undefined) found.set(at, "add");
  else if (now === undefined) found.set(at, "delete");
  else if (isList(old) && isList(now)) {
    for (let index = 0; index < Math.max(old.length, now.length); index++)
      walk(old[index], now[index], `${at}[${index}]`, found);
  } else if (isRecord(old) && isRecord(now)) walkRecord(old, now, at, found);
  else found.set(at, "update");
}

function joined(at: string, key: string): string {
  const step = /^[A-Za-z_]\w*$/.test(key) ? key : `["${key}"]`;
  return at === "" || step.startsWith("[") ? `${at}${step}` : `${at}.${step}`;
}

/** The input that a path begins with. */
export function inputOf(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}
