import type { Request, System } from "../../model";
import { argumentPath, isLater } from "../component-arguments";
import { settingsOfArguments, type ComponentKind, type Slip } from "../component-request";
import { reachedBy } from "./reaches";
import type { ClusterArgs, ServiceArgs } from "./service-args";
import {
  configOf,
  environmentOf,
  namespaceOf,
  regionOf,
  systemOf,
  type KubernetesPlace,
  type Placed,
  type Said,
} from "./service-system";

/** Words of every component on Kubernetes. */
const common = {
  zones: true,
  region: true,
  namespace: true,
  nodes: true,
  has: true,
  prometheusLabels: true,
  priorityClass: true,
  secretStore: true,
  storageClass: true,
  load: true,
  survive: true,
  availability: true,
  tier: true,
  protect: true,
  budget: true,
  waivers: true,
  transform: true,
  adopt: true,
} as const satisfies Readonly<Record<keyof ClusterArgs, true>> & Partial<Record<keyof ServiceArgs, true>>;

/** Words that a component has besides. */
export type OwnWords<A> = Readonly<Record<Exclude<keyof A, keyof typeof common>, true>>;

const known: OwnWords<ServiceArgs> = {
  image: true,
  port: true,
  ports: true,
  health: true,
  live: true,
  startup: true,
  serviceTimeMs: true,
  size: true,
  limits: true,
  slotsPerReplica: true,
  startSeconds: true,
  restMemoryMiB: true,
  drainSeconds: true,
  command: true,
  metrics: true,
  latency: true,
  cache: true,
  environment: true,
  secrets: true,
  configMaps: true,
  sidecars: true,
  serviceAccount: true,
  reaches: true,
  callsLeave: true,
  replicas: true,
  deploys: true,
  utilisationCeiling: true,
  headroom: true,
  elastic: true,
  surgeShare: true,
  minReplicas: true,
  replicaDropShare: true,
  registries: true,
};

/** What the container gets: the plan does without. */
const MAY_BE_LATER = /^(image|environment|transform|adopt|reaches)(\.|$)/;

/** Words of other targets, and what says the same here. */
const elsewhere: Readonly<Record<string, string>> = {
  permissions: "serviceAccount: { annotations }, with the role that the cloud gives to it",
  network: "zones, nodes and namespace say where",
  cluster: "the component's option provider says which",
  alerts: "prometheusLabels, and receivers of the cluster's own Alertmanager",
  logs: "what collects lines is the cluster's own",
  prices: "nodes: { ..., perHourUsd }",
  tags: "transform, with labels",
  architecture: "nodes: { machine } says the processor",
  spotShare: "which nodes are Spot their owner says",
  quotas: "a cluster has limits of its own",
};

/** Words of a repository of stacks, and what says the same here. */
const ofStacks: Readonly<Record<string, string>> = {
  calls: "reaches: [db], with components of this program, or { namespace, pods, ports } of somebody else's",
};

/** Starts of the planner's keys, and what stands for each: a component's own words, after those of all. */
type Starts = (name: string) => readonly (readonly [string, string])[];

const serviceStarts: Starts = (name) => [
  [`workloads.${name}-cache`, "cache"],
  [`sizes.${name}`, "size"],
  ["memoryMiB", "size.memoryMiB"],
  ["cpuMillis", "size.cpuMillis"],
  ["probes.", ""],
  ["probes", "health"],
];

/** A component on Kubernetes, by its word, its own arguments and the system that they say. */
export function kubernetesKind<A extends Placed>(
  word: ComponentKind<A>["word"],
  ownWords: readonly string[],
  system: (name: string, args: A) => System,
  place: KubernetesPlace,
  starts: Starts = serviceStarts,
): ComponentKind<A> {
  const argumentNames = [...ownWords, ...Object.keys(common)];
  return {
    word,
    argumentNames,
    mayBeLater: MAY_BE_LATER,
    slips: (given, plain, _, name) => [
      ...slipsOf(given, plain, argumentNames),
      ...callerSlips(plain),
      ...reachedBy({ ...plain, name, namespace: namespaceOf(plain, place) }).slips,
    ],
    systemOf: system,
    environmentOf: (name, args) => environmentOf(name, args, place),
    configOf,
    argumentOf: (key, name, environment) => argumentOf(key, name, environment, starts),
    // Without zones nothing is known of the region.
    hides: (wrong, key) => wrong === "zones" && key === "region",
  };
}

