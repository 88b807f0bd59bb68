import * as path from "node:path";
import { buildMissing } from "./build";
import { cacheFolder } from "./cache";
import { Cluster } from "./cluster";
import type { NodeShape } from "./nodes";
import { provision } from "./provisioner";
import { runs } from "./processes";
import { endRunning, remembered } from "./running";
import { startControlPlane } from "./start";

/** What `cluster:up` started lies here; the tests start their own elsewhere. */
const upFolder = (): string => path.join(cacheFolder(), "up");

/** What a small cluster on AWS has. */
const nodes = {
  zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
  perZone: 3,
  cpuMillis: 7_910,
  memoryMiB: 29_000,
} satisfies NodeShape;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

const commands: Readonly<Record<string, (folder: string | undefined) => Promise<void>>> = {
  up: async () => {
    const earlier = remembered(upFolder());
    if (earlier?.processes.every(runs) === true) return say(`runs already\n  export KUBECONFIG=${earlier.kubeconfig}`);
    buildMissing(say);
    const begun = Date.now();
    const running = await startControlPlane(upFolder());
    const { server, kubeconfig, processes } = running;
    const cluster = new Cluster(running);
    await cluster.addNodes(nodes);
    cluster.close();
    say(
      `${server} after ${((Date.now() - begun) / 1000).toFixed(1)} s: ${processes.map(({ name, pid }) => `${name} ${pid}`).join(", ")}`,
    );
    say(`  export KUBECONFIG=${kubeconfig}`);
    say(`${nodes.perZone} simulated nodes in each of ${nodes.zones.join(", ")}. End it: npm run cluster:down`);
  },
  down: async () => {
    const ended = await endRunning(upFolder());
    say(ended.length === 0 ? "nothing that cluster:up started runs" : `ended ${ended.join(", ")}`);
  },
  /** Started by the above. */
  provision: async (folder) => {
    const running = folder === undefined ? null : remembered(folder);
    if (running === null) throw new Error(`no control plane was started in ${folder ?? "no folder"}`);
    await provision(running);
  },
};

const [, , name = "", folder] = process.argv;
const command = commands[name];
if (command === undefined) throw new Error(`${name}: up and down are known`);
command(folder).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
