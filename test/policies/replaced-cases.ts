// Each failing, and passing: what a change replaces. That the rules say what is shown is held in test/preview/replaced.test.ts.
import type { ResourceChange } from "../../model";
import type { Subject } from "../../policies";
import { cost, groupKey, of, resource } from "./fixture";

function changing(type: string, change: Pick<ResourceChange, "op" | "properties" | "loss">): Subject {
  const built = resource(`kubernetes:${type}`, { metadata: { name: "db", namespace: "shop" } });
  return of([], {
    resources: [built],
    claims: [{ urn: built.urn, part: groupKey, carries: "fields" }],
    baseline: { parts: [], cost: cost(1), changes: [{ urn: built.urn, type: built.type, ...change }] },
  });
}
const changed = (path: string, from: unknown, to: unknown, forces: boolean) => [
  { path, from, to, ...(forces ? { forces: true as const } : {}) },
];
const loss = { what: "an outage", grave: true };

export const replacedCases: readonly (readonly [string, Subject, Subject])[] = [
  [
    "store-not-replaced",
    changing("apps/v1:StatefulSet", {
      op: "replace",
      properties: changed("spec.revisionHistoryLimit", 5, 6, true),
      loss,
    }),
    changing("apps/v1:StatefulSet", { op: "update", properties: changed("spec.replicas", 3, 4, false) }),
  ],
  [
    "object-not-replaced",
    changing("core/v1:Service", {
      op: "replace",
      properties: changed("spec.clusterIP", "10.0.0.1", "10.0.0.2", true),
      loss,
    }),
    changing("core/v1:Service", { op: "update", properties: changed("spec.type", "ClusterIP", "LoadBalancer", false) }),
  ],
];
