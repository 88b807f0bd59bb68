import { NAME_AND_KEY } from "./object-name";
import { flag, list, mapping, named, number, oneOf, optional, refusal, shaped, text, words } from "./schema-leaf";

// The shell's own rule for names of environment variables; Amazon ECS takes nothing else from most images.
const VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
export const environmentVariables = named("NAME: value", text("The value as text; put a number in quotes")).refine(
  (variables) => Object.keys(variables).every((name) => VARIABLE.test(name)),
  refusal("names of letters, digits and underscores", "rename the variable, for example LOG_LEVEL"),
);

export const configMapVariables = named(
  'configMaps: { LOG_LEVEL: "settings/log-level" }',
  shaped("A ConfigMap of the namespace", "its name, or name/key", NAME_AND_KEY),
).refine(
  (variables) => Object.keys(variables).every((name) => VARIABLE.test(name)),
  refusal("names of letters, digits and underscores", "rename the variable, for example LOG_LEVEL"),
);

/** Secrets that exist, by name. */
export const existingSecrets = named(
  "secrets: { NAME: { existing } }",
  mapping("{ existing }", { existing: words("Name or ARN of the secret, never its value") }),
);

export const permissions = list(
  "permissions: [{ actions: [...], resources: [...] }]",
  mapping("{ actions: [...], resources: [...] }", {
    actions: list("Actions, for example s3:GetObject", words("One action, for example s3:GetObject")),
    resources: list("ARNs", words("One ARN")),
  }),
);

/** What every container beside a service's own says. */
export const besideShape = {
  image: words("Image of the sidecar, for example registry.example.com/proxy:1.2"),
  cpuMillis: number("CPU of the sidecar, 1000 are one vCPU", { above: 0 }),
  // Amazon ECS API, ContainerDefinition memory: "don't specify less than 6 MiB".
  memoryMiB: number("Memory of the sidecar, MiB, for example 128", { least: 6, whole: true }),
  command: optional(list("Command of the sidecar", text("One word of the command"))),
  environment: optional(environmentVariables),
  secrets: optional(existingSecrets),
  health: optional(
    mapping("health: { command: curl -f localhost:9901/ready }", {
      command: words("Command run inside the sidecar"),
      intervalSeconds: optional(
        number("Seconds from check to check, for example 30", { least: 5, most: 300, whole: true }),
      ),
      timeoutSeconds: optional(
        number("Seconds until a check has failed, for example 5", { least: 2, most: 60, whole: true }),
      ),
      failures: optional(number("Failed checks until it is ill, for example 3", { least: 1, most: 10, whole: true })),
    }),
  ),
};

export const sidecar = mapping("sidecars: { proxy: { image, cpuMillis: 250, memoryMiB: 128 } }", {
  ...besideShape,
  essential: optional(flag("The replica ends when it does")),
  ports: optional(list("Its ports", number("Port, for example 8080", { least: 1, most: 65_535, whole: true }))),
  awaited: optional(oneOf("What the service waits for before it starts", ["started", "healthy", "done"])),
});
