import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import {
  isUnknownValue,
  known,
  unknown,
  type Conflict,
  type Leaf,
  type PartKey,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
  type SecretStore,
  type Value,
} from "../../model";
import { asNumber, asText, bothLeaves, inside, leafOf, listOf, valueAt } from "../leaf.read";
import { limitOf, type Place, readEnvironment, readImage, readPorts, readProbes, requestOf } from "./container.read";
import { asContainer, goesOn, ofPod, podAmount, readAsked, usualRequests } from "./pod-amounts.read";
import { readPullSecrets } from "./pull-secrets.read";
import { nameOf, named, neighbours } from "./scope.read";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const EXTERNAL_SECRET = "kubernetes:external-secrets.io/v1:ExternalSecret";
const POD = ["spec", "template", "spec"] as const;

/** What a pod template says of a replica. */
export interface PodRead {
  readonly fields: Pick<
    ReadPart<ReplicaGroup>,
    "size" | "ports" | "probes" | "drainSeconds" | "image" | "sidecars" | "environment" | "secrets" | "pullSecrets"
  >;
  readonly cpuLimitMillis: Leaf<number | null>;
  readonly memoryLimitMiB: Leaf<number | null>;
  readonly stopDelaySeconds: Leaf<number>;
  /** Secrets, config maps and accounts that the pods name, as far as they are in the program. */
  readonly named: readonly Resource[];
  readonly conflicts: readonly Conflict[];
}

type ReadSidecar = Extract<ReadPart<ReplicaGroup>["sidecars"], readonly unknown[]>[number];

/** Reads the pod template of a workload's object. The main container has the object's name; without one it is the first. */
export function readPod(graph: ResourceGraph, resource: Resource, key: PartKey): PodRead {
  const { urn } = resource;
  const containers = listOf(valueAt(resource, ...POD, "containers"));
  const first = listOf(valueAt(resource, ...POD, "initContainers"));
  const main = containers.find((each) => inside(each, "name") === nameOf(resource)) ?? containers[0] ?? null;
  const at: Place = { urn, property: "spec.template.spec.containers[]" };
  const storeOf = keeperOf(graph, resource);
  const beside: readonly (readonly [Value, "started" | "healthy" | "done" | null])[] = [
    ...first.map((each) => [each, awaitedOf(each)] as const),
    ...containers.filter((each) => each !== main).map((each) => [each, null] as const),
  ];
  const running = [main, ...beside.filter(([, awaited]) => awaited !== "done").map(([each]) => each)];
  const spec = valueAt(resource, ...POD);
  const usual = usualRequests(graph, resource);
  const most = (amount: "cpu" | "memory"): Leaf<number | null> => {
    const own = limitOf(main, at, amount);
    const whole = podAmount(spec, "limits", amount);
    if (whole === undefined || !own.known || own.value !== null) return own;
    return limitOf(asContainer("limits", amount, whole), ofPod(urn), amount);
  };
  const delay = stopDelayOf(main, at);
  const grace = leafOf(
    valueAt(resource, ...POD, "terminationGracePeriodSeconds"),
    { urn, property: "spec.template.spec.terminationGracePeriodSeconds" },
    asNumber,
    { default: kubernetesDefaults.graceSeconds.value },
  );
  const ports = readPorts(main, at);
  return {
    fields: {
      size: {
        cpuMillis: readAsked(spec, running, at, "cpu", usual),
        memoryMiB: readAsked(spec, running, at, "memory", usual),
      },
      ports,
      probes: readProbes(main, at),
      drainSeconds: bothLeaves(grace, delay, (whole, before) => Math.max(0, whole - before)),
      image: readImage(main, at),
      sidecars: beside
        .map(([each, awaited]) => readSidecar(each, awaited, at, storeOf))
        .sort((a, b) => (nameIn(a) < nameIn(b) ? -1 : nameIn(a) > nameIn(b) ? 1 : 0)),
      ...readEnvironment(main, at, fromMaps(graph, resource, main), storeOf),
      ...readPullSecrets(spec, ofPod(urn)),
    },
    cpuLimitMillis: most("cpu"),
    memoryLimitMiB: most("memory"),
    stopDelaySeconds: delay,
    named: namedBy(graph, resource, [main, ...beside.map(([each]) => each)]),
    conflicts: [
      ...probeConflicts(main, ports, at, key),
      ...beside.flatMap(([each]) => probeConflicts(each, "by name", at, key)),
    ],
  };
}

