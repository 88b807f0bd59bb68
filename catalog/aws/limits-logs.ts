import { type Limit, limitSources as from } from "./limit";

/** Where containers of ECS send their lines. */
export const logLimits = {
  "log-driver": {
    applies: "container logConfiguration.logDriver on Fargate",
    values: ["awslogs", "splunk", "awsfirelens"],
    unit: "driver",
    raisable: false,
    quote: "for tasks on Fargate, the supported log drivers are awslogs, splunk, and awsfirelens",
    source: from.ecs,
  },
  "awslogs-options": {
    applies: "container logConfiguration.options of awslogs",
    values: ["awslogs-group", "awslogs-region", "awslogs-stream-prefix"],
    unit: "options",
    raisable: false,
    quote: "awslogs-region: required; awslogs-group: required; awslogs-stream-prefix: required when using Fargate",
    source: from.ecs,
  },
  "log-buffer-lines": {
    applies: "container logConfiguration.options log-driver-buffer-limit of awsfirelens",
    min: 0,
    max: 536_870_911,
    unit: "lines",
    raisable: false,
    quote: "the buffer limit must be greater than or equal to 0 and less than 536870912 log lines",
    source: from.firelensBuffer,
  },
  "firelens-type": {
    applies: "container firelensConfiguration.type",
    values: ["fluentd", "fluentbit"],
    unit: "software",
    raisable: false,
    quote: "the valid values are fluentd or fluentbit",
    source: from.ecs,
  },
  "firelens-config-file": {
    applies: "container firelensConfiguration.options config-file-type on Fargate",
    values: ["file"],
    unit: "sort of file",
    raisable: false,
    quote: "tasks hosted on Fargate only support the file configuration file type",
    source: from.ecs,
  },
  "firelens-user": {
    applies: "container user beside firelensConfiguration",
    values: ["0"],
    unit: "user",
    raisable: false,
    quote: "If 'user' field is specified on firelens container, then 'UID' has to be '0'",
    source: from.firelensRefusals,
  },
  "firelens-routers": {
    applies: "containers with firelensConfiguration in a task",
    max: 1,
    unit: "containers",
    raisable: false,
    quote: "one FireLens container a task",
    source: from.commonlyKnown,
    verified: false,
  },
} as const satisfies Record<string, Limit>;
