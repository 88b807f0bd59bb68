/** Kinds that no reader takes for Parts, and why; by group, whatever the version. What is not here is simply not known. */
const whys: readonly (readonly [kinds: RegExp, why: string])[] = [
  [
    /^helm\.toolkit\.fluxcd\.io:HelmRelease$/,
    "a chart that Flux renders in the cluster: read what helm template prints",
  ],
  [/^helm\.cattle\.io:HelmChart(Config)?$/, "a chart that the cluster renders: read what helm template prints"],
  [
    /^kustomize\.toolkit\.fluxcd\.io:Kustomization$/,
    "a folder that Flux builds in the cluster: read what kustomize build prints",
  ],
  [/^source\.toolkit\.fluxcd\.io:/, "where Flux finds what it renders"],
  [
    /^argoproj\.io:(Application|ApplicationSet)$/,
    "what Argo CD renders in the cluster: read the folder or chart that it names",
  ],
  [/^argoproj\.io:Rollout$/, "its pods are made by Argo Rollouts: rules and figures know those of a Deployment"],
  [/^autoscaling\.k8s\.io:VerticalPodAutoscaler$/, "changes requests as pods run, by what it measures"],
  [/^(batch|argoproj\.io):(Job|CronJob|Workflow|CronWorkflow)$/, "runs and ends: nobody waits for it"],
  [/^apps:DaemonSet$/, "a pod on each node: no replica; what it asks is taken from each node that --demand names"],
  [/^core:PersistentVolumeClaim$/, "a volume that pods mount by its name: none of its own is counted or priced"],
  [
    /^(apps:ReplicaSet|core:ReplicationController)$/,
    "its pods are made again, and nothing rolls them out: rules and figures know those of a Deployment, and nodes are counted without them",
  ],
  [
    /^(postgresql\.cnpg\.io:Cluster|kafka\.strimzi\.io:Kafka|databases\.spotahome\.com:RedisFailover|serving\.knative\.dev:Service)$/,
    "its pods are made by its operator, and no object here says what they ask: nodes are counted without them",
  ],
  [/^core:Pod$/, "a pod that nobody makes again: it stays up as long as its node"],
];

/** Why an object of a type (`kubernetes:group/version:Kind`) is in no figure; undefined: nobody knows what it is. */
export function whyUnread(type: string): string | undefined {
  const [tool, group = "", kind = ""] = type.split(":");
  if (tool !== "kubernetes") return undefined;
  const name = `${group.split("/")[0] ?? ""}:${kind}`;
  return whys.find(([kinds]) => kinds.test(name))?.[1];
}