export const serviceKind = (place: KubernetesPlace): ComponentKind<Said> =>
  kubernetesKind<Said>("Service", Object.keys(known), systemOf, place);

const LATER_IMAGE: Slip = {
  key: "image",
  given: "an Output",
  allowed: "must be known before the deploy: whether its registry asks who pulls is planned",
  fix: "write it down, or keep it where nobody is asked",
};

/** What the planner's own checks would not tell. */
function slipsOf(said: Placed, plain: Placed, argumentNames: readonly string[]): readonly Slip[] {
  const words = Object.keys(said).flatMap((key): readonly Slip[] => {
    const fix = argumentNames.includes(key) ? undefined : (elsewhere[key] ?? ofStacks[key]);
    const given = key in ofStacks ? "a word of stacks" : "a word of AWS";
    return fix === undefined ? [] : [{ key, given, allowed: "unknown argument", fix }];
  });
  const asked = isLater(said.image) && Object.keys(plain.registries ?? {}).length > 0;
  const found: readonly Slip[] = asked ? [...words, LATER_IMAGE] : words;
  if (!Array.isArray(plain.zones) || plain.zones.length === 0)
    return [
      ...found,
      {
        key: "zones",
        given: plain.zones,
        allowed: "names of the zones of the cluster's nodes, at least one",
        fix: 'kubectl get nodes -L topology.kubernetes.io/zone; for example ["us-east-1a", "us-east-1b", "us-east-1c"]',
      },
    ];
  if (regionOf(plain) !== undefined) return found;
  return [
    ...found,
    {
      key: "region",
      given: undefined,
      allowed: "nothing says which",
      fix: "give region, as the nodes' label topology.kubernetes.io/region says it",
    },
  ];
}

/** Who may call is no business of the planner's. */
function callerSlips(plain: object): readonly Slip[] {
  const given: unknown = "callers" in plain ? plain.callers : undefined;
  if (given === undefined) return [];
  if (Array.isArray(given) && given.every((each) => typeof each === "string" && each !== "")) return [];
  return [
    {
      key: "callers",
      given,
      allowed: "a list of names of workloads",
      fix: 'their labels app.kubernetes.io/name, for example ["web"]',
    },
  ];
}

/** The planner's key as the argument that it was made of. */
function argumentOf(key: string, name: string, environment: string, starts: Starts): string {
  const path = argumentPath(key, [
    ["nines:", ""],
    [`systems.${name}.`, ""],
    [`environments.${environment}.`, ""],
    [`workloads.${name}.`, ""],
    ["objectives.", ""],
    [`images.${name}`, "image"],
    ["images", "image"],
    [`replicas.${name}`, "replicas"],
    [`kubernetes.serviceAccounts.${name}`, "serviceAccount"],
    ["kubernetes.clusters", "region"],
    ["kubernetes.", ""],
    ...starts(name),
  ]);
  if (path === `workloads.${name}`) return "name";
  return path.replace(/^regions\.[^.]+(\.zones)?/, (_, zones: string | undefined) =>
    zones === undefined ? "region" : "zones",
  );
}

/** Of what stands around a component on other targets. */
const NO_SETTING = /^(network|alerts|cluster|domain|logDays|tags)(\.|$)/;

/** The request, with what stood for things that nobody asked for, or that are known only after deploy, taken out again. */
export function withoutPlaceholders<A extends Placed>(
  kind: Pick<ComponentKind<A>, "argumentOf">,
  request: Request,
  name: string,
  args: A,
): Request {
  const later = new Map<string, unknown>(isLater(args.image) ? [[`images.${name}`, { $unknown: "after-deploy" }]] : []);
  const settings = settingsOfArguments(kind, request.settings, name, args, later);
  return {
    ...request,
    // The planner does without.
    images: isLater(args.image) ? { [name]: "" } : request.images,
    settings: settings.filter(({ key }) => !NO_SETTING.test(key)),
  };
}
