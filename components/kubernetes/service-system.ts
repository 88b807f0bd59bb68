import type { Environment, System } from "../../model";
import { nowOr, picked } from "../component-arguments";
import type { Place } from "../component-request";
import { due, probeOf, serviceFacts, serviceSystem } from "../service-facts";
import { laterSecret } from "./secrets";
import type { ServiceArgs } from "./service-args";

/** A program in JavaScript may leave out anything. */
export type Said = Partial<ServiceArgs>;

/** What components of every kind call the same. */
export type Placed = Omit<Said, "ports" | "transform">;

/** Where a component stands, and the namespace that the program's configuration names. */
export interface KubernetesPlace extends Place {
  readonly namespace: string;
}

/** The service, and its cache, as a system of the planner. */
export function systemOf(name: string, args: Said): System {
  const facts = serviceFacts(args, (variable) => `${laterSecret(name)}/${variable}`);
  return serviceSystem(name, args, {
    ...facts,
    ...picked(args, ["limits", "metrics", "restMemoryMiB", "drainSeconds", "command", "ports", "configMaps"]),
    probes: {
      ...facts.probes,
      ...(args.live === undefined ? {} : { live: probeOf(args.live) }),
      ...(args.startup === undefined ? {} : { startup: probeOf(args.startup) }),
    },
  });
}

/** Zones of EKS (us-east-1a) and of GKE (us-central1-a), which hold their region's name. */
const CLOUD_ZONE = /^([a-z]+(?:-[a-z]+)+-?\d+)-?[a-z]$/;

/** The region that the arguments say; undefined where they say none. */
export function regionOf({ region, zones }: Placed): string | undefined {
  if (region !== undefined) return region;
  const found = new Set((Array.isArray(zones) ? zones : []).map((zone) => CLOUD_ZONE.exec(String(zone))?.[1]));
  const [only, ...others] = found;
  return others.length > 0 ? undefined : only;
}

/** Stands for a region that nobody said; nothing is built with it. */
const NO_REGION = "region";

/** The namespace that the arguments say, else the configuration's. */
export function namespaceOf({ namespace }: Placed, place: KubernetesPlace): string {
  // A program in JavaScript may give anything; the planner's checks tell.
  if (typeof namespace !== "object") return place.namespace;
  return "create" in namespace ? namespace.create : namespace.existing;
}

/** What the service stands in, as an environment. */
export function environmentOf(name: string, args: Placed, place: KubernetesPlace): Environment {
  const { tier = "prod", serviceAccount } = args;
  const region = regionOf(args) ?? NO_REGION;
  return {
    tier,
    regions: { [region]: { zones: due(args.zones) } },
    kubernetes: {
      // The provider is the cluster: nobody asks for its context.
      clusters: { [region]: { context: "the provider's" } },
      nodes: due(args.nodes),
      namespace: args.namespace ?? { existing: place.namespace },
      ...(serviceAccount === undefined ? {} : { serviceAccounts: { [name]: serviceAccount } }),
      ...picked(args, ["has", "prometheusLabels", "priorityClass", "secretStore", "storageClass"]),
    },
    // Of the cluster's network, and of whom its alerts reach, nothing is built here.
    network: { create: true, nat: "one" },
    alerts: { emails: ["nobody@example.com"] },
    ...picked(args, ["protect"]),
  };
}

const choices = [
  "deploys",
  "budget",
  "utilisationCeiling",
  "headroom",
  "elastic",
  "surgeShare",
  "minReplicas",
  "replicaDropShare",
  "registries",
  "waivers",
] as const;

/** The rest, as a stack says it. */
export function configOf(name: string, args: Placed, { stack }: Place): Readonly<Record<string, unknown>> {
  return {
    system: name,
    environment: stack,
    target: "kubernetes",
    load: args.load,
    images: args.image === undefined ? {} : { [name]: nowOr(args.image, LATER_IMAGE) },
    ...(args.size === undefined ? {} : { sizes: { [name]: args.size } }),
    ...(args.replicas === undefined ? {} : { replicas: { [name]: args.replicas } }),
    ...picked(args, choices),
  };
}

/** Stands for an image that is known only after deploy; nothing is built with it. */
const LATER_IMAGE = "registry.invalid/known-after-deploy:later";
