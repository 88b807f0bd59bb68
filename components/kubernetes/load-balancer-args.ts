import type { types } from "@pulumi/kubernetes";
import type { CustomResourceArgs } from "@pulumi/kubernetes/apiextensions";
import type { ServiceArgs } from "@pulumi/kubernetes/core/v1";
import type { IngressArgs } from "@pulumi/kubernetes/networking/v1";
import type * as pulumi from "@pulumi/pulumi";
import type { DoorCertificate, LoadBalancer as LoadBalancerPart, NodeChoice } from "../../model";
import type { Transform } from "../transform";
import type { EdgePlace } from "./door-annotations";

export interface LoadBalancerArgs {
  readonly part: LoadBalancerPart;
  /** Whose objects they are, literal: `embedding-prod`. */
  readonly stack: string;
  readonly namespace: pulumi.Input<string>;
  /** GatewayClass or IngressClass. */
  readonly className: string;
  /** Whose balancer stands before the door: each cloud has its own words for one that the internet cannot reach. @default other */
  readonly platform?: NodeChoice["platform"];
  /** Of the Part's domain. @default - there is no domain */
  readonly certificate?: DoorCertificate | null;
  /** Of a name that external-dns leads to the doors of several regions. @default - it leads nobody */
  readonly edge?: EdgePlace | null;
  /** Service that leads to the pods, by its name in the namespace. @default - the Part's workload */
  readonly service?: string;
  readonly transform?: LoadBalancerTransform;
}

export interface LoadBalancerTransform {
  readonly gateway?: Transform<CustomResourceArgs>;
  readonly route?: Transform<CustomResourceArgs>;
  readonly backendTrafficPolicy?: Transform<CustomResourceArgs>;
  /** Own pods, and doors of other regions. */
  readonly backend?: Transform<CustomResourceArgs>;
  readonly backendTlsPolicy?: Transform<CustomResourceArgs>;
  readonly routeFilter?: Transform<CustomResourceArgs>;
  readonly podsService?: Transform<ServiceArgs>;
  readonly clientTrafficPolicy?: Transform<CustomResourceArgs>;
  readonly destinationRule?: Transform<CustomResourceArgs>;
  readonly telemetry?: Transform<CustomResourceArgs>;
  readonly ingress?: Transform<IngressArgs>;
}

/** What each object of a door is made with. */
export interface DoorFacts extends LoadBalancerArgs {
  readonly transform: LoadBalancerTransform;
  readonly service: string;
  readonly platform: NodeChoice["platform"];
  readonly certificate: DoorCertificate | null;
  readonly edge: EdgePlace | null;
  /** Logical name: of the door's own object, and what others begin with. */
  readonly child: string;
  readonly metadata: (name: string, annotations?: Readonly<Record<string, string>>) => types.input.meta.v1.ObjectMeta;
  readonly opts: pulumi.CustomResourceOptions;
}
