import { z } from "zod";
import { mapping, named, number, oneOf, optional, shaped, uncertain, words } from "./schema-leaf";

/** What services and stores say alike. */
export const startSeconds = uncertain("From container start to the first passed probe, for example 30", { least: 0 });

// Ranges of probes: ELBv2 target group and ECS container check, catalog/aws/limits-balancer.ts and limits-ecs.ts.
const health = mapping("health: { path: /health, intervalSeconds: 30, timeoutSeconds: 5 }", {
  path: optional(
    shaped("HTTP path, for example /health", "a path that begins with /, at most 1,024 letters", /^\/\S{0,1023}$/),
  ),
  intervalSeconds: optional(
    number("Seconds from check to check, for example 30", { least: 5, most: 300, whole: true }),
  ),
  timeoutSeconds: optional(
    number("Seconds until a check has failed, for example 5", { least: 2, most: 120, whole: true }),
  ),
  failures: optional(
    number("Failed checks until a replica is taken out, for example 3", { least: 1, most: 10, whole: true }),
  ),
  successes: optional(
    number("Passed checks until a replica is taken in, for example 2", { least: 1, most: 10, whole: true }),
  ),
  command: optional(words("Command run inside the container")),
});

export const probes = mapping("probes: { health: { path: /health } }", {
  health,
  live: optional(health),
  startup: optional(health),
});

export const limits = mapping("limits: { cpuMillis: 2000, memoryMiB: 4096 }", {
  cpuMillis: optional(number("CPU beyond which a replica is throttled, 1000 are one core", { above: 0 })),
  memoryMiB: optional(number("Memory beyond which a replica is killed, MiB", { above: 0 })),
});

export const restMemoryMiB = number("Memory that the process holds before any request, MiB, for example 1200", {
  above: 0,
});

export const secrets = named(
  'secrets: { NAME: { create: "secret-manager" } }',
  z.union([
    mapping("{ create }", {
      create: oneOf("Where the secret is kept", ["secret-manager", "parameter"]),
      from: optional(words("Key in the store of external-secrets, # and a property of it")),
    }),
    mapping("{ existing }", { existing: words("Name or ARN of the secret, never its value") }),
  ]),
);
