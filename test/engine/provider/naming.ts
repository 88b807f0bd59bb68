import { createHash } from "node:crypto";
import { DEFAULTS, isList, isRecord, isUnknown, textAt, textsAt, type Properties, type Value } from "./values";

/** An input that Pulumi's provider names by itself where the program does not: the logical name, a hyphen, seven characters. */
interface AutoName {
  readonly property: string;
  readonly longest: number;
  readonly lower?: true;
}

const name255: AutoName = { property: "name", longest: 255 };

/** By type; the lengths as in the bridge's own table (255 unless it says otherwise). */
const autoNames: Readonly<Record<string, AutoName>> = {
  "aws:appautoscaling/policy:Policy": name255,
  "aws:cloudwatch/logGroup:LogGroup": name255,
  "aws:cloudwatch/metricAlarm:MetricAlarm": name255,
  "aws:ec2/securityGroup:SecurityGroup": name255,
  "aws:ecs/cluster:Cluster": name255,
  "aws:ecs/service:Service": name255,
  "aws:elasticache/parameterGroup:ParameterGroup": { ...name255, lower: true },
  "aws:elasticache/replicationGroup:ReplicationGroup": { property: "replicationGroupId", longest: 40, lower: true },
  "aws:elasticache/subnetGroup:SubnetGroup": { ...name255, lower: true },
  "aws:iam/role:Role": { ...name255, longest: 64 },
  "aws:iam/rolePolicy:RolePolicy": name255,
  "aws:lb/loadBalancer:LoadBalancer": { ...name255, longest: 32 },
  "aws:lb/targetGroup:TargetGroup": { ...name255, longest: 32 },
  "aws:s3/bucket:Bucket": { property: "bucket", longest: 63, lower: true },
  "aws:secretsmanager/secret:Secret": name255,
  "aws:servicediscovery/httpNamespace:HttpNamespace": name255,
  "aws:sns/topic:Topic": name255,
  "aws:ssm/parameter:Parameter": name255,
};

export interface Named {
  readonly inputs: Properties;
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
}

/** Inputs with the names that the bridge fills in, and its note of having done so; a name from before is kept. */
export function named(type: string, logicalName: string, olds: Properties, news: Properties, seed: string): Named {
  const inputs = noted(news);
  const auto = autoNames[type];
  const prefixed = auto !== undefined && news[`${auto.property}Prefix`] !== undefined;
  if (auto === undefined || prefixed || news[auto.property] !== undefined) return { inputs, failures: [] };
  const before = textsAt(olds, DEFAULTS).includes(auto.property) ? textAt(olds, auto.property) : undefined;
  const chosen = before ?? chosenName(auto, logicalName, seed);
  const failures =
    chosen.length > auto.longest
      ? [
          {
            property: auto.property,
            reason: `${chosen} is longer than the ${auto.longest} characters that it may have`,
          },
        ]
      : [];
  return { inputs: { ...inputs, [auto.property]: chosen, [DEFAULTS]: [auto.property] }, failures };
}

function chosenName(auto: AutoName, logicalName: string, seed: string): string {
  const ending = createHash("sha256").update(logicalName).update(seed).digest("hex").slice(0, 7);
  const whole = `${logicalName}-${ending}`;
  return auto.lower === true ? whole.toLowerCase() : whole;
}

/** As state has it: each object says which of its keys were filled in. Maps of a user's own words do not. */
function noted(properties: Properties): Properties {
  return {
    ...Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, notedIn(key, value)])),
    [DEFAULTS]: [],
  };
}

const MAPS = new Set(["tags", "dimensions", "keepers", "tagsAll"]);

function notedIn(key: string, value: Value): Value {
  if (isList(value)) return value.map((item) => notedIn(key, item));
  return isRecord(value) && !MAPS.has(key) ? noted(value) : value;
}

/**
 * A replacement of something whose name the program gave cannot stand beside the old one: the bridge deletes first
 * where the name stays.
 */
export function deletesFirst(type: string, olds: Properties, news: Properties): boolean {
  const auto = autoNames[type];
  if (auto === undefined || textsAt(news, DEFAULTS).includes(auto.property)) return false;
  const name = news[auto.property];
  return name !== undefined && !isUnknown(name) && name === olds[auto.property];
}
