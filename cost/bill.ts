import { at } from "../model";
import type { Basis, Cost, CostBeside, CostLine, PartKey, Range, ReadPart, Unknown, WorkloadDemand } from "../model";
import { priceTiers, sourceOfPrice } from "../catalog/aws/prices";
import type { HourPrice } from "../catalog/kubernetes";
import type { PriceItem, PriceRow } from "../catalog/aws/price-row";

/** AWS counts a month as 730 hours. */
export const HOURS_PER_MONTH = 730;
export const SECONDS_PER_MONTH = HOURS_PER_MONTH * 3600;
/** What AWS bills as a GB of traffic or storage (1 TB = 1,024 GB in its tiers). */
export const BYTES_PER_GB = 1024 ** 3;

/** What is billed while it stands and what is billed by use alike: the same at the floor and at the ceiling. */
export function steady(quantity: number): Range {
  return { min: quantity, expected: quantity, max: quantity };
}

export function scaled(range: Range, factor: number): Range {
  return { min: range.min * factor, expected: range.expected * factor, max: range.max * factor };
}

/** 365.25 days in 12 months, in weeks. */
const WEEKS_PER_MONTH = 365.25 / 12 / 7;

/** Replicas that deploys start a month; those that the scaler adds, and those that fail, are not counted. */
export function startedPerMonth(replicas: Range, basis: Basis): number {
  return replicas.expected * basis.failures.deploys.perWeek * WEEKS_PER_MONTH;
}

/** Why something has no price, in a reader's words. */
const unknownBecause: Readonly<Record<string, string>> = {
  "after-deploy": "known only after the deploy",
  "no-default-known": "not set, and no default is known",
  "ambiguous-reference": "refers to more than one thing",
  secret: "a secret",
  elsewhere: "outside this program",
  unreadable: "cannot be understood",
};

/** All that a line item may look at beside its own Part; indexed once. */
export interface Context {
  readonly basis: Basis | null;
  /** What nines itself builds. */
  readonly planned: ReadonlySet<PartKey>;
  readonly parts: ReadonlyMap<PartKey, ReadPart>;
  readonly demand: ReadonlyMap<PartKey, WorkloadDemand>;
  /** Nodes are counted that carry pods. */
  readonly nodesCounted: boolean;
}

/** A unit price, up to a quantity. */
interface Tier extends HourPrice {
  readonly unit: string;
  readonly upTo?: number;
}

/** Collects the lines of one stack. */
export class Bill {
  readonly #lines: CostLine[] = [];
  readonly #unpriced: { part: PartKey; item: string; why: string }[] = [];
  readonly #beside: CostBeside[] = [];
  readonly #total = { min: 0, expected: 0, max: 0 };

  constructor(private readonly overrides: Basis["prices"]) {}

  /** Quantity a month of an item; one line for each tier that it reaches. */
  add(part: PartKey, region: string, item: PriceItem, quantity: Range, usage = false): void {
    const rows = priceTiers(item, region, this.overrides);
    if (rows.length === 0) return this.unpriced(part, item, `no price known in ${region}`);
    const tiers = rows.map((row) => ({ ...row, source: sourceOfPrice(row) }));
    this.addTiers(part, item, tiers, quantity, usage);
  }

  /** As add, at prices that were found elsewhere than among the items; at least one. */
  addTiers(part: PartKey, item: string, tiers: readonly Tier[], quantity: Range, usage = false): void {
    let from = 0;
    for (const [index, row] of tiers.entries()) {
      // Past the last tier that is known its price goes on.
      const upTo = index === tiers.length - 1 ? Number.POSITIVE_INFINITY : (row.upTo ?? Number.POSITIVE_INFINITY);
      const within = (amount: number): number => Math.max(0, Math.min(amount, upTo) - from);
      const share: Range = {
        min: within(quantity.min),
        expected: within(quantity.expected),
        max: within(quantity.max),
      };
      if (index > 0 && share.max === 0) break;
      const { unit, usd, grade, source } = row;
      this.#entry({ part, item, quantity: share, unit, unitUsd: usd, usage, grade, source });
      from = upTo;
    }
  }

