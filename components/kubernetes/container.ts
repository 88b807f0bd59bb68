import type { types } from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { Probe, ReplicaGroup, Sidecar } from "../../model";
import { cpuText, memoryText } from "../../catalog/kubernetes";
import { containerSecurity } from "./pod-security";
import { probe } from "./probe";

type Container = types.input.core.v1.Container;
type EnvVar = types.input.core.v1.EnvVar;

/** Scratch space of a container, a part of its node's disk: what it counts on, and what it may take. */
const SCRATCH = { request: "64Mi", limit: "512Mi" };

/** A key of a Secret. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

export interface ContainerFacts {
  readonly name: string;
  readonly image: pulumi.Input<string>;
  /** By its digest: what a node has is what is meant. */
  readonly pinned: boolean;
  readonly command: readonly string[] | null;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets: Readonly<Record<string, SecretKey>>;
  /** @default - none */
  readonly configMaps?: ReplicaGroup["configMaps"];
  readonly probes: readonly Probe[];
  readonly cpuMillis: number | null;
  readonly memoryMiB: number | null;
  readonly cpuLimitMillis: number | null;
  readonly memoryLimitMiB: number | null;
  readonly stopDelaySeconds: number;
  readonly writableRoot: boolean;
}

/** Names of a container's ports: the first is the one that callers use. */
export function portsOf(ports: readonly number[]): ContainerFacts["ports"] {
  return ports.map((port, index) => ({ name: index === 0 ? "main" : `port-${port}`, port }));
}

/** One container: what it runs, asks for, may take, and how its node looks after it. */
export function container(facts: ContainerFacts): Container {
  const [first] = facts.ports;
  const probeOf = (role: Probe["role"]) => {
    const found = facts.probes.find((each) => each.role === role);
    return found === undefined ? undefined : probe(found, first?.name ?? "");
  };
  const [startup, readiness, liveness] = [probeOf("startup"), probeOf("readiness"), probeOf("liveness")];
  return {
    name: facts.name,
    image: facts.image,
    imagePullPolicy: facts.pinned ? "IfNotPresent" : "Always",
    ...(facts.command === null ? {} : { command: [...facts.command] }),
    ...(facts.ports.length === 0
      ? {}
      : { ports: facts.ports.map(({ name, port }) => ({ name, containerPort: port, protocol: "TCP" })) }),
    ...environment(facts),
    resources: {
      requests: { ...amounts(facts.cpuMillis, facts.memoryMiB), "ephemeral-storage": SCRATCH.request },
      limits: { ...amounts(facts.cpuLimitMillis, facts.memoryLimitMiB), "ephemeral-storage": SCRATCH.limit },
    },
    ...(startup === undefined ? {} : { startupProbe: startup }),
    ...(readiness === undefined ? {} : { readinessProbe: readiness }),
    ...(liveness === undefined ? {} : { livenessProbe: liveness }),
    ...(facts.stopDelaySeconds > 0 ? { lifecycle: { preStop: { sleep: { seconds: facts.stopDelaySeconds } } } } : {}),
    ...containerSecurity(facts.writableRoot),
    volumeMounts: [{ name: "tmp", mountPath: "/tmp" }],
  };
}

function environment({ environment: plain, secrets, configMaps = [] }: ContainerFacts): Pick<Container, "env"> {
  const env: EnvVar[] = [
    ...plain.map(({ name, value }) => ({ name, value })),
    ...Object.entries(secrets).map(([name, ref]) => ({ name, valueFrom: { secretKeyRef: { ...ref } } })),
    ...configMaps.map(({ name, map, key }) => ({ name, valueFrom: { configMapKeyRef: { name: map, key } } })),
  ];
  return env.length === 0 ? {} : { env };
}

function amounts(cpuMillis: number | null, memoryMiB: number | null): Record<string, string> {
  return {
    ...(cpuMillis === null ? {} : { cpu: cpuText(cpuMillis) }),
    ...(memoryMiB === null ? {} : { memory: memoryText(memoryMiB) }),
  };
}

/** What a sidecar is told that no Part holds. */
export interface SidecarWords {
  readonly command?: readonly string[];
  readonly secrets: Readonly<Record<string, SecretKey>>;
}

/**
 * Containers beside the main one. What the main one waits for runs first: to its end, or as a sidecar that goes on; all others start with it.
 */
export function besides(
  sidecars: readonly Sidecar[],
  words: Readonly<Record<string, SidecarWords>>,
): { readonly first: readonly Container[]; readonly together: readonly Container[] } {
  const built = sidecars.map((sidecar) => ({ sidecar, container: beside(sidecar, words[sidecar.name]) }));
  return {
    first: built
      .filter(({ sidecar }) => sidecar.awaited !== null)
      .map(({ sidecar, container: each }) =>
        sidecar.awaited === "done" ? each : { ...each, restartPolicy: "Always" },
      ),
    together: built.filter(({ sidecar }) => sidecar.awaited === null).map(({ container: each }) => each),
  };
}

function beside(sidecar: Sidecar, words: SidecarWords | undefined): Container {
  const probes: readonly Probe[] =
    sidecar.probe === null
      ? []
      : sidecar.awaited === "healthy"
        ? [{ ...sidecar.probe, role: "startup" }]
        : [sidecar.probe];
  return container({
    name: sidecar.name,
    image: sidecar.image.reference,
    pinned: sidecar.image.pinned,
    command: words?.command ?? null,
    ports: sidecar.ports.map((port) => ({ name: `port-${port}`, port })),
    environment: sidecar.environment,
    secrets: words?.secrets ?? {},
    probes,
    cpuMillis: sidecar.cpuMillis,
    memoryMiB: sidecar.memoryMiB,
    cpuLimitMillis: null,
    memoryLimitMiB: sidecar.memoryMiB,
    stopDelaySeconds: 0,
    writableRoot: false,
  });
}

/** What the main container has of the replica's size: what its sidecars leave. */
export function ownSize({ size, sidecars }: Pick<ReplicaGroup, "size" | "sidecars">): ReplicaGroup["size"] {
  const running = sidecars.filter(({ awaited }) => awaited !== "done");
  const taken = (of: (each: Sidecar) => number | null): number =>
    running.reduce((sum, each) => sum + (of(each) ?? 0), 0);
  return {
    cpuMillis: size.cpuMillis - taken(({ cpuMillis }) => cpuMillis),
    memoryMiB: size.memoryMiB - taken(({ memoryMiB }) => memoryMiB),
  };
}
