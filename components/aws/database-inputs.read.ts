import type { InputTable } from "../../model";
import { surroundingInputs } from "./surroundings.read";

const TAGS = "tags are read by nobody";
const WHERE = "where it is";
const NAME = "a name";
const WORDS = "words for people";
const REACH = "who may reach whom; no Part holds it";
const LOGIN = "who logs in; no Part holds it";
const OPERATED = "when and how the database is looked after; no Part holds it";
const WATCHED = "how closely it is watched; no Part holds it";
const INSIDE = "what is inside the database";
const KEY = "which key; no Part holds it";
const DIRECTORY = "a directory that logs people in; no Part holds it";

/** Which field of a Database each input sets. */
export const databaseInputs: InputTable = {
  ...surroundingInputs,
  "aws:rds/instance:Instance": {
    fields: {
      engine: "engine.name",
      engineVersion: "engine.version",
      instanceClass: "machines",
      multiAz: "topology",
      replicateSourceDb: "replicaOf",
      snapshotIdentifier: "engine.name",
      availabilityZone: "placement.zones",
      dbSubnetGroupName: "placement.zones",
      parameterGroupName: "security.inTransit",
      allocatedStorage: "storage.gib",
      maxAllocatedStorage: "storage.maxGib",
      storageType: "storage.type",
      iops: "storage.iops",
      backupRetentionPeriod: "backups",
      storageEncrypted: "security.atRest",
      publiclyAccessible: "security.public",
      deletionProtection: "deletion.protected",
      skipFinalSnapshot: "deletion.finalSnapshot",
      region: "region",
    },
    ignored: {
      identifier: NAME,
      identifierPrefix: NAME,
      finalSnapshotIdentifier: NAME,
      dbName: INSIDE,
      username: LOGIN,
      password: LOGIN,
      passwordWo: LOGIN,
      passwordWoVersion: LOGIN,
      manageMasterUserPassword: LOGIN,
      masterUserSecretKmsKeyId: KEY,
      iamDatabaseAuthenticationEnabled: LOGIN,
      domain: DIRECTORY,
      domainAuthSecretArn: DIRECTORY,
      domainDnsIps: DIRECTORY,
      domainFqdn: DIRECTORY,
      domainIamRoleName: DIRECTORY,
      domainOu: DIRECTORY,
      vpcSecurityGroupIds: REACH,
      port: REACH,
      networkType: REACH,
      customerOwnedIpEnabled: REACH,
      caCertIdentifier: KEY,
      kmsKeyId: KEY,
      optionGroupName: INSIDE,
      characterSetName: INSIDE,
      ncharCharacterSetName: INSIDE,
      timezone: INSIDE,
      licenseModel: "which licence; prices are by engine",
      engineLifecycleSupport: "what happens when the engine's version is no longer kept",
      storageThroughput: "MB/s beyond gp3's baseline; no price of it was found",
      dedicatedLogVolume: "a volume for logs; no price of it was found",
      upgradeStorageConfig: OPERATED,
      allowMajorVersionUpgrade: OPERATED,
      autoMinorVersionUpgrade: OPERATED,
      applyImmediately: OPERATED,
      backupWindow: OPERATED,
      backupTarget: "an outpost, or the region",
      maintenanceWindow: OPERATED,
      blueGreenUpdate: OPERATED,
      copyTagsToSnapshot: TAGS,
      deleteAutomatedBackups: "what is kept of backups when the database is deleted",
      customIamInstanceProfile: LOGIN,
      replicaMode: "whether a copy of Oracle answers reads",
      restoreToPointInTime: "what it begins with; what the program does not say of it is elsewhere",
      s3Import: "what the database begins with",
      databaseInsightsMode: WATCHED,
      enabledCloudwatchLogsExports: WATCHED,
      monitoringInterval: WATCHED,
      monitoringRoleArn: WATCHED,
      performanceInsightsEnabled: WATCHED,
      performanceInsightsKmsKeyId: KEY,
      performanceInsightsRetentionPeriod: WATCHED,
      tags: TAGS,
    },
  },
  "aws:rds/subnetGroup:SubnetGroup": {
    fields: { subnetIds: "placement.zones" },
    ignored: { name: NAME, namePrefix: NAME, description: WORDS, region: WHERE, tags: TAGS },
  },
  "aws:rds/parameterGroup:ParameterGroup": {
    fields: {
      "parameters[].name": "security.inTransit",
      "parameters[].value": "security.inTransit",
      family: "security.inTransit",
    },
    ignored: {
      "parameters[].applyMethod": "a reboot or at once",
      name: NAME,
      namePrefix: NAME,
      description: WORDS,
      skipDestroy: OPERATED,
      region: WHERE,
      tags: TAGS,
    },
  },
  "aws:rds/optionGroup:OptionGroup": {
    fields: {},
    ignored: {
      name: NAME,
      namePrefix: NAME,
      engineName: INSIDE,
      majorEngineVersion: INSIDE,
      optionGroupDescription: WORDS,
      options: INSIDE,
      skipDestroy: OPERATED,
      region: WHERE,
      tags: TAGS,
    },
  },
};
