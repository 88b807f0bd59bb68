import { listAt, numberAt, regionIn, textAt, type PartKey, type ReadPart } from "../model";
import { handOn } from "../catalog/kubernetes/hand-on";

/**
 * The door before a group that hands requests on to another region, with its factor of overprovisioning.
 * @returns null where there is none, where nobody would see that replicas are ill, and where it is not known what its implementation does
 */
export function doorOf(parts: readonly ReadPart[], group: PartKey): { readonly overprovisioning: number } | null {
  for (const part of parts) {
    if (part.kind !== "load-balancer") continue;
    const targets = listAt(part, "targets") ?? [];
    const own = targets.find((target) => textAt(target, "part") === group);
    if (own === undefined) continue;
    const implementation = textAt(part, "runtime", "implementation");
    if (implementation !== "envoy-gateway" && implementation !== "istio") continue;
    const ejects = numberAt(part, "ejection", "failures") !== undefined;
    const elsewhere = targets.some((target) => {
      const to = textAt(target, "part");
      const later = (numberAt(target, "priority") ?? 1) > (numberAt(own, "priority") ?? 1);
      // Istio asks nobody by itself.
      const asked = implementation === "envoy-gateway" && numberAt(target, "probe", "intervalSeconds") !== undefined;
      return to !== undefined && later && regionIn(to) !== regionIn(group) && (asked || ejects);
    });
    if (elsewhere) return handOn[implementation];
  }
  return null;
}
