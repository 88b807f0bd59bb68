import type { Image, LogRouter, Probe, ReplicaGroup, Sidecar } from "../../model";

/** What a container needs and no Part holds. All of it is literal: a task definition's document holds no Output. */
export interface ContainerFacts {
  readonly name: string;
  readonly region: string;
  /** The group that is made; null: none is. */
  readonly logGroup: string | null;
  /** What the router of the Part's logs is told; null: there is none. */
  readonly logRouter: LogRouterFacts | null;
  /** Parameter's name, or a secret's or parameter's ARN, by environment variable. */
  readonly valueFrom: Readonly<Record<string, string>>;
  readonly command: readonly string[] | null;
  /** By name. */
  readonly sidecars: Readonly<
    Record<string, { readonly valueFrom: Readonly<Record<string, string>>; readonly command: readonly string[] | null }>
  >;
  /** ARN of the secret that opens the registry, by image. */
  readonly registrySecrets: Readonly<Record<string, string>>;
  /** From container start to the first passed probe. */
  readonly startSeconds: number;
  /** Name of the first port, which Service Connect refers to; null: none. */
  readonly portName: string | null;
  /** null: TCP, passed through. */
  readonly protocol: "http" | "http2" | "grpc" | null;
  readonly writableRoot: boolean;
}

/** What a log router needs and no Part holds. */
export type LogRouterFacts = Pick<LogRouter, "type" | "options" | "secretOptions" | "configFile">;

/** Volume that takes temporary files, since the root file system is read-only. */
export const temporaryVolume = "temporary";

/** The container definitions of a replica, as ECS' JSON. */
export function containerDefinitions(part: ReplicaGroup, facts: ContainerFacts): string {
  return JSON.stringify([
    {
      name: facts.name,
      ...imageOf(part.image, facts),
      essential: true,
      ...(facts.command === null ? {} : { command: facts.command }),
      portMappings: part.ports.map((port, index) => ({
        containerPort: port,
        protocol: "tcp",
        ...(index === 0 && facts.portName !== null ? { name: facts.portName } : {}),
        ...(index === 0 && facts.portName !== null && facts.protocol !== null ? { appProtocol: facts.protocol } : {}),
      })),
      environment: part.environment.map(({ name, value }) => ({ name, value })),
      secrets: part.secrets.map(({ name }) => ({ name, valueFrom: facts.valueFrom[name] })),
      ...healthCheck(part.probes[0] ?? null, facts.startSeconds),
      ...dependencies(part),
      stopTimeout: part.drainSeconds,
      // Zombies are reaped and signals reach the process, so that requests in flight can end.
      linuxParameters: { initProcessEnabled: true },
      readonlyRootFilesystem: !facts.writableRoot,
      ...(facts.writableRoot
        ? {}
        : { mountPoints: [{ sourceVolume: temporaryVolume, containerPath: "/tmp", readOnly: false }] }),
      ...logging(part, facts, facts.name, "task"),
    },
    ...part.sidecars.map((sidecar) => sidecarDefinition(part, sidecar, facts)),
  ]);
}

function imageOf({ reference, login }: Image, { registrySecrets }: ContainerFacts): object {
  if (login !== true) return { image: reference };
  const credentialsParameter = registrySecrets[reference];
  if (credentialsParameter === undefined)
    throw new RangeError(`${reference}: its registry asks who pulls, and no secret is given`);
  return { image: reference, repositoryCredentials: { credentialsParameter } };
}

/** 1,024 CPU units are one vCPU (Amazon ECS API, TaskDefinition). */
export const CPU_UNITS_PER_VCPU = 1024;

