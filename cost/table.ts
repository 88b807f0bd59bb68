import type { Range, ReadPart, Table } from "../model";
import { at, listAt } from "../model";
import { Bill, HOURS_PER_MONTH } from "./bill";

/**
 * Provisioned capacity of a table and its indexes, in its own region and in each that holds a copy: from the scaler's floor to
 * its ceiling, the floor expected because nobody says how busy it is. Everything else is billed by use.
 */
export function billTable(bill: Bill, part: ReadPart<Table>): void {
  const region = bill.value<string>(part, "table", "region");
  const kind = bill.value<string>(part, "table", "capacity", "kind");
  if (region !== undefined && kind === "provisioned") {
    const copies = bill.value<readonly unknown[]>(part, "table copies", "replicaRegions");
    for (const where of [region, ...(copies ?? [])]) {
      if (typeof where === "string") billCapacity(bill, part, where);
      else bill.unpriced(part.key, "table copies", "replicaRegions: one is not known");
    }
  }
  if (kind === "on-demand") {
    bill.unpriced(part.key, "dynamodb reads", "needs demand");
    bill.unpriced(part.key, "dynamodb writes", "needs demand");
  }
  bill.unpriced(part.key, "dynamodb storage", "needs demand");
}

function billCapacity(bill: Bill, part: ReadPart<Table>, region: string): void {
  for (const way of ["read", "write"] as const) {
    const item = `dynamodb-${way}-unit-hour` as const;
    const own = rangeAt(part, "capacity", way);
    const indexes = listAt(part, "indexes")?.map((index) => rangeAt(index, way));
    if (own === undefined || indexes === undefined || indexes.includes(undefined)) {
      bill.unpriced(part.key, item, "its units are not known");
      continue;
    }
    const total = [own, ...indexes].reduce<{ min: number; max: number }>(
      (sum, units) => ({ min: sum.min + (units?.min ?? 0), max: sum.max + (units?.max ?? 0) }),
      { min: 0, max: 0 },
    );
    const hours: Range = {
      min: total.min * HOURS_PER_MONTH,
      expected: total.min * HOURS_PER_MONTH,
      max: Math.max(total.min, total.max) * HOURS_PER_MONTH,
    };
    bill.add(part.key, region, item, hours);
  }
}

function rangeAt(
  reading: unknown,
  ...path: readonly string[]
): { readonly min: number; readonly max: number } | undefined {
  const [min, max] = [at(reading, ...path, "min"), at(reading, ...path, "max")];
  return min.known && max.known && typeof min.value === "number" && typeof max.value === "number"
    ? { min: min.value, max: max.value }
    : undefined;
}