function nameIn(sidecar: ReadSidecar): string {
  return "known" in sidecar ? "" : sidecar.name.known ? sidecar.name.value : "";
}

/** What runs before the others: to its end, or on beside them. */
function awaitedOf(container: Value): "started" | "healthy" | "done" {
  if (!goesOn(container)) return "done";
  return inside(container, "startupProbe") === undefined ? "started" : "healthy";
}

function readSidecar(
  container: Value,
  awaited: "started" | "healthy" | "done" | null,
  at: Place,
  storeOf: (secret: string) => SecretStore,
): ReadSidecar {
  const name = leafOf(inside(container, "name"), { urn: at.urn, property: `${at.property}.name` }, asText);
  const [probe] = readProbes(container, at);
  const none = known(null, at.urn, "default");
  const or = (leaf: Leaf<number>, given: Value | undefined): Leaf<number | null> => (given === undefined ? none : leaf);
  return {
    name,
    image: readImage(container, at),
    cpuMillis: or(requestOf(container, at, "cpu"), inside(container, "resources", "requests", "cpu")),
    memoryMiB: or(requestOf(container, at, "memory"), inside(container, "resources", "requests", "memory")),
    essential: known(awaited !== "done", at.urn),
    ports: readPorts(container, at),
    ...readEnvironment(container, at, [], storeOf),
    // Whatever its role here, it is the one probe that the sidecar has.
    probe: probe === undefined || "known" in probe ? none : { ...probe, role: known("liveness" as const, at.urn) },
    awaited: known(awaited, at.urn),
  };
}

/** Seconds from the end's announcement to the stop signal: a sleep before it; any other hook takes as long as it takes. */
function stopDelayOf(main: Value, at: Place): Leaf<number> {
  const hook = inside(main, "lifecycle", "preStop");
  const property = `${at.property}.lifecycle.preStop`;
  if (hook === undefined) return known(0, at.urn, "default");
  const slept = inside(hook, "sleep", "seconds");
  if (slept !== undefined) return leafOf(slept, { urn: at.urn, property: `${property}.sleep.seconds` }, asNumber);
  const words = listOf(inside(hook, "exec", "command"))
    .filter((word) => typeof word === "string")
    .join(" ");
  const seconds = /(?:^|[\s;])sleep\s+(\d+)/.exec(words)?.[1];
  return seconds === undefined ? unknown(at.urn, property, "no-default-known") : known(Number(seconds), at.urn);
}

/** Who keeps a Secret: external-secrets, where an object of it makes the Secret. */
function keeperOf(graph: ResourceGraph, resource: Resource): (secret: string) => SecretStore {
  const fetched = new Set(
    neighbours(graph, resource, EXTERNAL_SECRET).map(
      (each) => asText(valueAt(each, "spec", "target", "name") ?? null) ?? nameOf(each),
    ),
  );
  return (secret) => (fetched.has(secret) ? "external" : "cluster");
}

