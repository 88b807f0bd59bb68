import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { Engine } from "../../engine/harness/engine";
import { serve } from "../../engine/provider/service";
import { projectCopy, type Project } from "../../engine/harness/project";
import { lacking, notThere, suiteIfThere } from "../../needs";
import { shipped } from "../../stacks";
import type { Cluster } from "./cluster";
import { condition, type KubernetesObject } from "./objects";
import { remembered } from "./running";
import { clusterSuite, testFolder } from "./suite";

/** A shipped stack that the real engine deploys to the control plane. */
export interface Deployed {
  readonly stack: string;
  readonly project: Project;
  readonly engine: Engine;
  /** Says something else of the stack, by key without its namespace. */
  configure(config: Readonly<Record<string, unknown>>): void;
  end(): void;
}

/** A suite that needs the engine and its plugin for Kubernetes beside the control plane: without them it is skipped, by its name. */
export function deployedSuite(name: string, suite: (cluster: () => Cluster) => void): void {
  const why = lacking(["pulumi"]) ?? noPlugin();
  if (why === null) clusterSuite(name, suite);
  else suiteIfThere(why, name, () => suite(notThere));
}

function noPlugin(): string | null {
  const plugin = "pulumi-resource-kubernetes";
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders.some((folder) => existsSync(path.join(folder, plugin))) ? null : `no ${plugin} on PATH`;
}

/** @param contexts Of the kubeconfig; each leads to the one cluster that there is. */
export async function deployed(stack: string, contexts: readonly string[]): Promise<Deployed> {
  const file = shipped.find((each) => each.stack === stack);
  if (file === undefined) throw new Error(`no stack ${stack}`);
  // Passwords are random's, whose provider is a stand-in here.
  const served = await serve();
  const project = projectCopy(served.port);
  const kubeconfig = path.join(project.folder, "kubeconfig");
  writeFileSync(kubeconfig, withContexts(remembered(testFolder())!.kubeconfig, contexts), { mode: 0o600 });
  const engine = new Engine(project, stack, { KUBECONFIG: kubeconfig });
  await engine.init();
  const configure: Deployed["configure"] = (config) => project.configure(stack, { ...file.config, ...config });
  configure({});
  const end = (): void => {
    served.stop();
    project.remove();
  };
  return { stack, project, engine, configure, end };
}

interface Kubeconfig {
  readonly contexts: readonly { readonly context: object }[];
}

/** The kubeconfig of the control plane, with its one context under these names and under none that a stack did not ask for. */
function withContexts(kubeconfig: string, names: readonly string[]): string {
  const config = JSON.parse(readFileSync(kubeconfig, "utf8")) as Kubeconfig;
  const contexts = names.map((name) => ({ ...config.contexts[0], name }));
  return JSON.stringify({ ...config, contexts, "current-context": undefined });
}

/** Stands for the controller of Gateways, and says of each that it is programmed, at an address; it leads nowhere. @returns its end */
export function programsGateways(cluster: Cluster): () => void {
  const every = setInterval(() => void programOnce(cluster).catch(() => undefined), 500);
  return () => clearInterval(every);
}

async function programOnce(cluster: Cluster): Promise<void> {
  const gateways = await cluster.client.list("/apis/gateway.networking.k8s.io/v1/gateways");
  for (const gateway of gateways.filter((each) => condition(each, "Programmed")?.status !== "True"))
    await cluster.client.mergePatch(gateway, { status: statusOf(gateway) }, "/status");
}

function statusOf({ metadata }: KubernetesObject): object {
  const said = { reason: "Programmed", message: "", lastTransitionTime: "2026-01-01T00:00:00Z" };
  return {
    addresses: [{ type: "IPAddress", value: "192.0.2.1" }],
    conditions: ["Accepted", "Programmed"].map((type) => ({
      type,
      status: "True",
      observedGeneration: metadata.generation,
      ...said,
    })),
  };
}
