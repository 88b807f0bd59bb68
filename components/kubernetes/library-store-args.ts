import type { StoreFacts } from "../../model";
import type { ClusterArgs, ServiceArgs, ServiceTransform } from "./service-args";
import type { StoreTransform as MembersTransform } from "./store-args";

/** A last word on single children, typed. */
export interface StoreTransform extends Pick<ServiceTransform, "namespace" | "alerts"> {
  readonly store?: MembersTransform;
}

type Shared =
  | "image"
  | "availability"
  | "survive"
  | "tier"
  | "environment"
  | "reaches"
  | "serviceAccount"
  | "replicas"
  | "protect"
  | "deploys"
  | "budget"
  | "utilisationCeiling"
  | "headroom"
  | "registries"
  | "waivers"
  | "adopt";

/** What a store must hold and carry; nines works out how many members, where, and on how many nodes. */
export interface StoreArgs extends Omit<StoreFacts, "environment">, ClusterArgs, Pick<ServiceArgs, Shared> {
  /** Reads and writes together: `writeShare` of them go to the leader. */
  readonly load: ServiceArgs["load"];
  /** Workloads of its namespace that may reach it, by their label app.kubernetes.io/name. @default - whoever reaches the pods */
  readonly callers?: readonly string[];
  readonly transform?: StoreTransform;
}

/** Where callers of each port go, host:port, from any namespace. Literal. */
export interface StoreAddresses {
  /** Of any member that is ready. */
  readonly rest: string;
  readonly grpc?: string;
  readonly metrics?: string;
  /** rest of member 0, where `leader` asks for it. */
  readonly leader?: string;
}
