import type { InputTable } from "../../model";

const TAGS = "tags are read by nobody";
const NAME = "a name";
const INSIDE = "what is inside the table";
const BEGINS = "what the table begins with";
const KEY = "encrypted always; which key no Part holds";
const MOST = "how much it answers at most; no Part holds it";

/** Which field of a Table each input sets. */
export const tableInputs: InputTable = {
  "aws:dynamodb/table:Table": {
    fields: {
      billingMode: "capacity",
      readCapacity: "capacity",
      writeCapacity: "capacity",
      globalSecondaryIndexes: "indexes",
      replicas: "replicaRegions",
      pointInTimeRecovery: "pointInTimeRecovery",
      deletionProtectionEnabled: "deletionProtection",
      region: "region",
    },
    ignored: {
      "globalSecondaryIndexes[].hashKey": INSIDE,
      "globalSecondaryIndexes[].rangeKey": INSIDE,
      "globalSecondaryIndexes[].keySchemas": INSIDE,
      "globalSecondaryIndexes[].projectionType": INSIDE,
      "globalSecondaryIndexes[].nonKeyAttributes": INSIDE,
      "globalSecondaryIndexes[].onDemandThroughput": MOST,
      "globalSecondaryIndexes[].warmThroughput": MOST,
      "replicas[].consistencyMode": "how fresh a copy's answers are",
      "replicas[].deletionProtectionEnabled": "of a copy",
      "replicas[].pointInTimeRecovery": "of a copy",
      "replicas[].kmsKeyArn": KEY,
      "replicas[].propagateTags": TAGS,
      "pointInTimeRecovery.recoveryPeriodInDays": "how far back; 35 days unless said",
      name: NAME,
      attributes: INSIDE,
      hashKey: INSIDE,
      rangeKey: INSIDE,
      localSecondaryIndexes: INSIDE,
      ttl: INSIDE,
      streamEnabled: "who is told of changes; reads of a stream are billed by use",
      streamViewType: INSIDE,
      tableClass: "billed by use",
      onDemandThroughput: MOST,
      warmThroughput: MOST,
      globalTableWitness: "a third region that only votes",
      serverSideEncryption: KEY,
      importTable: BEGINS,
      restoreBackupArn: BEGINS,
      restoreDateTime: BEGINS,
      restoreSourceName: BEGINS,
      restoreSourceTableArn: BEGINS,
      restoreToLatestTime: BEGINS,
      tags: TAGS,
    },
  },
  "aws:dynamodb/tableReplica:TableReplica": {
    fields: { globalTableArn: "replicaRegions", region: "replicaRegions" },
    ignored: {
      deletionProtectionEnabled: "of a copy",
      pointInTimeRecovery: "of a copy",
      kmsKeyArn: KEY,
      tableClassOverride: "billed by use",
      tags: TAGS,
    },
  },
  "aws:appautoscaling/target:Target": {
    fields: {
      resourceId: "capacity",
      scalableDimension: "capacity",
      minCapacity: "capacity",
      maxCapacity: "capacity",
    },
    ignored: {
      serviceNamespace: "the dimension says it too",
      roleArn: "who scales",
      suspendedState: "when nobody does",
      region: "the table's",
      tags: TAGS,
    },
  },
  "aws:appautoscaling/policy:Policy": {
    fields: {},
    ignored: {
      name: NAME,
      policyType: "how it scales; bounds are the scaler's",
      resourceId: "the scaler's",
      scalableDimension: "the scaler's",
      serviceNamespace: "the scaler's",
      targetTrackingScalingPolicyConfiguration: "how it scales; bounds are the scaler's",
      stepScalingPolicyConfiguration: "how it scales; bounds are the scaler's",
      predictiveScalingPolicyConfiguration: "how it scales; bounds are the scaler's",
      region: "the table's",
    },
  },
};
