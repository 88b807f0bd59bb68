import type { Request, RequestedCluster } from "../../model";

/** The cluster that a request is planned in. */
export function clusterOfRequest({ kubernetes, region }: Request): RequestedCluster {
  if (kubernetes === null) throw new RangeError(`region ${region}: no cluster of Kubernetes is named`);
  return kubernetes;
}
