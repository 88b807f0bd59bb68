import {
  LimitRange,
  Namespace as NamespaceObject,
  ResourceQuota,
  type LimitRangeArgs,
  type NamespaceArgs as ObjectArgs,
  type ResourceQuotaArgs,
} from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import type { NamespaceQuota } from "../../capacity";
import { transformed, type Transform } from "../transform";

export interface NamespaceArgs {
  /** Physical name. */
  readonly namespace: string;
  readonly stack: string;
  /** Of the names of what is in it. */
  readonly prefix: string;
  /** Deletion needs a second step. */
  readonly protect: boolean;
  /** What its pods may ask for together. @default - no quota */
  readonly quota?: NamespaceQuota;
  readonly transform?: {
    readonly namespace?: Transform<ObjectArgs>;
    readonly quota?: Transform<ResourceQuotaArgs>;
    readonly limitRange?: Transform<LimitRangeArgs>;
  };
}

/** Of a container that says no requests, as small helpers have it. */
const UNSAID = { cpu: "50m", memory: "64Mi" } as const;

/** Where the objects of a stack live: Pod Security refuses pods in it that are not restricted. */
export class Namespace extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: NamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:kubernetes:Namespace", name, {}, opts);
    const restricted = (mode: string) => ({ [`pod-security.kubernetes.io/${mode}`]: "restricted" });
    const namespace = new NamespaceObject(
      name,
      transformed<ObjectArgs>(
        {
          metadata: {
            name: args.namespace,
            labels: {
              "app.kubernetes.io/part-of": args.stack,
              "app.kubernetes.io/managed-by": "nines",
              ...restricted("enforce"),
              ...restricted("audit"),
              ...restricted("warn"),
            },
          },
        },
        args.transform?.namespace,
      ),
      { parent: this, protect: args.protect },
    );
    if (args.quota !== undefined) this.#quota(name, args, args.quota, namespace);
    this.name = namespace.metadata.name;
    this.registerOutputs({ name: this.name });
  }

  /** A quota, and what a container is taken to ask for that says nothing: without it the quota would refuse its pod. */
  #quota(child: string, args: NamespaceArgs, quota: NamespaceQuota, within: pulumi.Resource): void {
    const labels = { "app.kubernetes.io/part-of": args.stack, "app.kubernetes.io/managed-by": "nines" };
    const metadata = { name: `${args.prefix}planned`, namespace: args.namespace, labels };
    const opts = { parent: this, dependsOn: [within] };
    new LimitRange(
      child,
      transformed<LimitRangeArgs>(
        { metadata, spec: { limits: [{ type: "Container", defaultRequest: { ...UNSAID } }] } },
        args.transform?.limitRange,
      ),
      opts,
    );
    new ResourceQuota(
      child,
      transformed<ResourceQuotaArgs>(
        {
          metadata,
          spec: {
            hard: {
              pods: String(quota.pods),
              "requests.cpu": `${quota.cpuMillis}m`,
              "requests.memory": `${quota.memoryMiB}Mi`,
            },
          },
        },
        args.transform?.quota,
      ),
      opts,
    );
  }
}
