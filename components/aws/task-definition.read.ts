import {
  isRecord,
  isUnknown,
  known,
  unknown,
  type Claim,
  type Conflict,
  type Leaf,
  type PartKey,
  type Probe,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
  type Unknown,
  type Value,
} from "../../model";
import {
  asFlag,
  asNumber,
  asText,
  defaulted,
  documentAt,
  inside,
  leafOf,
  leafWithDefault,
  listOf,
  mapLeaf,
} from "./leaf.read";
import { readTaskLogs } from "./task-logs.read";
import { readTaskSize } from "./task-size.read";

const ROLE = "aws:iam/role:Role";
const ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy";
const PARAMETER = "aws:ssm/parameter:Parameter";
const SECRET = "aws:secretsmanager/secret:Secret";
const DOCUMENT = "containerDefinitions";

type Read = ReadPart<ReplicaGroup>;
type TaskFields = Pick<
  Read,
  "size" | "ports" | "probes" | "drainSeconds" | "image" | "sidecars" | "environment" | "secrets" | "logs"
>;

export interface TaskRead {
  readonly fields: TaskFields;
  readonly architecture: Leaf<"x86_64" | "arm64">;
  /** Name of the container that takes the requests. */
  readonly container: Leaf<string>;
  /** Names of its ports, for Service Connect. */
  readonly portNames: readonly string[];
  readonly claims: readonly Claim[];
  /** A group that is not where its task looks for it. */
  readonly elsewhere: readonly Omit<Conflict, "part">[];
}

/** What one replica is: `containerName` picks the container that takes the requests, else the first with a port. */
export function readTask(
  graph: ResourceGraph,
  task: Resource | Unknown,
  containerName: string | undefined,
  part: PartKey,
): TaskRead {
  if (isUnknown(task)) return everythingUnknown(task);
  const document = documentAt(task, DOCUMENT);
  const container = isUnknown(document) ? document : mainContainer(task, document, containerName);
  const own = readContainer(task, container);
  const others =
    isUnknown(document) || isUnknown(container)
      ? []
      : listOf(document)
          .filter(isRecord)
          .filter((each) => each !== container);
  const claim = (resource: Resource, carries: Claim["carries"]): Claim => ({ urn: resource.urn, part, carries });
  const logs = readTaskLogs(graph, task, container, others);
  return {
    fields: {
      ...own,
      size: readTaskSize(task, document),
      sidecars: isUnknown(container) ? container : readSidecars(task, container, others),
      logs: logs.logs,
    },
    architecture: leafWithDefault(task, ["runtimePlatform", "cpuArchitecture"], (value) =>
      value === "ARM64" ? "arm64" : value === "X86_64" ? "x86_64" : undefined,
    ),
    container: isUnknown(container) ? container : leafOf(container["name"], at(task, "name"), asText),
    elsewhere: logs.elsewhere,
    portNames: isUnknown(container)
      ? []
      : listOf(container["portMappings"]).flatMap((port) => asText(inside(port, "name") ?? null) ?? []),
    claims: [
      claim(task, "fields"),
      ...(logs.group === undefined ? [] : [claim(logs.group, "fields")]),
      ...rolesOf(graph, task).map((role) => claim(role, "nothing")),
      ...named(
        graph,
        isUnknown(container) ? [] : [container, ...others].flatMap((each) => listOf(each["secrets"])),
      ).map((resource) => claim(resource, "nothing")),
    ],
  };
}

type Container = { readonly [key: string]: Value };

function at(task: Resource, path: string): { urn: string; property: string } {
  return { urn: task.urn, property: `${DOCUMENT}[].${path}` };
}

function mainContainer(task: Resource, document: Value, name: string | undefined): Container | Unknown {
  const containers = listOf(document).filter(isRecord);
  const wanted = name === undefined ? undefined : containers.find((container) => container["name"] === name);
  const main = wanted ?? containers.find((container) => listOf(container["portMappings"]).length > 0) ?? containers[0];
  return main ?? unknown(task.urn, DOCUMENT, "unreadable");
}

function readContainer(task: Resource, container: Container | Unknown): Omit<TaskFields, "size" | "logs" | "sidecars"> {
  if (isUnknown(container)) {
    const { urn, why } = container;
    const missing = unknown(urn, DOCUMENT, why);
    return {
      ports: missing,
      probes: missing,
      drainSeconds: missing,
      image: missing,
      environment: missing,
      secrets: missing,
    };
  }
  return {
    ports: portsOf(task, container),
    probes: readProbes(task, container["healthCheck"]),
    drainSeconds: defaulted(task, container["stopTimeout"], `${DOCUMENT}[].stopTimeout`, asNumber),
    image: readImage(task, container),
    ...readVariables(task, container),
  };
}

function readImage(task: Resource, container: Container): Exclude<Read["image"], Unknown> {
  const reference = leafOf(container["image"], at(task, "image"), asText);
  const secret = inside(container, "repositoryCredentials", "credentialsParameter");
  return {
    reference,
    pinned: mapLeaf(reference, (text) => text.includes("@sha256:")),
    ...(secret === undefined ? {} : { login: known<true>(true, task.urn) }),
  };
}

function readVariables(task: Resource, container: Container): Pick<TaskFields, "environment" | "secrets"> {
  return {
    environment: byName(
      listOf(container["environment"]).map((variable) => ({
        name: leafOf(inside(variable, "name"), at(task, "environment[].name"), asText),
        value: leafOf(inside(variable, "value"), at(task, "environment[].value"), asText),
      })),
    ),
    secrets: byName(
      listOf(container["secrets"]).map((secret) => ({
        name: leafOf(inside(secret, "name"), at(task, "secrets[].name"), asText),
        store: leafOf(inside(secret, "valueFrom"), at(task, "secrets[].valueFrom"), storeOf),
      })),
    ),
  };
}

