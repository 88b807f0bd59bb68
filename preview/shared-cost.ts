import type { Report } from "../model";
import { usd } from "./figures";
import { hanging } from "./layout";
import { planOf } from "./report";

/** What a stack costs that others of the same preview refer to, and what of it falls to each. */
export interface SharedCost {
  readonly stack: string;
  readonly perMonthUsd: number;
  /** requests: by mean requests; evenly: somebody's are not known. */
  readonly by: "requests" | "evenly";
  readonly shares: readonly { readonly stack: string; readonly perMonthUsd: number }[];
}

/** Each shared stack once; its cost is in its own row alone, and its shares add up to it. */
export function sharedCosts(reports: readonly Report[]): readonly SharedCost[] {
  return reports.flatMap((shared): readonly SharedCost[] => {
    const users = reports.filter((report) => report !== shared && refersTo(report, shared.stack));
    if (users.length === 0) return [];
    const requests = users.map(meanRequests);
    const total = requests.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    const known = total > 0 && requests.every((each) => each !== undefined);
    const { expected } = shared.cost.perMonthUsd;
    const shares = users.map(({ stack }, index) => ({
      stack,
      perMonthUsd: expected * (known ? (requests[index] ?? 0) / total : 1 / users.length),
    }));
    return [{ stack: shared.stack, perMonthUsd: expected, by: known ? "requests" : "evenly", shares }];
  });
}

/** A reference is `stack`, `project/stack` or `organization/project/stack`. */
function refersTo({ references = [] }: Report, stack: string): boolean {
  return references.some((reference) => reference.split("/").at(-1) === stack);
}

function meanRequests(report: Report): number | undefined {
  const entries = planOf(report)?.demand.filter((demand) => demand.entry);
  return entries?.reduce((sum, { requestsPerSecond }) => sum + requestsPerSecond.mean, 0);
}

/** One line a shared stack. */
export function sharedLines(reports: readonly Report[]): readonly string[] {
  return sharedCosts(reports).flatMap(({ stack, perMonthUsd, by, shares }) => {
    const each = shares.map((share) => `${share.stack} ${usd(share.perMonthUsd)}`).join(", ");
    const how = by === "requests" ? "by mean requests" : "evenly, since not all requests are known";
    return hanging("shared", `${stack}, ${usd(perMonthUsd)} USD/month in the total once; shares ${how}: ${each}`, 10);
  });
}
