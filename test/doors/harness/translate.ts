import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { stringify } from "yaml";
import { binary } from "../../cluster/harness/cache";
import type { Condition, KubernetesObject } from "../../cluster/harness/objects";

/** Something of Envoy's configuration, as its JSON has it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- of any message
export type Message = Readonly<Record<string, any>>;

/** What Envoy Gateway makes of objects. */
export interface Translated {
  readonly listeners: readonly Message[];
  readonly routes: readonly Message[];
  readonly clusters: readonly Message[];
  readonly endpoints: readonly Message[];
  /** Conditions that do not hold, with the object and the reason; empty: everything was accepted as it is. */
  readonly refused: readonly string[];
}

/** What Envoy Gateway reads of a stack's objects. */
const READ = new Set([
  "Namespace",
  "Service",
  "Secret",
  "Gateway",
  "HTTPRoute",
  "HTTPRouteFilter",
  "Backend",
  "BackendTLSPolicy",
  "BackendTrafficPolicy",
  "ClientTrafficPolicy",
]);

/** What whoever runs the cluster has made: the class that Gateways name. */
const gatewayClass: KubernetesObject = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "GatewayClass",
  metadata: { name: "eg" },
  spec: { controllerName: "gateway.envoyproxy.io/gatewayclass-controller" },
};

/** Envoy Gateway's own translator over objects as they would be applied. */
export function translate(objects: readonly KubernetesObject[], folder: string): Translated {
  const file = path.join(folder, "objects.yaml");
  const read = [gatewayClass, ...objects.filter(({ kind }) => READ.has(kind))];
  writeFileSync(file, read.map((object) => stringify(object)).join("---\n"));
  const words = ["x", "translate", "--from", "gateway-api", "--to", "gateway-api,xds", "-o", "json", "-f", file];
  const said = spawnSync(binary("egctl"), words, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (said.status !== 0) throw new Error(`egctl ${words.join(" ")}: ${said.stderr}`);
  const { xds, ...status } = JSON.parse(said.stdout) as { readonly xds: Readonly<Record<string, Message>> };
  const configs = Object.values(xds).flatMap(({ configs }) => configs as readonly Message[]);
  const all = (list: string, take: (each: Message) => Message): readonly Message[] =>
    configs.flatMap((config) => ((config[list] ?? []) as readonly Message[]).map((each) => untyped(take(each))));
  return {
    listeners: all("dynamicListeners", (each) => each["activeState"].listener as Message),
    routes: all("dynamicRouteConfigs", (each) => each["routeConfig"] as Message),
    clusters: all("dynamicActiveClusters", (each) => each["cluster"] as Message),
    endpoints: all("dynamicEndpointConfigs", (each) => each["endpointConfig"] as Message),
    refused: refusedIn(status),
  };
}

/** Of a kind that its list says. */
const untyped = (message: Message): Message =>
  Object.fromEntries(Object.entries(message).filter(([key]) => key !== "@type"));

/** Every condition anywhere below that does not hold. */
function refusedIn(value: unknown, called = ""): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => refusedIn(each, called));
  if (typeof value !== "object" || value === null) return [];
  const object = value as Partial<KubernetesObject>;
  const name = object.metadata?.name === undefined ? called : `${object.kind ?? ""} ${object.metadata.name}`;
  return Object.entries(value).flatMap(([key, below]) =>
    key === "conditions" && Array.isArray(below)
      ? (below as readonly Condition[])
          .filter(({ status }) => status !== "True")
          .map(({ type, reason, message }) => `${name}: ${type}: ${reason ?? ""}: ${message ?? ""}`)
      : refusedIn(below, name),
  );
}