/** Settings that come from a config map as a whole. */
function fromMaps(graph: ResourceGraph, resource: Resource, container: Value): readonly (readonly [string, string])[] {
  return listOf(inside(container, "envFrom")).flatMap((each) => {
    const map = asText(inside(each, "configMapRef", "name") ?? null);
    const found = map === undefined ? undefined : named(graph, resource, CONFIG_MAP, map);
    const data = found === undefined ? undefined : valueAt(found, "data");
    if (data === undefined || isUnknownValue(data) || typeof data !== "object" || data === null) return [];
    const prefix = asText(inside(each, "prefix") ?? null) ?? "";
    return Object.entries(data).flatMap(([name, value]) =>
      typeof value === "string" ? [[`${prefix}${name}`, value] as const] : [],
    );
  });
}

const NAMES: readonly (readonly [string, readonly string[]])[] = [
  ["kubernetes:core/v1:Secret", ["secretKeyRef", "secretRef", "secret"]],
  [CONFIG_MAP, ["configMapKeyRef", "configMapRef", "configMap"]],
];

/** Objects beside it that the pods name: secrets and config maps of their settings and volumes, and their account. */
function namedBy(graph: ResourceGraph, resource: Resource, containers: readonly Value[]): readonly Resource[] {
  const found = new Set<Resource>();
  const note = (type: string, value: Value | undefined): void => {
    const name = asText(value ?? null);
    const object = name === undefined ? undefined : named(graph, resource, type, name);
    if (object !== undefined) found.add(object);
  };
  const secretOf = (name: Value | undefined): void => {
    note("kubernetes:core/v1:Secret", name);
    for (const each of neighbours(graph, resource, EXTERNAL_SECRET))
      if ((asText(valueAt(each, "spec", "target", "name") ?? null) ?? nameOf(each)) === name) found.add(each);
  };
  for (const each of listOf(valueAt(resource, ...POD, "imagePullSecrets"))) {
    const name = inside(each, "name");
    if (name !== undefined) secretOf(name);
  }
  note("kubernetes:core/v1:ServiceAccount", valueAt(resource, ...POD, "serviceAccountName"));
  for (const each of containers) {
    for (const source of [
      ...listOf(inside(each, "env")).map((env) => inside(env, "valueFrom")),
      ...listOf(inside(each, "envFrom")),
    ])
      for (const [type, words] of NAMES)
        for (const word of words) {
          const name = inside(source, word, "name");
          if (type === CONFIG_MAP) note(type, name);
          else if (name !== undefined) secretOf(name);
        }
  }
  for (const volume of listOf(valueAt(resource, ...POD, "volumes"))) {
    note(CONFIG_MAP, inside(volume, "configMap", "name"));
    const secret = inside(volume, "secret", "secretName");
    if (secret !== undefined) secretOf(secret);
  }
  return [...found];
}

/** A probe asks a port that the container has. */
function probeConflicts(
  main: Value,
  /** by name: of what runs beside, a number may be one that nobody declares. */
  ports: readonly Leaf<number>[] | "by name",
  at: Place,
  part: PartKey,
): readonly Conflict[] {
  const numbers = ports === "by name" ? [] : ports.flatMap((port) => (port.known ? [port.value] : []));
  const names = listOf(inside(main, "ports")).flatMap((port) => asText(inside(port, "name") ?? null) ?? []);
  return ["livenessProbe", "readinessProbe", "startupProbe"].flatMap((probe) =>
    ["httpGet", "tcpSocket"].flatMap((action): Conflict[] => {
      const port = inside(main, probe, action, "port");
      if (port === undefined || isUnknownValue(port)) return [];
      // A number is asked whether it is declared or not.
      if (typeof port === "number" && numbers.length === 0) return [];
      if ((typeof port === "number" && numbers.includes(port)) || (typeof port === "string" && names.includes(port)))
        return [];
      return [
        {
          part,
          field: "ports",
          says: [
            { urn: at.urn, property: `${at.property}.${probe}.${action}.port`, value: port },
            ports === "by name"
              ? { urn: at.urn, property: `${at.property}.ports[].name`, value: names }
              : { urn: at.urn, property: `${at.property}.ports[].containerPort`, value: numbers },
          ],
        },
      ];
    }),
  );
}
