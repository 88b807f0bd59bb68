import { z } from "zod";
import { mapping, named, oneOf, optional, shaped, text } from "./schema-leaf";
import { besideShape, existingSecrets, permissions } from "./schema-sidecar";

// Amazon CloudWatch Logs API, LogGroupName and LogGroup arn.
const GROUP =
  /^(?:arn:aws[a-z-]*:logs:[a-z0-9-]+:\d{12}:log-group:[.\-_/#A-Za-z0-9]{1,512}(?::\*)?|[.\-_/#A-Za-z0-9]{1,512})$/;

const existing = mapping("logs: { existing: { group: /shared/services } }", {
  existing: mapping("existing: { group: /shared/services }", {
    group: shaped(
      "Name of the log group, for example /shared/services, or its ARN",
      "the name of a log group, at most 512 letters, digits and .-_/#, or its ARN",
      GROUP,
    ),
  }),
});

const router = mapping("logs: { router: { type: fluentbit, image, cpuMillis: 128, memoryMiB: 128, options } }", {
  router: mapping("router: { type: fluentbit, image, cpuMillis: 128, memoryMiB: 128, options: { Name: s3, ... } }", {
    ...besideShape,
    type: oneOf("Software of the router", ["fluentbit", "fluentd"]),
    options: named(
      "options: { Name: s3, region: us-east-1, bucket: our-logs }",
      text("The option's value as text; put a number in quotes"),
    ),
    secretOptions: optional(existingSecrets),
    configFile: optional(
      // Amazon ECS API, FirelensConfiguration: tasks on Fargate take a file of the image alone.
      shaped("Path in the router's image, for example /extra.conf", "a path that begins with /", /^\/\S+$/),
    ),
    permissions: optional(permissions),
  }),
});

/** Where the lines of a service go. */
export const logs = z
  .union([oneOf("A group that is made, or none", ["create", "none"]), existing, router])
  .describe("Where the lines go: create, none, { existing: { group } }, or { router }");
