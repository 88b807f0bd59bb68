import type { PartKey, Resource, ResourceGraph } from "../../model";
import { GROUP } from "./auto-scaling-group.read";
import { carriedBy } from "./carried.read";
import { keyOf } from "./identity.read";
import { instanceSets } from "./instance-sets.read";

const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";
const SERVICE = "aws:ecs/service:Service";
const ATTACHMENT = "aws:autoscaling/attachment:Attachment";
const SOURCE_ATTACHMENT = "aws:autoscaling/trafficSourceAttachment:TrafficSourceAttachment";

/** Inputs of an auto-scaling group that put its machines into a target group. */
const JOINS = ["targetGroupArns", "trafficSources"];
/** Resources that put a group into a target group, and their two ends. */
const ATTACHMENTS = [
  { type: ATTACHMENT, to: "lbTargetGroupArn" },
  { type: SOURCE_ATTACHMENT, to: "trafficSource" },
];

/** Someone who puts replicas into a target group. */
export interface TargetOwner {
  readonly part: PartKey;
  readonly resource: Resource;
}

/** Services, auto-scaling groups and sets of instances whose replicas are in a target group, each once. */
export function ownersOf(graph: ResourceGraph, targetGroup: Resource): readonly TargetOwner[] {
  const owners = new Set([
    ...graph.referrers(targetGroup, "loadBalancers", SERVICE),
    ...JOINS.flatMap((property) => graph.referrers(targetGroup, property, GROUP)),
    ...ATTACHMENTS.flatMap(({ type, to }) => graph.referrers(targetGroup, to, type)).flatMap((attachment) =>
      graph.referenced(attachment, "autoscalingGroupName", GROUP),
    ),
  ]);
  const sets = instanceSets(graph).filter(({ targetGroups }) => targetGroups.includes(targetGroup));
  return [
    ...[...owners].map((resource) => ({ part: partOf(graph, resource), resource })),
    ...sets.map(({ main, instances: [first = main] }) => ({
      part: keyOf("replica-group", graph, main),
      resource: first,
    })),
  ];
}

function partOf(graph: ResourceGraph, owner: Resource): PartKey {
  return owner.type === GROUP ? partOfGroup(graph, owner) : keyOf("replica-group", graph, owner);
}

/** The Part that an auto-scaling group is: replicas themselves, or machines that carry others. */
export function partOfGroup(graph: ResourceGraph, group: Resource): PartKey {
  return keyOf(carriedBy(graph, group) === null ? "replica-group" : "node-pool", graph, group);
}

export interface JoinedRead {
  readonly groups: readonly Resource[];
  /** Resources that only join one with the other. */
  readonly attachments: readonly Resource[];
}

/** Target groups of this program that an auto-scaling group's machines are in. */
export function joinedBy(graph: ResourceGraph, group: Resource): JoinedRead {
  const attachments = ATTACHMENTS.flatMap(({ type }) => graph.referrers(group, "autoscalingGroupName", type));
  return {
    groups: [
      ...new Set([
        ...JOINS.flatMap((property) => graph.referenced(group, property, TARGET_GROUP)),
        ...attachments.flatMap((attachment) =>
          ATTACHMENTS.flatMap(({ to }) => graph.referenced(attachment, to, TARGET_GROUP)),
        ),
      ]),
    ],
    attachments,
  };
}
