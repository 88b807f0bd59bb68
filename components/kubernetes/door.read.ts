import type { Resource, ReadPart, LoadBalancer, Leaf, Read } from "../../model";

/** What is read of one door, before it is known what it is called. */
export interface DoorRead {
  readonly from: Resource;
  readonly part: Omit<ReadPart<LoadBalancer>, "kind" | "key" | "workload" | "region">;
  readonly regions: readonly Leaf<string>[];
  /** For each of its targets the door that it is. @default - all are pods */
  readonly leadsTo?: readonly (Resource | undefined)[];
  readonly resources: readonly Resource[];
  readonly conflicts: (key: ReadPart["key"]) => Read["conflicts"];
}