const AWAITED: Readonly<Record<string, "started" | "healthy" | "done">> = {
  START: "started",
  HEALTHY: "healthy",
  SUCCESS: "done",
};

/** The containers beside the one that takes the requests, sorted by name. */
function readSidecars(task: Resource, main: Container, others: readonly Container[]): Read["sidecars"] {
  const waits = listOf(main["dependsOn"]);
  const sidecars = others.map((container) => {
    const name = leafOf(container["name"], at(task, "name"), asText);
    const wait = waits.find((each) => name.known && inside(each, "containerName") === name.value);
    const [probe] = readProbes(task, container["healthCheck"]);
    const number = (property: string, change: (value: number) => number): Leaf<number | null> =>
      leafOf<number | null>(
        container[property],
        at(task, property),
        (value) => {
          const read = asNumber(value);
          return read === undefined ? undefined : change(read);
        },
        { default: null },
      );
    return {
      name,
      image: readImage(task, container),
      cpuMillis: number("cpu", (units) => (units * 1000) / 1024),
      memoryMiB: number("memory", (mib) => mib),
      // Amazon ECS API, ContainerDefinition: "if this parameter is omitted, a container is assumed to be essential".
      essential: leafOf(container["essential"], at(task, "essential"), asFlag, { default: true }),
      ports: portsOf(task, container),
      ...readVariables(task, container),
      probe: probe ?? known(null, task.urn),
      awaited:
        wait === undefined
          ? known(null, task.urn)
          : leafOf(inside(wait, "condition"), at(task, "dependsOn[].condition"), (value) =>
              typeof value === "string" ? AWAITED[value] : undefined,
            ),
    };
  });
  return byName(sidecars);
}

function portsOf(task: Resource, container: Container): Read["ports"] {
  return listOf(container["portMappings"]).map((port) =>
    leafOf(inside(port, "containerPort"), at(task, "portMappings[].containerPort"), asNumber),
  );
}

function byName<T extends { readonly name: Leaf<string> }>(rows: readonly T[]): readonly T[] {
  const word = (row: T) => (row.name.known ? row.name.value : "");
  return [...rows].sort((a, b) => (word(a) < word(b) ? -1 : 1));
}

/** A container becomes healthy with one passed check (Amazon ECS Developer Guide, container health checks). */
const PASSES = 1;

function readProbes(task: Resource, check: Value | undefined): Exclude<Read["probes"], Unknown> {
  if (check === undefined || check === null) return [];
  const command = leafOf(inside(check, "command"), at(task, "healthCheck.command"), commandText);
  if (command.known && command.value === null) return [];
  const number = (word: string) => defaulted(task, inside(check, word), `${DOCUMENT}[].healthCheck.${word}`, asNumber);
  return [
    {
      role: known<Probe["role"]>("liveness", task.urn),
      check: { kind: "command", command: mapLeaf(command, (text) => text ?? "") },
      intervalSeconds: number("interval"),
      timeoutSeconds: number("timeout"),
      failures: number("retries"),
      successes: known(PASSES, task.urn, "default"),
    },
  ];
}

/** null: NONE, no check. */
function commandText(value: Value): string | null | undefined {
  const [first, ...words] = listOf(value);
  if (first === "NONE") return null;
  if (
    (first !== "CMD-SHELL" && first !== "CMD") ||
    words.length === 0 ||
    !words.every((word) => typeof word === "string")
  )
    return undefined;
  return words.join(" ");
}

/** A name without an ARN is a parameter's; Parameter Store hands out secrets of Secrets Manager under a name of its own. */
function storeOf(value: Value): "secret-manager" | "parameter" | undefined {
  if (typeof value !== "string" || value === "") return undefined;
  if (/^arn:[^:]+:secretsmanager:/.test(value) || value.includes(REFERENCE)) return "secret-manager";
  return /^arn:[^:]+:ssm:/.test(value) || !value.startsWith("arn:") ? "parameter" : undefined;
}

const REFERENCE = "/aws/reference/secretsmanager/";
const SECRET_VERSION = "aws:secretsmanager/secretVersion:SecretVersion";

/** Parameters and secrets of this program that the container names. */
function named(graph: ResourceGraph, secrets: readonly Value[]): readonly Resource[] {
  const names = new Set(secrets.flatMap((secret) => asText(inside(secret, "valueFrom") ?? null) ?? []));
  return [
    ...graph.ofType(PARAMETER).filter((parameter) => names.has(asText(parameter.inputs["name"] ?? null) ?? "")),
    // One that the program itself fills belongs to whoever fills it: a cache's token.
    ...graph
      .ofType(SECRET)
      .filter((secret) => names.has(REFERENCE + (asText(secret.inputs["name"] ?? null) ?? "")))
      .filter((secret) => graph.referrers(secret, "secretId", SECRET_VERSION).length === 0),
  ];
}

function rolesOf(graph: ResourceGraph, task: Resource): readonly Resource[] {
  const roles = ["executionRoleArn", "taskRoleArn"].flatMap((property) => graph.referenced(task, property, ROLE));
  return [...new Set([...roles, ...roles.flatMap((role) => graph.referrers(role, "role", ROLE_POLICY))])];
}

function everythingUnknown(missing: Unknown): TaskRead {
  return {
    fields: {
      size: missing,
      ports: missing,
      probes: missing,
      drainSeconds: missing,
      image: missing,
      sidecars: missing,
      environment: missing,
      secrets: missing,
      logs: missing,
    },
    architecture: missing,
    container: missing,
    portNames: [],
    claims: [],
    elsewhere: [],
  };
}
