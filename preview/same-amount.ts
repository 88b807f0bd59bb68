import { sameAmount } from "../catalog/kubernetes/quantity";
import type { PropertyChange } from "../model";

/** Where objects of Kubernetes hold amounts. */
const AMOUNTS = /\.(requests|limits|hard|capacity|podFixed|default|defaultRequest|sizeLimit|averageValue)\b/;

/** An amount of Kubernetes that is only written otherwise: a refresh brings back `1` where `1000m` was asked, and the engine sees no change in it. */
export function isSameAmount(type: string, { path, from, to }: PropertyChange): boolean {
  return type.startsWith("kubernetes:") && AMOUNTS.test(path) && written(from) && written(to) && sameAmount(from, to);
}

function written(value: unknown): value is string | number {
  return typeof value === "string" || typeof value === "number";
}
