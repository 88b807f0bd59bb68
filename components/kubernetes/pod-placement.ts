import type { types } from "@pulumi/kubernetes";
import type { ReplicaGroup } from "../../model";

export const ZONE = "topology.kubernetes.io/zone";
export const REGION = "topology.kubernetes.io/region";
export const HOST = "kubernetes.io/hostname";

type PodSpec = types.input.core.v1.PodSpec;

/** Where pods may run, and how they keep apart. */
export interface PodSpread {
  readonly region: string;
  readonly placement: ReplicaGroup["placement"];
  readonly hosts: "hard" | "preferred" | "any";
  readonly selector: Readonly<Record<string, string>>;
  /** Pods of an old revision do not count; only a Deployment labels its pods by revision. */
  readonly byRevision: boolean;
}

/**
 * Affinity and spread of pods. Zones are named, so that a zone that the cluster has and the plan does not takes none. A node that takes no
 * pod (a zone that is gone) is no domain: nodeTaintsPolicy Honor; minDomains is left out, since it would hold back what survives.
 */
export function podPlacement(spread: PodSpread): Pick<PodSpec, "affinity" | "topologySpreadConstraints"> {
  const { placement, hosts, selector, region } = spread;
  if (placement.kind !== "zonal") throw new RangeError(`placement: pods are zonal, got ${placement.kind}`);
  const apart = { labelSelector: { matchLabels: { ...selector } }, topologyKey: HOST };
  const constraint = (topologyKey: string, hard: boolean) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: hard ? "DoNotSchedule" : "ScheduleAnyway",
    labelSelector: { matchLabels: { ...selector } },
    nodeTaintsPolicy: "Honor",
    ...(spread.byRevision ? { matchLabelKeys: ["pod-template-hash"] } : {}),
  });
  return {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                { key: REGION, operator: "In", values: [region] },
                { key: ZONE, operator: "In", values: [...placement.zones] },
              ],
            },
          ],
        },
      },
      ...(hosts === "any"
        ? {}
        : {
            podAntiAffinity:
              hosts === "hard"
                ? { requiredDuringSchedulingIgnoredDuringExecution: [apart] }
                : {
                    preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 100, podAffinityTerm: apart }],
                  },
          }),
    },
    topologySpreadConstraints: [
      constraint(ZONE, placement.spread === "hard"),
      ...(hosts === "any" ? [] : [constraint(HOST, false)]),
    ],
  };
}
