import { processorOf } from "../catalog/kubernetes";
import type { Environment, Path, Setting, StackConfig, Target, Workload } from "../model";
import type { MistakeList } from "./request-mistakes";

/** Words of AWS that change nothing in a cluster, and what says the same there. */
const words = {
  spotShare: "which nodes are Spot their owner says; leave it out",
  quotas: "limits of AWS; of a namespace a quota is kubernetes.quota of the environment",
  logs: "what collects lines is the cluster's own; leave it out",
} as const;

const ownWords = ["spotShare", "logs"] as const;

/**
 * Words of a stack's own YAML that would change nothing where it is built. What systems and environments say is for the stacks of every target that
 * share them, and is refused nowhere.
 */
export function checkElsewhere(
  config: Partial<StackConfig>,
  environment: Pick<Environment, "kubernetes"> | undefined,
  workloads: Readonly<Record<string, Workload>>,
  list: MistakeList,
): void {
  checkLeast(config, workloads, list);
  if (config.target !== "kubernetes") return;
  const refuse = (path: Path, given: unknown, fix: string): void =>
    list.add("yaml", path, given, "not on kubernetes", fix);
  for (const [word, fix] of Object.entries(words)) {
    const given = config[word as keyof typeof words];
    if (given !== undefined) refuse([word], given, fix);
  }
  for (const [name, own] of Object.entries(config.workloads ?? {}))
    for (const word of ownWords) {
      const given = own[word];
      if (given !== undefined) refuse(["workloads", name, word], given, words[word]);
    }
  checkProcessor(config, environment, list);
}

/** Of a system or an environment, whose stacks are of several targets: what changes nothing in a cluster. */
const SHARED = /^(?:quotas\..*|(?:workloads\.[^.]+\.)?(?:spotShare|logs)|architecture)$/;

/** Settings, with those marked that change nothing on the stack's target. */
export function withUnused(settings: readonly Setting[], target: Target): readonly Setting[] {
  if (target !== "kubernetes") return settings;
  return settings.map((setting) => {
    const said = setting.from === "system" || setting.from === "environment";
    return said && SHARED.test(setting.key) ? { ...setting, unused: true } : setting;
  });
}

/** Pods run on the processor that their nodes have. */
function checkProcessor(
  { architecture }: Partial<StackConfig>,
  environment: Pick<Environment, "kubernetes"> | undefined,
  list: MistakeList,
): void {
  const nodes = environment?.kubernetes?.nodes;
  if (architecture === undefined || nodes === undefined) return;
  const { platform, machine } = nodes;
  const found = processorOf(platform, machine);
  // A machine that is not known is a mistake of its own.
  if (found === architecture || (found === null && platform !== "other")) return;
  if (found === null)
    list.add(
      "yaml",
      ["architecture"],
      architecture,
      `not on kubernetes with nodes of platform ${platform}: pods run on the processor of their nodes, and of ${machine} nobody says which it is`,
      "leave it out",
    );
  else
    list.add(
      "yaml",
      ["architecture"],
      architecture,
      `nodes of the environment are ${machine}, which is ${found}: pods run on the processor of their nodes`,
      `leave it out, or take a machine of ${architecture} in kubernetes.nodes, for example ${example[platform === "gke" ? "gke" : "eks"][architecture]}`,
    );
}

const example = {
  eks: { x86_64: "m7i.xlarge", arm64: "m7g.xlarge" },
  gke: { x86_64: "n4-standard-4", arm64: "c4a-standard-4" },
} as const;

/** The least of each service says nothing where there is none. */
function checkLeast(
  { minReplicas }: Partial<StackConfig>,
  workloads: Readonly<Record<string, Workload>>,
  list: MistakeList,
): void {
  if (minReplicas === undefined) return;
  const all = Object.entries(workloads);
  if (all.length === 0 || all.some(([, { kind }]) => kind === "service")) return;
  const [store] = all.find(([, { kind }]) => kind === "store") ?? [];
  list.add(
    "yaml",
    ["minReplicas"],
    minReplicas,
    "the least of each service, and the system has none",
    store === undefined ? "leave it out" : `replicas: { ${store}: { min: ${minReplicas} } }`,
  );
}
