import {
  known,
  unknown,
  type Conflict,
  type Leaf,
  type PartKey,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { asFlag, asNumber, bothLeaves, leafWithDefault, listOf, valueAt } from "./leaf.read";

const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const COMPOSITE = "aws:cloudwatch/compositeAlarm:CompositeAlarm";

export interface RolloutRead {
  readonly rollout: ReadPart<ReplicaGroup>["rollout"];
  readonly conflicts: readonly Conflict[];
}

/** How a rollout goes, in replicas of the service's starting count: ECS rounds the maximum down and the minimum up. */
export function readRollout(graph: ResourceGraph, service: Resource, part: PartKey, count: Leaf<number>): RolloutRead {
  const maximum = leafWithDefault(service, ["deploymentMaximumPercent"], asNumber);
  const minimum = leafWithDefault(service, ["deploymentMinimumHealthyPercent"], asNumber);
  const breaks = leafWithDefault(service, ["deploymentCircuitBreaker", "enable"], asFlag);
  const undoes = leafWithDefault(service, ["deploymentCircuitBreaker", "rollback"], asFlag);
  const rollsBack = bothLeaves(breaks, undoes, (enabled, rollback) => enabled && rollback);
  return {
    rollout: {
      surge: bothLeaves(maximum, count, (percent, replicas) => Math.floor((replicas * percent) / 100) - replicas),
      unavailable: bothLeaves(minimum, count, (percent, replicas) => replicas - Math.ceil((replicas * percent) / 100)),
      rollsBack,
      watchesAlarms: readAlarms(graph, service),
    },
    conflicts: alarmConflicts(service, part, rollsBack),
  };
}

function readAlarms(graph: ResourceGraph, service: Resource): Leaf<boolean> {
  const alarms = valueAt(service, "alarms");
  if (alarms === undefined) return known(false, service.urn, "default");
  const enabled = asFlag(valueAt(service, "alarms", "enable") ?? null);
  const names = listOf(valueAt(service, "alarms", "alarmNames"));
  if (enabled === false || names.length === 0) return known(false, service.urn);
  if (enabled === undefined) return unknown(service.urn, "alarms.enable", "unreadable");
  const referred = new Set([ALARM, COMPOSITE].flatMap((type) => graph.referenced(service, "alarms", type)));
  const here = new Set(
    [ALARM, COMPOSITE]
      .flatMap((type) => graph.ofType(type))
      .map((alarm) => alarm.inputs["name"] ?? alarm.inputs["alarmName"]),
  );
  const unseen = names.filter((name) => typeof name !== "string" || !here.has(name)).length;
  return unseen <= referred.size ? known(true, service.urn) : unknown(service.urn, "alarms.alarmNames", "elsewhere");
}

/** A rollout that is undone for one reason and left for another is nobody's intent. */
function alarmConflicts(service: Resource, part: PartKey, rollsBack: Leaf<boolean>): Conflict[] {
  const rollback = asFlag(valueAt(service, "alarms", "rollback") ?? null);
  if (rollback === undefined || !rollsBack.known || rollback === rollsBack.value) return [];
  const says = [
    { urn: service.urn, property: "deploymentCircuitBreaker.rollback", value: rollsBack.value },
    { urn: service.urn, property: "alarms.rollback", value: rollback },
  ];
  return [{ part, field: "rollout.rollsBack", says }];
}
