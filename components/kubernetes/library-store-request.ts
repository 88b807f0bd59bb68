import type { StoreFacts, StoreWorkload, System } from "../../model";
import { isLater, laterOnly, picked } from "../component-arguments";
import type { ComponentKind } from "../component-request";
import { objectivesOf } from "../service-facts";
import type { StoreArgs } from "./library-store-args";
import { laterSecret } from "./secrets";
import { kubernetesKind, type OwnWords } from "./service-request";
import type { KubernetesPlace } from "./service-system";

/** A program in JavaScript may leave out anything. */
type Said = Partial<StoreArgs>;

/** The planner's own words of a store. */
const words: Readonly<Record<keyof StoreFacts, true>> = {
  ports: true,
  memoryMiB: true,
  cpuMillis: true,
  limits: true,
  readsPerSecondPerMember: true,
  writesPerSecondPerLeader: true,
  writeShare: true,
  replicationBatchMs: true,
  replicationLagMs: true,
  electionSeconds: true,
  startSeconds: true,
  copyMiBPerSecond: true,
  volumeGiB: true,
  keepVolumes: true,
  dataPath: true,
  probes: true,
  snapshots: true,
  members: true,
  leader: true,
  memoryShare: true,
  environment: true,
  secrets: true,
  configMaps: true,
  command: true,
  drainSeconds: true,
};

const others: OwnWords<Omit<StoreArgs, keyof StoreFacts>> = {
  image: true,
  reaches: true,
  callers: true,
  serviceAccount: true,
  replicas: true,
  deploys: true,
  utilisationCeiling: true,
  headroom: true,
  registries: true,
};

const factNames = Object.keys(words) as readonly (keyof StoreFacts)[];

/** Its arguments are the planner's own words: none is renamed. */
export const storeKind = (place: KubernetesPlace): ComponentKind<Said> =>
  kubernetesKind<Said>("Store", [...factNames, ...Object.keys(others)], storeSystem, place, () => []);

/** A system of one store: whoever reads and writes is elsewhere. */
function storeSystem(name: string, args: Said): System {
  const later = Object.keys(laterOnly(args.environment ?? {}));
  const now = Object.fromEntries(Object.entries(args.environment ?? {}).filter(([, value]) => !isLater(value)));
  const kept = later.map((variable) => [variable, { existing: `${laterSecret(name)}/${variable}` }] as const);
  const secrets = { ...args.secrets, ...Object.fromEntries(kept) };
  const workload = {
    ...picked(args, factNames),
    kind: "store",
    ...(args.environment === undefined ? {} : { environment: now }),
    ...(args.secrets === undefined && later.length === 0 ? {} : { secrets }),
    // What is missing, the planner's own checks tell.
  } as unknown as StoreWorkload;
  return { objectives: objectivesOf(args), workloads: { [name]: workload } };
}