  #line(part: PartKey, item: PriceItem, row: PriceRow, quantity: Range, usage: boolean): void {
    this.#entry({
      part,
      item,
      quantity,
      unit: row.unit,
      unitUsd: row.usd,
      usage,
      grade: row.grade,
      source: sourceOfPrice(row),
    });
  }

  #entry(line: Omit<CostLine, "perMonthUsd">): void {
    const { part, item, quantity, unit, unitUsd, usage, grade, source } = line;
    const perMonthUsd = scaled(quantity, unitUsd);
    // Above it dollars are no longer counted one by one; a slip of the finger, and no sum has it.
    if (!(perMonthUsd.max <= Number.MAX_SAFE_INTEGER)) return this.unpriced(part, item, "more than can be counted");
    this.#lines.push({ part, item, quantity, unit, unitUsd, perMonthUsd, usage, grade, source });
    this.#total.min += perMonthUsd.min;
    this.#total.expected += perMonthUsd.expected;
    this.#total.max += perMonthUsd.max;
  }

  /** Quantity a month at a price that was found elsewhere than among the items. */
  addPriced(part: PartKey, item: string, unit: string, quantity: Range, { usd, grade, source }: HourPrice): void {
    this.#entry({ part, item, quantity, unit, unitUsd: usd, usage: false, grade, source });
  }

  /** As add, of what stays below a dollar a month: where no price is known nothing is said, and the total is not partial for it. */
  addSmall(part: PartKey, region: string, item: PriceItem, quantity: Range): void {
    if (priceTiers(item, region, this.overrides).length > 0) this.add(part, region, item, quantity, true);
  }

  /** As add, of `each` in one thing of which there are `number`: tiers begin anew in each. */
  addEach(part: PartKey, region: string, item: PriceItem, each: number, number: Range): void {
    const tiers = priceTiers(item, region, this.overrides);
    if (tiers.length === 0) return this.unpriced(part, item, `no price known in ${region}`);
    const top = tiers.findIndex(({ upTo }) => upTo === undefined || each <= upTo);
    let from = 0;
    for (const row of tiers.slice(0, top < 0 ? tiers.length : top + 1)) {
      const within = Math.min(each, row.upTo ?? each) - from;
      this.#line(part, item, row, scaled(number, within), false);
      from += within;
    }
  }

  /** Names what is not in the total. */
  unpriced(part: PartKey, item: string, why: string): void {
    this.#unpriced.push({ part, item, why });
  }

  /** Names what is paid for beside what is billed here: no total has it, and none is partial for it. */
  beside(each: CostBeside): void {
    this.#beside.push(each);
  }

  /** A value that lines need; undefined where it is not known, and then `item` is unpriced. */
  value<T>(part: ReadPart, item: string, ...path: readonly string[]): T | undefined {
    const leaf = at(part, ...path);
    if (leaf.known) return leaf.value as T;
    this.unpriced(part.key, item, `${path.join(".")}: ${unknownBecause[leaf.why] ?? leaf.why}`);
    return undefined;
  }

  /** Names what is not in the total for an unknown that was found. */
  unpricedFor(part: PartKey, item: string, { property, why }: Unknown): void {
    this.unpriced(part, item, `${property}: ${unknownBecause[why] ?? why}`);
  }

  cost(): Cost {
    return {
      perMonthUsd: { ...this.#total },
      partial: this.#unpriced.length > 0,
      lines: this.#lines,
      unpriced: this.#unpriced,
      ...(this.#beside.length === 0 ? {} : { beside: this.#beside }),
    };
  }
}

/** Least, expected and most replicas that run: expected is what the mean needs, never below the floor nor above the ceiling; without a demand it is the floor. */
export function replicasOf(part: ReadPart, demand: WorkloadDemand | undefined): Range | string {
  const kind = at(part, "scaling", "kind");
  if (!kind.known) return "scaling";
  const floor = at(part, "scaling", kind.value === "fixed" ? "count" : "min");
  const ceiling = at(part, "scaling", kind.value === "fixed" ? "count" : "max");
  if (!floor.known || typeof floor.value !== "number") return "scaling.min";
  if (!ceiling.known || typeof ceiling.value !== "number") return "scaling.max";
  const max = Math.max(floor.value, ceiling.value);
  return { min: floor.value, expected: Math.min(max, Math.max(floor.value, demand?.replicasAtMean ?? 0)), max };
}

/** Zones that a Part's members are in; undefined where zones are not known or not its own business. */
export function zonesOf(part: ReadPart): readonly string[] | undefined {
  const kind = at(part, "placement", "kind");
  if (!kind.known || kind.value !== "zonal") return undefined;
  const zones = at(part, "placement", "zones");
  if (!zones.known || !Array.isArray(zones.value) || !zones.value.every((zone) => typeof zone === "string"))
    return undefined;
  return zones.value;
}
