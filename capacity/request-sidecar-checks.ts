import type { ServiceWorkload } from "../model";
import type { MistakeList } from "./request-mistakes";
import { checkSetOnce } from "./request-reference-checks";

/** Amazon ECS API, ContainerDefinition name: up to 255 letters, digits, underscores and hyphens. */
const NAME = /^[A-Za-z0-9_-]{1,255}$/;

/** Sidecars whose names or ports are taken, or that are waited for in vain. */
export function checkSidecars(name: string, facts: ServiceWorkload, list: MistakeList): void {
  const owners = new Map<number, string>([facts.port, ...(facts.ports ?? [])].map((port) => [port, name]));
  for (const [sidecar, own] of Object.entries(facts.sidecars ?? {})) {
    const path = ["workloads", name, "sidecars", sidecar];
    if (!NAME.test(sidecar) || sidecar === name)
      list.add(
        "system",
        path,
        sidecar,
        sidecar === name ? `the service's own container is called ${name}` : "letters, digits, - and _, at most 255",
        "rename the sidecar",
      );
    (own.ports ?? []).forEach((port, index) => {
      const owner = owners.get(port);
      if (owner !== undefined)
        list.add(
          "system",
          [...path, "ports", index],
          port,
          `${owner} listens there, and all containers of a replica share one address`,
          "give it another port",
        );
      owners.set(port, sidecar);
    });
    if (own.awaited === "healthy" && own.health === undefined)
      list.add(
        "system",
        [...path, "awaited"],
        "healthy",
        "a sidecar without health check is never found healthy",
        "give it health: { command }",
      );
    if (own.awaited === "done" && (own.essential ?? true))
      list.add(
        "system",
        [...path, "awaited"],
        "done",
        "the replica ends with an essential sidecar, so none may end well before it starts",
        "essential: false",
      );
    checkSetOnce([...path, "secrets"], own.secrets, [own.environment], "the environment", list);
  }
}
