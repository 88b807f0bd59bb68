import { scalingCeiling, type Part } from "../../model";
import { cachePods } from "./cache-pods";

/** What the pods of a namespace may ask for together. */
export interface NamespaceQuota {
  readonly pods: number;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/** Pods of one shape, as many as there may be at once. */
interface Asked {
  readonly count: number;
  readonly cpuMillis: number;
  readonly memoryMiB: number;
}

/** What the job that takes snapshots asks for; one runs at a time. components/kubernetes builds it so. */
export const snapshotPod = { cpuMillis: 50, memoryMiB: 64 } as const;

/**
 * What Istio runs in a Gateway's own namespace: one pod with its proxy's usual requests (Istio, global.proxy.resources and Kubernetes Gateway
 * API, automated deployment; read 2026-11-21), one more while it rolls, and the one that ends.
 */
const istioDoor = { cpuMillis: 100, memoryMiB: 128, count: 3 } as const;

/**
 * Room for every pod of a plan in one cluster at once: at the scalers' ceilings, with each rollout's surge, and with the batch before it,
 * which counts until it has ended (Kubernetes: terminating pods are none of a Deployment's count, and are of a quota's).
 * @param roomShare of what is asked, for pods that others put there; 0 or more
 */
export function namespaceQuota(parts: readonly Part[], roomShare: number): NamespaceQuota {
  const asked = parts.flatMap(podsOf);
  const total = (of: (each: Asked) => number): number =>
    Math.ceil(asked.reduce((sum, each) => sum + each.count * of(each), 0) * (1 + roomShare) - 1e-9);
  return {
    pods: total(() => 1),
    cpuMillis: total(({ cpuMillis }) => cpuMillis),
    memoryMiB: total(({ memoryMiB }) => memoryMiB),
  };
}

function podsOf(part: Part): readonly Asked[] {
  if (part.kind === "replica-group") {
    const { scaling, rollout, size } = part;
    return [{ ...size, count: scalingCeiling(scaling) + 2 * rollout.surge }];
  }
  if (part.kind === "store") {
    const { scaling, size, snapshots } = part;
    const members = { ...size, count: scalingCeiling(scaling) };
    return snapshots === null ? [members] : [members, { ...snapshotPod, count: 1 }];
  }
  if (part.kind === "redis-cache") {
    const { topology, node } = part;
    const { member, sentinel, proxy } = cachePods;
    const members = { cpuMillis: member.cpuMillis, memoryMiB: node.memoryMiB };
    if (topology.kind !== "replicated") return [{ ...members, count: 1 }];
    return [
      { ...members, count: 1 + topology.replicas },
      sentinel,
      // One more while they roll, and the one that ends.
      { ...proxy, count: proxy.count + 2 },
    ];
  }
  if (part.kind === "load-balancer") {
    const { runtime } = part;
    return runtime.kind === "gateway-api" && runtime.implementation === "istio" ? [istioDoor] : [];
  }
  return [];
}
