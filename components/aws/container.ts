import type { ReplicaGroup } from "../../model";

/** What a container needs and no Part holds. All of it is literal: a task definition's document holds no Output. */
export interface ContainerFacts {
  readonly name: string;
  readonly region: string;
  /** null: the container's output is kept by nobody. */
  readonly logGroup: string | null;
  /** Parameter's name, or a secret's or parameter's ARN, by environment variable. */
  readonly valueFrom: Readonly<Record<string, string>>;
  readonly command: readonly string[] | null;
  /** From container start to the first passed probe. */
  readonly startSeconds: number;
  /** Name of the first port, which Service Connect refers to; null: none. */
  readonly portName: string | null;
  /** null: TCP, passed through. */
  readonly protocol: "http" | "http2" | "grpc" | null;
  readonly writableRoot: boolean;
}

/** Volume that takes temporary files, since the root file system is read-only. */
export const temporaryVolume = "temporary";

/** The container definitions of a replica, as ECS' JSON. */
export function containerDefinitions(part: ReplicaGroup, facts: ContainerFacts): string {
  return JSON.stringify([
    {
      name: facts.name,
      image: part.image.reference,
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
      ...healthCheck(part, facts.startSeconds),
      stopTimeout: part.drainSeconds,
      // Zombies are reaped and signals reach the process, so that requests in flight can end.
      linuxParameters: { initProcessEnabled: true },
      readonlyRootFilesystem: !facts.writableRoot,
      ...(facts.writableRoot
        ? {}
        : { mountPoints: [{ sourceVolume: temporaryVolume, containerPath: "/tmp", readOnly: false }] }),
      ...(facts.logGroup === null ? {} : { logConfiguration: logConfiguration(facts.logGroup, facts.region) }),
    },
  ]);
}

/** ECS waits at most that long before failed checks count (Amazon ECS API, HealthCheck). */
const LONGEST_START_PERIOD_SECONDS = 300;

function healthCheck(part: ReplicaGroup, startSeconds: number): object {
  const [probe] = part.probes;
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

function logConfiguration(group: string, region: string): object {
  return {
    logDriver: "awslogs",
    options: {
      "awslogs-group": group,
      "awslogs-region": region,
      "awslogs-stream-prefix": "task",
      // A slow log service must not stop the service: beyond the buffer, lines are lost, not requests.
      mode: "non-blocking",
      "max-buffer-size": "25m",
    },
  };
}
