import type { HealthProbe, Probe, ServiceWorkload } from "../../model";

/** A start that takes longer than was ever seen is still no failure: so much more than the slowest. */
const START_ALLOWANCE = 1.5;
/** Seconds from one look at a starting pod to the next. */
const START_PERIOD_SECONDS = 5;
/** A process that hangs is found later than one that is busy: twice as many failures as take it out of service. */
const LIVE_PATIENCE = 2;

/**
 * Probes of a pod, sorted by role. readiness is the workload's health. liveness asks a path of its own or nothing but the port: never what
 * readiness asks, or a dependency that is down would restart every pod. startup holds both back until the process has begun.
 * @param slowestStart seconds, the longest that is believed
 */
export function replicaProbes({ probes }: Pick<ServiceWorkload, "probes">, slowestStart: number): readonly Probe[] {
  const { health, live, startup } = probes;
  const ready = probeOf("readiness", health, { failures: 3, successes: 1 });
  const period = startup?.intervalSeconds ?? START_PERIOD_SECONDS;
  const alive = live ?? { ...health, path: undefined, command: undefined };
  return [
    probeOf("liveness", alive, { failures: ready.failures * LIVE_PATIENCE, successes: 1 }, live === undefined),
    ready,
    {
      ...probeOf("startup", startup ?? alive, { failures: 1, successes: 1 }),
      intervalSeconds: period,
      // Ended before the next look begins.
      timeoutSeconds:
        startup?.timeoutSeconds ?? Math.max(1, Math.min(period - 1, health.timeoutSeconds ?? TIMEOUT_SECONDS)),
      failures: startup?.failures ?? Math.max(3, Math.ceil((slowestStart * START_ALLOWANCE) / period)),
    },
  ];
}

const INTERVAL_SECONDS = 30;
const TIMEOUT_SECONDS = 5;

function probeOf(
  role: Probe["role"],
  probe: { readonly [K in keyof HealthProbe]?: HealthProbe[K] | undefined },
  fallback: Pick<Probe, "failures" | "successes">,
  patient = false,
): Probe {
  return {
    role,
    check:
      probe.command !== undefined
        ? { kind: "command", command: probe.command }
        : probe.path === undefined
          ? { kind: "tcp" }
          : { kind: "http", path: probe.path },
    intervalSeconds: probe.intervalSeconds ?? INTERVAL_SECONDS,
    timeoutSeconds: probe.timeoutSeconds ?? TIMEOUT_SECONDS,
    failures: patient ? fallback.failures : (probe.failures ?? fallback.failures),
    // More than one passed check is asked of readiness alone (Kubernetes API, Probe.successThreshold).
    successes: role === "readiness" ? (probe.successes ?? fallback.successes) : 1,
  };
}
