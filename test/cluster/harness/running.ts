import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { end, type Started } from "./processes";

/** A control plane that was started: what a client and `cluster:down` need. */
export interface Running {
  readonly folder: string;
  /** https://127.0.0.1:port */
  readonly server: string;
  readonly token: string;
  /** The certificate that the server signed for itself. */
  readonly certificateFile: string;
  readonly kubeconfig: string;
  readonly ports: Readonly<Record<"etcd" | "etcdPeer" | "apiserver", number>>;
  readonly processes: readonly Started[];
}

const fileIn = (folder: string): string => path.join(folder, "state.json");

/** Written beside and renamed: the provisioner, which is started by then, reads it whole or not at all. */
export function remember(running: Running): void {
  const beside = `${fileIn(running.folder)}.new`;
  writeFileSync(beside, JSON.stringify(running, null, 2), { mode: 0o600 });
  renameSync(beside, fileIn(running.folder));
}

/** What was started in this folder, whether or not it still runs; null: nothing. */
export function remembered(folder: string): Running | null {
  return existsSync(fileIn(folder)) ? (JSON.parse(readFileSync(fileIn(folder), "utf8")) as Running) : null;
}

/** Ends what was started in this folder, and empties it. Returns the names of what was ended. */
export async function endRunning(folder: string): Promise<readonly string[]> {
  const running = remembered(folder);
  // Only a folder that holds a control plane is emptied.
  if (running === null) return [];
  const ended = await Promise.all(
    running.processes.map(async (each) => ((await end(each)) === "ended" ? [each.name] : [])),
  );
  rmSync(folder, { recursive: true, force: true });
  return ended.flat();
}
