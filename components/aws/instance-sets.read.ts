import type { Resource, ResourceGraph } from "../../model";

export const INSTANCE = "aws:ec2/instance:Instance";
export const ATTACHED = "aws:lb/targetGroupAttachment:TargetGroupAttachment";
const TARGET_GROUP = "aws:lb/targetGroup:TargetGroup";

/** Instances that stand for each other: those that share a target group. */
export interface InstanceSet {
  /** Whose name the group bears: its first target group, else the instance. A second instance renames nothing. */
  readonly main: Resource;
  readonly instances: readonly Resource[];
  readonly targetGroups: readonly Resource[];
  readonly attachments: readonly Resource[];
}

const sets = new WeakMap<ResourceGraph, readonly InstanceSet[]>();

/** Every instance of the program in one set, each set once. */
export function instanceSets(graph: ResourceGraph): readonly InstanceSet[] {
  let found = sets.get(graph);
  if (found === undefined) {
    found = gather(graph);
    sets.set(graph, found);
  }
  return found;
}

function gather(graph: ResourceGraph): readonly InstanceSet[] {
  const seen = new Set<Resource>();
  return graph.ofType(INSTANCE).flatMap((instance): InstanceSet[] => {
    if (seen.has(instance)) return [];
    const instances = new Set([instance]);
    const groups = new Set<Resource>();
    const attachments = new Set<Resource>();
    // Whoever shares a target group with one of them is one of them.
    for (const member of instances) {
      for (const attachment of graph.referrers(member, "targetId", ATTACHED)) {
        attachments.add(attachment);
        for (const group of graph.referenced(attachment, "targetGroupArn", TARGET_GROUP)) {
          groups.add(group);
          for (const other of graph.referrers(group, "targetGroupArn", ATTACHED))
            for (const mate of graph.referenced(other, "targetId", INSTANCE)) instances.add(mate);
        }
      }
    }
    for (const member of instances) seen.add(member);
    const sorted = (resources: ReadonlySet<Resource>) => [...resources].sort((a, b) => (a.urn < b.urn ? -1 : 1));
    const targetGroups = sorted(groups);
    return [
      {
        main: targetGroups[0] ?? instance,
        instances: sorted(instances),
        targetGroups,
        attachments: sorted(attachments),
      },
    ];
  });
}
