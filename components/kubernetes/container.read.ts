import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import { cpuMillis, memoryMiB } from "../../catalog/kubernetes/quantity";
import {
  isUnknownValue,
  known,
  unknown,
  type Leaf,
  type Probe,
  type ReadPart,
  type ReplicaGroup,
  type SecretStore,
  type Value,
} from "../../model";
import { asNumber, asText, inside, leafOf, listOf } from "../leaf.read";

/** Where a container is written: the object, and the path of the list that it is in. */
export interface Place {
  readonly urn: string;
  readonly property: string;
}

type ReadProbe = Extract<ReadPart<ReplicaGroup>["probes"], readonly unknown[]>[number];
type ReadImage = ReadPart<ReplicaGroup>["image"];
type Named = { readonly name: Leaf<string>; readonly value: Leaf<string> };
type Mapped = { readonly name: Leaf<string>; readonly map: Leaf<string>; readonly key: Leaf<string> };
type Kept = { readonly name: Leaf<string>; readonly store: Leaf<SecretStore> };

const quantity = (parse: (given: string | number) => number | undefined) => (value: Value) =>
  typeof value === "string" || typeof value === "number" ? parse(value) : undefined;

/** What it counts on; without a word as much as its limit, and without that nothing (Kubernetes, resource management for pods). */
export function requestOf(container: Value, at: Place, resource: "cpu" | "memory"): Leaf<number> {
  const parse = quantity(resource === "cpu" ? cpuMillis : memoryMiB);
  const property = `${at.property}.resources.requests.${resource}`;
  const limit = inside(container, "resources", "limits", resource);
  const asked = inside(container, "resources", "requests", resource);
  return leafOf(asked ?? limit, { urn: at.urn, property }, parse, { default: 0 });
}

/** null: no limit. */
export function limitOf(container: Value, at: Place, resource: "cpu" | "memory"): Leaf<number | null> {
  const parse = quantity(resource === "cpu" ? cpuMillis : memoryMiB);
  const property = `${at.property}.resources.limits.${resource}`;
  return leafOf<number | null>(inside(container, "resources", "limits", resource), { urn: at.urn, property }, parse, {
    default: null,
  });
}

export function readImage(container: Value, at: Place): ReadImage {
  const reference = leafOf(inside(container, "image"), { urn: at.urn, property: `${at.property}.image` }, asText);
  return {
    reference,
    pinned: reference.known ? { ...reference, value: reference.value.includes("@sha256:") } : reference,
  };
}

export function readPorts(container: Value, at: Place): readonly Leaf<number>[] {
  return listOf(inside(container, "ports")).map((port) =>
    leafOf(inside(port, "containerPort"), { urn: at.urn, property: `${at.property}.ports[].containerPort` }, asNumber),
  );
}

const roles = [
  ["liveness", "livenessProbe"],
  ["readiness", "readinessProbe"],
  ["startup", "startupProbe"],
] as const;

/** Probes of a container, sorted by role. */
export function readProbes(container: Value, at: Place): readonly ReadProbe[] {
  return roles.flatMap(([role, property]) => {
    const probe = inside(container, property);
    return probe === undefined ? [] : [readProbe(probe, role, { ...at, property: `${at.property}.${property}` })];
  });
}

function readProbe(probe: Value, role: Probe["role"], at: Place): ReadProbe {
  const { value: defaults } = kubernetesDefaults.probe;
  const number = (property: keyof typeof defaults): Leaf<number> =>
    leafOf(inside(probe, property), { urn: at.urn, property: `${at.property}.${property}` }, asNumber, {
      default: defaults[property],
    });
  return {
    role: known(role, at.urn),
    check: readCheck(probe, at),
    intervalSeconds: number("periodSeconds"),
    timeoutSeconds: number("timeoutSeconds"),
    failures: number("failureThreshold"),
    successes: number("successThreshold"),
  };
}

function readCheck(probe: Value, at: Place): Exclude<ReadProbe, { known: false }>["check"] {
  if (isUnknownValue(probe)) return unknown(at.urn, at.property, probe.$unknown);
  const http = inside(probe, "httpGet");
  if (http !== undefined)
    return {
      kind: "http",
      path: leafOf(inside(http, "path"), { urn: at.urn, property: `${at.property}.httpGet.path` }, asText, {
        default: "/",
      }),
    };
  if (inside(probe, "tcpSocket") !== undefined) return { kind: "tcp" };
  if (inside(probe, "grpc") !== undefined) return { kind: "grpc" };
  const words = listOf(inside(probe, "exec", "command")).flatMap((word) => (typeof word === "string" ? [word] : []));
  if (words.length === 0) return unknown(at.urn, at.property, "unreadable");
  const [shell, flag, script, ...rest] = words;
  const inShell = /(^|\/)(ba|da|a)?sh$/.test(shell ?? "") && flag === "-c" && script !== undefined && rest.length === 0;
  return { kind: "command", command: known(inShell ? script : words.join(" "), at.urn) };
}

/** Plain settings of a container, and secrets by reference; both sorted by name. `storeOf` says who keeps a Secret. */
export function readEnvironment(
  container: Value,
  at: Place,
  more: readonly (readonly [string, string])[],
  storeOf: (secret: string) => SecretStore,
): {
  readonly environment: readonly Named[];
  readonly secrets: readonly Kept[];
  readonly configMaps?: readonly Mapped[];
} {
  const environment = new Map<string, Named>(
    more.map(([name, value]) => [name, { name: known(name, at.urn), value: known(value, at.urn) }]),
  );
  const secrets = new Map<string, Kept>();
  const maps = new Map<string, Mapped>();
  for (const each of listOf(inside(container, "env"))) {
    const name = asText(inside(each, "name") ?? null);
    if (name === undefined) continue;
    const secret = inside(each, "valueFrom", "secretKeyRef", "name");
    const map = inside(each, "valueFrom", "configMapKeyRef");
    if (inside(each, "valueFrom") === undefined)
      environment.set(name, {
        name: known(name, at.urn),
        value: leafOf(inside(each, "value"), { urn: at.urn, property: `${at.property}.env[].value` }, asText, {
          default: "",
        }),
      });
    else if (map !== undefined) {
      const from = { urn: at.urn, property: `${at.property}.env[].valueFrom.configMapKeyRef` };
      maps.set(name, {
        name: known(name, at.urn),
        map: leafOf(inside(map, "name"), from, asText),
        key: leafOf(inside(map, "key"), from, asText),
      });
    } else if (secret !== undefined)
      secrets.set(name, {
        name: known(name, at.urn),
        store:
          typeof secret === "string"
            ? known(storeOf(secret), at.urn)
            : unknown(at.urn, `${at.property}.env[].valueFrom`, "unreadable"),
      });
  }
  const sorted = <T>(map: ReadonlyMap<string, T>): readonly T[] =>
    [...map].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, value]) => value);
  return {
    environment: sorted(environment),
    secrets: sorted(secrets),
    ...(maps.size === 0 ? {} : { configMaps: sorted(maps) }),
  };
}
