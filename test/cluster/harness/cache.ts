import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { commands, definitions, parts, pins, type Command, type Part } from "./pins";

/** The folder of everything built: NINES_CONTROL_PLANE, default ~/.cache/nines/control-plane. */
export function cacheFolder(): string {
  return process.env["NINES_CONTROL_PLANE"] ?? path.join(homedir(), ".cache", "nines", "control-plane");
}

/** A folder a part and version: another version is built beside, not over, the one in use. */
export function partFolder(part: Part): string {
  return path.join(cacheFolder(), `${part}-${pins[part]}`);
}

export function binary(command: Command): string {
  const part = parts.find((each) => (commands[each] as readonly string[]).includes(command))!;
  return path.join(partFolder(part), command);
}

/** What kwok makes of nodes and pods, as its module ships it. */
export function stagesFile(): string {
  return path.join(partFolder("kwok"), "stages.json");
}

/** The custom resource definitions of every module of `definitions`, as one list. */
export function definitionsFile(): string {
  const which = createHash("sha256").update(JSON.stringify(definitions)).digest("hex").slice(0, 12);
  return path.join(cacheFolder(), `definitions-${which}.json`);
}

/** Parts whose commands are not all there. */
export function missingParts(): readonly Part[] {
  return parts.filter((part) => !commands[part].every((command) => existsSync(binary(command))));
}

/** Asked for by tests of their own; a control plane starts without them. */
const beside: readonly Part[] = ["kube-score", "kubectl", "egctl", "envoy"];

/** What keeps a control plane from starting, in words; empty: nothing does. */
export function notBuilt(): readonly string[] {
  return [
    ...missingParts()
      .filter((part) => !beside.includes(part))
      .map((part) => `${part} ${pins[part]}`),
    ...(existsSync(stagesFile()) ? [] : ["kwok's stages"]),
    ...(existsSync(definitionsFile()) ? [] : ["custom resource definitions"]),
  ];
}
