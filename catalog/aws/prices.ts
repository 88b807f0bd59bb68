import type { Source } from "../../model";
import { edits } from "../../model/nearest";
import { cacheNodeCells, cachePrices } from "./prices-cache";
import { computePrices } from "./prices-compute";
import { databaseCells, databasePrices } from "./prices-database";
import { dataNodeCells, dataPrices } from "./prices-data";
import { diskPrices } from "./prices-disk";
import { machineCells } from "./prices-machine";
import { networkPrices } from "./prices-network";
import { operationsPrices } from "./prices-operations";
import { type PriceCell, type PriceItem, type PriceRow, priceUnits } from "./price-row";
import { priceSources } from "./price-sources";

/** A user's own rate or discount, laid over the catalog. */
export interface PriceOverride {
  /** A PriceItem. */
  readonly item: string;
  /** @default - every region */
  readonly region?: string;
  /** USD a unit, 0 or more. */
  readonly usd: number;
  /** Where it comes from, for example "enterprise discount 2026". */
  readonly note: string;
  /** YYYY-MM-DD or YYYY-MM. @default - undated, and never called old */
  readonly date?: string;
}

/** What is wrong with one override. */
export interface PriceOverrideMistake {
  readonly index: number;
  readonly key: "item" | "region" | "usd";
  readonly given: unknown;
  readonly allowed: string;
  readonly fix: string;
}

/** What AWS does not bill; month's amounts, all regions together. */
export const freeAllowances = {
  internetOutGbPerMonth: { value: 100, source: priceSources["togen-fixture"] },
} as const;

export { cacheNodeItem } from "./prices-cache";
export { databaseItem } from "./prices-database";

type Table = ReadonlyMap<string, readonly PriceRow[]>;
let table: Table | undefined;

const slot = (item: string, region: string) => `${item} ${region}`;

function rowsByItemAndRegion(): Table {
  if (table !== undefined) return table;
  const rows = new Map<string, PriceRow[]>();
  const add = (item: PriceItem, unit: string, [region, usd, source, grade, upTo]: PriceCell) => {
    const row: PriceRow = {
      item,
      region,
      unit,
      usd,
      source,
      grade,
      date: priceSources[source].date,
      ...(upTo === undefined ? {} : { upTo }),
    };
    const tiers = rows.get(slot(item, region));
    if (tiers === undefined) rows.set(slot(item, region), [Object.freeze(row)]);
    else tiers.push(Object.freeze(row));
  };
  for (const family of [
    computePrices,
    diskPrices,
    networkPrices,
    operationsPrices,
    cachePrices,
    databasePrices,
    dataPrices,
  ]) {
    for (const [item, cells] of Object.entries<readonly PriceCell[]>(family)) {
      for (const cell of cells) add(item as keyof typeof priceUnits, priceUnits[item as keyof typeof priceUnits], cell);
    }
  }
  for (const [item, ...cell] of [...cacheNodeCells(), ...machineCells(), ...databaseCells(), ...dataNodeCells()]) {
    add(item, instanceUnit(item), cell);
  }
  table = rows;
  return rows;
}

/** Every row that is known, tiers ascending within an item and region. */
export function priceRows(): readonly PriceRow[] {
  return [...rowsByItemAndRegion().values()].flat();
}

/** node-hour of a `cache-node-hour:...`, machine-hour of a `machine-hour:...`. */
function instanceUnit(item: string): string {
  return item.slice(0, item.indexOf(":")).replace(/^(cache|search)-/, "");
}

/**
 * The tiers of an item in a region, cheapest quantity first; one row where there are no tiers; empty where the price is not
 * known. An override replaces all tiers. An item with one price everywhere is found from every region.
 */
export function priceTiers(
  item: PriceItem,
  region: string,
  overrides: readonly PriceOverride[] = [],
): readonly PriceRow[] {
  const own =
    overrides.find((override) => override.item === item && override.region === region) ??
    overrides.find((override) => override.item === item && override.region === undefined);
  if (own !== undefined) {
    const unit = item in priceUnits ? priceUnits[item as keyof typeof priceUnits] : instanceUnit(item);
    return [
      { item, region, unit, usd: own.usd, source: "own", grade: "own", date: own.date ?? "undated", note: own.note },
    ];
  }
  const rows = rowsByItemAndRegion();
  return rows.get(slot(item, region)) ?? rows.get(slot(item, "global")) ?? [];
}

/** The price of the first unit of an item in a region; null: not known, so it must be shown as unpriced. */
export function price(item: PriceItem, region: string, overrides: readonly PriceOverride[] = []): PriceRow | null {
  return priceTiers(item, region, overrides)[0] ?? null;
}

/** Where a row was read; an own price says so, with its note. */
export function sourceOfPrice(row: PriceRow): Source {
  if (row.source === "own") return { title: `your own price: ${row.note ?? ""}`, date: row.date };
  return { ...priceSources[row.source], date: row.date };
}

/** Regions that a plan can be priced in: those with Fargate, ALB, NAT and cache rows; sorted. */
export function regionsWithPrices(): readonly string[] {
  const needed = [
    "fargate-x86-vcpu-hour",
    "fargate-x86-gb-hour",
    "alb-hour",
    "nat-hour",
    "cache-node-hour:valkey:cache.r7g.large",
  ] as const;
  const regions = new Set(priceRows().map((row) => row.region));
  return [...regions]
    .filter((region) => region !== "global" && needed.every((item) => rowsByItemAndRegion().has(slot(item, region))))
    .sort();
}

/** Is it an item that the catalog has a row for, in any region? */
export function isPriceItem(item: string): item is PriceItem {
  return priceItems().includes(item);
}

/** Names of everything that has a price somewhere, sorted. */
export function priceItems(): readonly string[] {
  return [...new Set(priceRows().map((row) => row.item as string))].sort();
}

/** All mistakes in overrides: an unknown item (with the nearest names), a region without prices, a price that is none. */
export function checkPriceOverrides(overrides: readonly PriceOverride[]): readonly PriceOverrideMistake[] {
  const items = priceItems();
  const regions = [...new Set(priceRows().map((row) => row.region))].sort();
  return overrides.flatMap((override, index): PriceOverrideMistake[] => {
    const mistakes: PriceOverrideMistake[] = [];
    if (!items.includes(override.item)) {
      const near = nearest(override.item, items);
      mistakes.push({
        index,
        key: "item",
        given: override.item,
        allowed: "an item of the catalog's prices",
        fix: `did you mean ${near.join(", ")}?`,
      });
    }
    if (override.region !== undefined && !regions.includes(override.region)) {
      mistakes.push({
        index,
        key: "region",
        given: override.region,
        allowed: `one of ${regions.join(", ")}`,
        fix: `did you mean ${nearest(override.region, regions).slice(0, 1).join("")}? Or leave it out for every region`,
      });
    }
    if (!(Number.isFinite(override.usd) && override.usd >= 0)) {
      mistakes.push({
        index,
        key: "usd",
        given: override.usd,
        allowed: "0 or more, in USD a unit",
        fix: "write the price of one unit",
      });
    }
    return mistakes;
  });
}

/** The three names with the fewest edits to the given one, nearest first. */
function nearest(given: string, names: readonly string[]): readonly string[] {
  return names
    .map((name) => [edits(given, name), name] as const)
    .sort(([a, nameA], [b, nameB]) => a - b || (nameA < nameB ? -1 : 1))
    .slice(0, 3)
    .map(([, name]) => name);
}
