import type { LogChoice, LogDestination, LogRouter, Request, ServiceWorkload, SidecarFacts } from "../model";

/** What the router's container is called in every replica. */
export const LOG_ROUTER = "log-router";

/** A service whose lines go there: a router runs beside it as a sidecar does, is counted as one, and ends with the replica. */
export function loggingTo(facts: ServiceWorkload, logs: LogChoice): ServiceWorkload {
  const router = routerOf(logs);
  if (router === undefined) return { ...facts, logs };
  // One of the same name stays, and is a mistake that is told.
  return { ...facts, logs, sidecars: { [LOG_ROUTER]: besideOf(router), ...facts.sidecars } };
}

/** The router among the choices. */
export function routerOf(logs: LogChoice | undefined): LogRouter | undefined {
  return typeof logs === "object" && "router" in logs ? logs.router : undefined;
}

function besideOf({ image, cpuMillis, memoryMiB, command, environment, secrets, health }: LogRouter): SidecarFacts {
  return {
    image,
    cpuMillis,
    memoryMiB,
    ...(command === undefined ? {} : { command }),
    ...(environment === undefined ? {} : { environment }),
    ...(secrets === undefined ? {} : { secrets }),
    ...(health === undefined ? {} : { health }),
    essential: true,
    // Lines of a service that starts before its router are lost.
    awaited: health === undefined ? "started" : "healthy",
  };
}

/** Where the lines of a service go. */
export function planLogs(
  request: Pick<Request, "logDays" | "region">,
  { logs }: ServiceWorkload,
): LogDestination | null {
  if (logs === "none") return null;
  if (logs === undefined || logs === "create") return { kind: "group", keepDays: request.logDays };
  if ("existing" in logs) return { kind: "existing", ...groupOf(logs.existing.group, request.region) };
  const { router } = logs;
  return { kind: "router", router: LOG_ROUTER, output: outputOf(router), keepDays: request.logDays };
}

/** A group by its name is in the stack's region; an ARN says its own. */
function groupOf(reference: string, region: string): { readonly group: string; readonly region: string } {
  const [, own, group] = /^arn:[^:]+:logs:([^:]+):\d+:log-group:([^:]+)/.exec(reference) ?? [];
  return { group: group ?? reference, region: own ?? region };
}

/** Fluent Bit calls it Name, in any letters; fluentd @type. */
export function outputOf({ type, options }: Pick<LogRouter, "type" | "options">): string | null {
  const wanted = type === "fluentd" ? "@type" : "name";
  return Object.entries(options).find(([key]) => key.toLowerCase() === wanted)?.[1] ?? null;
}

/** Port of the destination, where its options say one. */
export function portOfOutput({ options }: Pick<LogRouter, "options">): number | null {
  const said = Number(Object.entries(options).find(([key]) => key.toLowerCase() === "port")?.[1] ?? Number.NaN);
  return Number.isInteger(said) && said > 0 && said <= 65_535 ? said : null;
}
