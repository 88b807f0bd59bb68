import { bytes, cpuMillis, lacksUnit, meansMillis, memoryMiB } from "../../catalog/kubernetes/quantity";
import { isRecord, isUnknownValue, textOf, type Value } from "../../model";
import { counted, figure } from "../figures";

/** Something in an object that cannot be as it is written. */
export interface ObjectSlip {
  readonly path: readonly string[];
  readonly given: unknown;
  readonly allowed: string;
  readonly fix: string;
}

/** What is wrong with the amounts of an object, wherever it asks for cores, memory or disk. */
export function amountSlips(content: Value): readonly ObjectSlip[] {
  const slips: ObjectSlip[] = [];
  visit(content, [], slips);
  return slips;
}

function visit(value: Value, path: readonly string[], slips: ObjectSlip[]): void {
  if (Array.isArray(value)) {
    for (const [index, each] of (value as readonly Value[]).entries())
      if (typeof each === "object") visit(each, [...path, String(index)], slips);
    return;
  }
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== "object" || inner === null) continue;
    if (key === "resources" && isRecord(inner)) slips.push(...ofResources(inner, [...path, key]));
    else visit(inner, [...path, key], slips);
  }
}

type Amounts = Readonly<Record<string, Value>>;

function ofResources(resources: Amounts, path: readonly string[]): readonly ObjectSlip[] {
  const sides = (["requests", "limits"] as const).flatMap((side) => {
    const amounts = resources[side];
    return isRecord(amounts) ? [{ side, amounts }] : [];
  });
  const memory = sides.flatMap(({ amounts }) => known(amounts["memory"], memoryMiB) ?? []);
  const slips = sides.flatMap(({ side, amounts }) =>
    Object.entries(amounts).flatMap(([item, given]) => {
      const isAsked = side === "requests" || !isRecord(resources["requests"]) || !(item in resources["requests"]);
      const slip = ofAmount(item, given, memory.length === 0 ? undefined : Math.max(...memory), isAsked);
      return slip === null ? [] : [{ path: [...path, side, item], given, ...slip }];
    }),
  );
  return slips.length > 0 ? slips : aboveLimit(resources, path);
}

/** Above any machine that is sold, with room: AWS's high memory instances have up to 24 TiB (Amazon EC2 User Guide, memory optimized instances, 2026-11-22); the rest is assumed. */
const MOST: Readonly<Record<string, { readonly amount: number; readonly said: (amount: number) => string }>> = {
  cpu: { amount: 4096, said: (cores) => `${large(cores)} cores` },
  memory: { amount: 64 * 2 ** 40, said: (found) => `${large(found / 2 ** 20)} MiB` },
};

/** Beyond a million millions nobody reads the digits. */
const large = (amount: number): string => (amount < 1e12 ? figure(amount) : amount.toExponential(1));

type Said = Pick<ObjectSlip, "allowed" | "fix">;

/** @param isAsked A node must have it: a limit is one only where nothing is requested. */
function ofAmount(item: string, given: Value, mebibytes: number | undefined, isAsked: boolean): Said | null {
  // Left empty, or not there to be read: nothing is asked.
  if (given === null || isUnknownValue(given)) return null;
  const spelt = typeof given === "string" || typeof given === "number" ? given : undefined;
  if (spelt === undefined || bytes(spelt) === undefined)
    return { allowed: "this is no quantity", fix: nearestTo(item, spelt) };
  if (item === "cpu" && meansMillis(spelt, mebibytes)) {
    const beside = mebibytes === undefined ? "" : ` beside ${figure(mebibytes, 1)} MiB`;
    return {
      allowed: `that is ${figure((cpuMillis(spelt) ?? 0) / 1000)} whole cores${beside}, which no pod has`,
      fix: `for thousandths of a core write ${spelt}m`,
    };
  }
  const most = MOST[item];
  const asked = bytes(spelt) ?? 0;
  if (isAsked && most !== undefined && asked > most.amount)
    return {
      allowed: `that is ${most.said(asked)}, and no node ever holds it: no machine that is sold has ${most.said(most.amount)}`,
      fix: item === "cpu" ? "cores as 2 or thousandths as 500m" : "such as 512Mi or 4Gi",
    };
  if (item === "memory" && lacksUnit(spelt)) {
    const meant = /^\d+/.exec(String(spelt))?.[0] ?? "";
    return {
      allowed: `that is ${counted(bytes(spelt) ?? 0, "byte")}, in which nothing starts (m is for thousandths)`,
      fix: `for MiB write ${meant}Mi`,
    };
  }
  return null;
}

/** What was likely meant by a text that is no quantity. */
function nearestTo(item: string, given: string | number | undefined): string {
  const [, digits, unit = ""] = /^\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*$/.exec(String(given)) ?? [];
  const letter = unit.slice(0, 1).toUpperCase();
  if (digits !== undefined && item !== "cpu" && "KMGTPE".includes(letter) && letter !== "")
    return `write ${digits}${letter}i`;
  if (digits !== undefined && item === "cpu" && /^m/i.test(unit)) return `write ${digits}m`;
  return item === "cpu" ? "cores as 0.5 or thousandths as 500m" : "such as 512Mi or 4Gi";
}

/** The API server refuses what asks for more than it may have. */
function aboveLimit(resources: Amounts, path: readonly string[]): readonly ObjectSlip[] {
  const { requests, limits } = resources;
  if (!isRecord(requests) || !isRecord(limits)) return [];
  return Object.entries(requests).flatMap(([item, given]) => {
    const [asked, most] = [known(given, cpuMillis), known(limits[item], cpuMillis)];
    if (asked === undefined || most === undefined || asked <= most) return [];
    return [
      {
        path: [...path, "requests", item],
        given,
        allowed: `the limit is ${textOf(limits[item])}, and a request must be at most that`,
        fix: "raise the limit or lower the request",
      },
    ];
  });
}

function known(given: Value | undefined, read: (given: string | number) => number | undefined): number | undefined {
  return typeof given === "string" || typeof given === "number" ? read(given) : undefined;
}
