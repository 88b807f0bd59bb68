import type { ReadPart } from "../model";
import { listAt, numberAt, textAt } from "../model";
import { slas } from "../catalog/aws/slas";

type Sla = (typeof slas)[keyof typeof slas];

/** What its provider promises of a Part that it runs by itself; undefined where no promise was found, or the Part does not tell which. */
export function serviceLevelOf(part: ReadPart): Sla | undefined {
  switch (part.kind) {
    case "database":
      return databaseLevel(part);
    case "table":
      // Only callers that turn to another region by themselves have the higher promise.
      return slas.dynamodb;
    case "function":
      return slas.lambda;
    case "bucket":
      return slas.s3;
    case "queue":
      return slas.sqs;
    case "broker":
      return (listAt(part, "placement", "zones") ?? []).length > 1 ? slas["msk-multi-zone"] : undefined;
    case "search":
      return (numberAt(part, "awareZones") ?? 1) > 1 ? slas["opensearch-multi-zone"] : undefined;
    case "file-system":
      return textAt(part, "placement", "kind") === "regional" ? slas.efs : slas["efs-one-zone"];
    default:
      return undefined;
  }
}

/** Where it cannot be read that another member takes over, one stands alone: the lower promise. */
function databaseLevel(part: ReadPart): Sla | undefined {
  const topology = textAt(part, "topology", "kind");
  const members = numberAt(part, "topology", "members") ?? 1;
  const standsBy = topology === "standby" || (topology === "cluster" && members > 1);
  switch (textAt(part, "runtime", "kind")) {
    case "rds":
      return standsBy ? slas["rds-multi-zone"] : slas["rds-single-zone"];
    case "aurora":
      return standsBy ? slas["aurora-multi-zone"] : slas["aurora-single-zone"];
    default:
      return undefined;
  }
}
