import type { Image, Request, ServiceWorkload, Sidecar, SidecarFacts } from "../model";
import { loginFor } from "./registries";
import { storeOf } from "./secret-store";

/** An image by its reference; whether its registry asks who pulls, and the provider's own store answers. */
export function imageOf(request: Request, reference: string): Image {
  return {
    reference,
    pinned: reference.includes("@sha256:"),
    ...(registrySecret(request, reference) === undefined ? {} : { login: true }),
  };
}

/** ARN of the secret that opens the registry of an image; undefined where anybody may pull, and off AWS. */
export function registrySecret(request: Pick<Request, "chosen" | "target">, reference: string): string | undefined {
  return request.target === "aws" ? loginFor(request.chosen, reference)?.secretArn : undefined;
}

/** What runs beside the service's own container. */
export function planSidecars(request: Request, facts: ServiceWorkload): readonly Sidecar[] {
  return Object.entries(facts.sidecars ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, sidecar]) => ({
      name,
      image: imageOf(request, sidecar.image),
      cpuMillis: sidecar.cpuMillis,
      memoryMiB: sidecar.memoryMiB,
      essential: sidecar.essential ?? true,
      ports: sidecar.ports ?? [],
      environment: sortedByName(
        Object.entries(sidecar.environment ?? {}).map(([key, value]) => ({ name: key, value })),
      ),
      secrets: sortedByName(
        Object.entries(sidecar.secrets ?? {}).map(([key, reference]) => ({ name: key, store: storeOf(reference) })),
      ),
      probe: probeOf(sidecar),
      awaited: sidecar.awaited ?? null,
    }));
}

/** What sidecars take of a replica. */
export function sidecarsTake({ sidecars = {} }: Pick<ServiceWorkload, "sidecars">): {
  readonly cpuMillis: number;
  readonly memoryMiB: number;
} {
  const all = Object.values(sidecars);
  return {
    cpuMillis: all.reduce((sum, { cpuMillis }) => sum + cpuMillis, 0),
    memoryMiB: all.reduce((sum, { memoryMiB }) => sum + memoryMiB, 0),
  };
}

function probeOf({ health }: SidecarFacts): Sidecar["probe"] {
  if (health === undefined) return null;
  return {
    role: "liveness",
    check: { kind: "command", command: health.command },
    intervalSeconds: health.intervalSeconds ?? 30,
    timeoutSeconds: health.timeoutSeconds ?? 5,
    failures: health.failures ?? 3,
    successes: 1,
  };
}

function sortedByName<T extends { readonly name: string }>(rows: readonly T[]): readonly T[] {
  return [...rows].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
