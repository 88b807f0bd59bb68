import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";
import { transformed, type Transform } from "../transform";
import { objectLabels, selectorLabels } from "./labels";

export interface ServiceMonitorArgs {
  readonly workload: string;
  readonly stack: string;
  readonly namespace: string;
  /** What Prometheus selects its monitors by. */
  readonly labels: Readonly<Record<string, string>>;
  /** Name of the Service's port. */
  readonly port: string;
  readonly path: string;
  readonly transform?: Transform<ServiceMonitorSpec>;
}

export interface ServiceMonitorSpec {
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly endpoints: readonly { readonly port: string; readonly path: string; readonly interval: string }[];
}

/** Where the operator's Prometheus finds the pods of a workload: its series have the namespace and, as `job`, the Service's name. */
export function serviceMonitor(
  child: string,
  args: ServiceMonitorArgs,
  opts: pulumi.CustomResourceOptions,
): CustomResource {
  const { workload, stack, namespace, port, path } = args;
  const spec: ServiceMonitorSpec = {
    selector: { matchLabels: { ...selectorLabels(workload) } },
    endpoints: [{ port, path, interval: "30s" }],
  };
  return new CustomResource(
    child,
    {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ServiceMonitor",
      metadata: { name: workload, namespace, labels: { ...objectLabels(stack, workload), ...args.labels } },
      spec: transformed(spec, args.transform),
    },
    opts,
  );
}
