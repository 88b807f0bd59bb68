import type { InputTable } from "../../model";

const POLICY_DOCUMENT = "permissions; no Part holds them";
const FOUND = "the container refers to it by this name";
const WHERE = "where the service is";
const TAGS = "tags are read by nobody";

/** Which field of a ReplicaGroup each input of its task sets. */
export const taskInputs: InputTable = {
  "aws:ecs/taskDefinition:TaskDefinition": {
    fields: {
      cpu: "size.cpuMillis",
      memory: "size.memoryMiB",
      "runtimePlatform.cpuArchitecture": "runtime.architecture",
      "containerDefinitions[].memoryReservation": "size.memoryMiB",
      "containerDefinitions[].image": "image.reference",
      "containerDefinitions[].repositoryCredentials.credentialsParameter": "image.login",
      "containerDefinitions[].cpu": "sidecars",
      "containerDefinitions[].memory": "sidecars",
      "containerDefinitions[].dependsOn[].containerName": "sidecars",
      "containerDefinitions[].dependsOn[].condition": "sidecars",
      "containerDefinitions[].portMappings[].containerPort": "ports",
      "containerDefinitions[].portMappings[].name": "registry",
      "containerDefinitions[].environment[].name": "environment",
      "containerDefinitions[].environment[].value": "environment",
      "containerDefinitions[].secrets[].name": "secrets",
      "containerDefinitions[].secrets[].valueFrom": "secrets",
      "containerDefinitions[].healthCheck.command[]": "probes",
      "containerDefinitions[].healthCheck.interval": "probes",
      "containerDefinitions[].healthCheck.timeout": "probes",
      "containerDefinitions[].healthCheck.retries": "probes",
      "containerDefinitions[].stopTimeout": "drainSeconds",
      "containerDefinitions[].logConfiguration.logDriver": "logs",
      "containerDefinitions[].logConfiguration.options.awslogs-group": "logs",
      "containerDefinitions[].logConfiguration.options.awslogs-region": "logs",
      "containerDefinitions[].logConfiguration.options.Name": "logs",
      "containerDefinitions[].logConfiguration.options.name": "logs",
      "containerDefinitions[].logConfiguration.options.@type": "logs",
      "containerDefinitions[].firelensConfiguration.type": "logs",
    },
    ignored: {
      family: "a name",
      requiresCompatibilities: "says what the service's launch type says",
      networkMode: "one value is possible on Fargate",
      "runtimePlatform.operatingSystemFamily": "no Part holds it",
      executionRoleArn: POLICY_DOCUMENT,
      taskRoleArn: POLICY_DOCUMENT,
      volumes: "temporary files",
      "containerDefinitions[].name":
        "a name; the service's load balancer must say the same, and a conflict is found there",
      "containerDefinitions[].essential": "a replica ends with its own container; of a sidecar it is read",
      "containerDefinitions[].command": "what runs, not how many or how well",
      "containerDefinitions[].portMappings[].protocol": "no Part holds it",
      "containerDefinitions[].portMappings[].appProtocol":
        "what Service Connect understands of the traffic; no Part holds it",
      "containerDefinitions[].healthCheck.startPeriod": "the start time, which the demand holds",
      "containerDefinitions[].linuxParameters": "how processes are reaped",
      "containerDefinitions[].readonlyRootFilesystem": "no Part holds it",
      "containerDefinitions[].mountPoints": "temporary files",
      "containerDefinitions[].logConfiguration.options.awslogs-stream-prefix": "a name",
      "containerDefinitions[].logConfiguration.options": "how lines travel",
      "containerDefinitions[].logConfiguration.secretOptions": "what opens their destination; no Part holds it",
      "containerDefinitions[].firelensConfiguration.options": "more configuration; no Part holds it",
      "containerDefinitions[].user": "as whom it runs; no Part holds it",
      region: WHERE,
      tags: TAGS,
    },
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    fields: { name: "logs", retentionInDays: "logs.keepDays" },
    ignored: { region: WHERE, tags: TAGS },
  },
  "aws:iam/role:Role": { fields: {}, ignored: { assumeRolePolicy: POLICY_DOCUMENT, tags: TAGS } },
  "aws:iam/rolePolicy:RolePolicy": { fields: {}, ignored: { policy: POLICY_DOCUMENT, role: POLICY_DOCUMENT } },
  "aws:ssm/parameter:Parameter": {
    fields: {},
    ignored: {
      name: FOUND,
      type: "how it is kept",
      insecureValue: "an address, known after the deployment",
      value: "a person fills it in",
      region: WHERE,
      tags: TAGS,
    },
  },
  "aws:secretsmanager/secret:Secret": { fields: {}, ignored: { name: FOUND, region: WHERE, tags: TAGS } },
};
