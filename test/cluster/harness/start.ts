import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import * as path from "node:path";
import { binary, definitionsFile, notBuilt } from "./cache";
import { Client } from "./client";
import type { KubernetesObject } from "./objects";
import { lastWords, runs, start, type Started } from "./processes";
import { endRunning, remember, type Running } from "./running";
import { settings } from "./settings";
import { writeStages } from "./stages";
import { waitFor } from "./wait";

/** Starts a control plane on loopback whose files lie in the folder. What was left there by an earlier one is ended. */
export async function startControlPlane(folder: string): Promise<Running> {
  const lacking = notBuilt();
  if (lacking.length > 0) throw new Error(`not built: ${lacking.join(", ")}. Build it, once: npm run cluster:up`);
  await endRunning(folder);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const processes: Started[] = [];
  const running: Running = { ...(await planned(folder)), processes };
  const run = (name: string, command: string, args: readonly string[]): void => {
    processes.push(start(name, command, args, path.join(folder, `${name}.log`)));
    // Remembered one by one: what fails half-way is ended all the same.
    remember(running);
  };
  try {
    run("etcd", binary("etcd"), settings.etcd(running));
    run("kube-apiserver", binary("kube-apiserver"), settings.apiserver(running));
    await ready(running);
    writeKubeconfig(running);
    run("kube-controller-manager", binary("kube-controller-manager"), settings.controllerManager(running));
    run("kube-scheduler", binary("kube-scheduler"), settings.scheduler(running));
    run("kwok", binary("kwok"), settings.kwok(running));
    run("provisioner", process.execPath, [path.join(__dirname, "../../../scripts/cluster.js"), "provision", folder]);
    await define(running);
    return running;
  } catch (error) {
    const ended = processes.filter((each) => !runs(each)).map((each) => `${each.name} ended:\n${lastWords(each)}`);
    await endRunning(folder);
    throw new Error([`the control plane did not start: ${String(error)}`, ...ended].join("\n"), { cause: error });
  }
}

/** Its ports, keys and files, before anything runs. */
async function planned(folder: string): Promise<Omit<Running, "processes">> {
  const [etcd = 0, etcdPeer = 0, apiserver = 0] = await freePorts(3);
  const token = randomBytes(24).toString("hex");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const secretly = { mode: 0o600 };
  writeFileSync(path.join(folder, "accounts.key"), privateKey.export({ type: "pkcs1", format: "pem" }), secretly);
  writeFileSync(path.join(folder, "tokens.csv"), `${token},nines,nines,"system:masters"\n`, secretly);
  writeStages(path.join(folder, "stages.yaml"));
  return {
    folder,
    server: `https://127.0.0.1:${apiserver}`,
    token,
    certificateFile: path.join(folder, "certificates", "apiserver.crt"),
    kubeconfig: path.join(folder, "kubeconfig"),
    ports: { etcd, etcdPeer, apiserver },
  };
}

/** Held open together, so that no two are the same. */
async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Returns when the API server answers that it is ready; a process that ended instead is an error at once. */
async function ready(running: Running): Promise<void> {
  await waitFor("the API server is ready", async () => {
    const gone = running.processes.find((each) => !runs(each));
    if (gone !== undefined) throw new Error(`${gone.name} ended`);
    try {
      const client = new Client(running);
      try {
        return (await client.text("/readyz")) === "ok";
      } finally {
        client.close();
      }
    } catch {
      // No certificate yet, no listener yet, or not ready yet.
      return false;
    }
  });
}

async function define(running: Running): Promise<void> {
  const defined = JSON.parse(readFileSync(definitionsFile(), "utf8")) as readonly KubernetesObject[];
  const client = new Client(running);
  try {
    await Promise.all(defined.map((definition) => client.apply(definition)));
    await client.established(defined);
  } finally {
    client.close();
  }
  const gone = running.processes.find((each) => !runs(each));
  if (gone !== undefined) throw new Error(`${gone.name} ended`);
}

/** JSON is YAML: every client reads it. */
function writeKubeconfig({ kubeconfig, server, token, certificateFile }: Running): void {
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "nines", cluster: { server, "certificate-authority": certificateFile } }],
    users: [{ name: "nines", user: { token } }],
    contexts: [{ name: "nines", context: { cluster: "nines", user: "nines" } }],
    "current-context": "nines",
  };
  writeFileSync(kubeconfig, JSON.stringify(config, null, 2), { mode: 0o600 });
}