function sidecarDefinition(part: ReplicaGroup, sidecar: Sidecar, facts: ContainerFacts): object {
  const own = facts.sidecars[sidecar.name] ?? { valueFrom: {}, command: null };
  return {
    name: sidecar.name,
    ...imageOf(sidecar.image, facts),
    essential: sidecar.essential,
    ...(sidecar.cpuMillis === null ? {} : { cpu: Math.round((sidecar.cpuMillis * CPU_UNITS_PER_VCPU) / 1000) }),
    ...(sidecar.memoryMiB === null ? {} : { memory: sidecar.memoryMiB }),
    ...(own.command === null ? {} : { command: own.command }),
    portMappings: sidecar.ports.map((port) => ({ containerPort: port, protocol: "tcp" })),
    environment: sidecar.environment.map(({ name, value }) => ({ name, value })),
    secrets: sidecar.secrets.map(({ name }) => ({ name, valueFrom: own.valueFrom[name] })),
    ...healthCheck(sidecar.probe, 0),
    // As long as the service has for its last requests: it may still need the sidecar.
    stopTimeout: part.drainSeconds,
    ...(part.logs?.kind === "router" && part.logs.router === sidecar.name ? routing(facts) : {}),
    ...logging(part, facts, sidecar.name, sidecar.name),
  };
}

const CONDITIONS: Readonly<Record<NonNullable<Sidecar["awaited"]>, string>> = {
  started: "START",
  healthy: "HEALTHY",
  done: "SUCCESS",
};

/** What the service's own container waits for. */
function dependencies({ sidecars }: ReplicaGroup): object {
  const dependsOn = sidecars.flatMap(({ name, awaited }) =>
    awaited === null ? [] : [{ containerName: name, condition: CONDITIONS[awaited] }],
  );
  return dependsOn.length === 0 ? {} : { dependsOn };
}

/** ECS waits at most that long before failed checks count (Amazon ECS API, HealthCheck). */
const LONGEST_START_PERIOD_SECONDS = 300;

function healthCheck(probe: Probe | null, startSeconds: number): object {
  if (probe?.check.kind !== "command") return {};
  return {
    healthCheck: {
      command: ["CMD-SHELL", probe.check.command],
      interval: probe.intervalSeconds,
      timeout: probe.timeoutSeconds,
      retries: probe.failures,
      startPeriod: Math.min(LONGEST_START_PERIOD_SECONDS, Math.ceil(startSeconds)),
    },
  };
}

/** Where a container's lines go: a router's own go to a group, since nobody else sends them. */
function logging({ logs, workload }: ReplicaGroup, facts: ContainerFacts, container: string, prefix: string): object {
  if (logs === null) return {};
  // A group that others share: its streams begin with whose they are.
  if (logs.kind === "existing") return { logConfiguration: awslogs(logs.group, logs.region, workload) };
  if (logs.kind === "group" || logs.router === container)
    return facts.logGroup === null ? {} : { logConfiguration: awslogs(facts.logGroup, facts.region, prefix) };
  return { logConfiguration: throughRouter(facts) };
}

function awslogs(group: string, region: string, prefix: string): object {
  return {
    logDriver: "awslogs",
    options: {
      "awslogs-group": group,
      "awslogs-region": region,
      "awslogs-stream-prefix": prefix,
      // A slow log service must not stop the service: beyond the buffer, lines are lost, not requests.
      mode: "non-blocking",
      "max-buffer-size": "25m",
    },
  };
}

function throughRouter({ logRouter }: ContainerFacts): object {
  const secrets = Object.entries(logRouter?.secretOptions ?? {});
  return {
    logDriver: "awsfirelens",
    options: { ...logRouter?.options },
    ...(secrets.length === 0
      ? {}
      : { secretOptions: secrets.map(([name, { existing }]) => ({ name, valueFrom: existing })) }),
  };
}

function routing({ logRouter }: ContainerFacts): object {
  const { type = "fluentbit", configFile } = logRouter ?? {};
  return {
    firelensConfiguration: {
      type,
      ...(configFile === undefined ? {} : { options: { "config-file-type": "file", "config-file-value": configFile } }),
    },
    // ECS sets it, and takes no other; left out, each deployment would find it changed.
    user: "0",
  };
}
