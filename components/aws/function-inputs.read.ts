import type { InputTable } from "../../model";

export const FUNCTION = "aws:lambda/function:Function";
export const PROVISIONED = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";
export const INVOKE = "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig";
export const MAPPING = "aws:lambda/eventSourceMapping:EventSourceMapping";

const WHERE = "where the function is, which it says itself";
const WHOSE = "which function it belongs to";
const TAGS = "tags are read by nobody";
const CODE = "what runs; no Part holds it";
const WHO = "who may do what";
const PACE = "how many at once; no Part holds it";
const of = { functionName: WHOSE, qualifier: WHOSE, region: WHERE, "*": WHO };

const settings: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "aws:lambda/permission:Permission": { ...of, function: WHOSE },
  "aws:lambda/functionUrl:FunctionUrl": of,
  "aws:lambda/runtimeManagementConfig:RuntimeManagementConfig": of,
  "aws:lambda/functionRecursionConfig:FunctionRecursionConfig": of,
  "aws:lambda/invocation:Invocation": of,
};

/** What belongs to a function and sets no field of it. */
export const OF_FUNCTION: readonly string[] = Object.keys(settings);

/** Which field of a Function each input sets. */
export const functionInputs: InputTable = {
  [FUNCTION]: {
    fields: {
      region: "region",
      memorySize: "memoryMiB",
      "ephemeralStorage.size": "diskMiB",
      timeout: "timeoutSeconds",
      "architectures[]": "architecture",
      reservedConcurrentExecutions: "reservedConcurrency",
      "deadLetterConfig.targetArn": "keepsFailures",
      "vpcConfig.subnetIds[]": "placement",
    },
    ignored: {
      name: "a name",
      tags: TAGS,
      role: WHO,
      "vpcConfig.securityGroupIds": "who may reach whom",
      "*": CODE,
    },
  },
  [PROVISIONED]: {
    fields: { functionName: "provisionedConcurrency", provisionedConcurrentExecutions: "provisionedConcurrency" },
    ignored: { qualifier: "which version of it", region: WHERE, skipDestroy: "what happens when it goes" },
  },
  [INVOKE]: {
    fields: { "destinationConfig.onFailure.destination": "keepsFailures" },
    ignored: { functionName: WHOSE, qualifier: "which version of it", region: WHERE, "*": "how often it is tried" },
  },
  [MAPPING]: {
    fields: { functionName: "queues", eventSourceArn: "queues" },
    ignored: { region: WHERE, tags: TAGS, "*": PACE },
  },
  "aws:lambda/alias:Alias": {
    fields: {},
    ignored: {
      name: "a name",
      functionName: WHOSE,
      functionVersion: CODE,
      region: WHERE,
      "*": "which version answers",
    },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    fields: {},
    ignored: { name: "a name", region: WHERE, tags: TAGS, "*": "how long its lines are kept; billed by use with it" },
  },
  ...Object.fromEntries(Object.entries(settings).map(([type, ignored]) => [type, { fields: {}, ignored }])),
};
