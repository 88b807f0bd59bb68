// The figures that nines promises, measured on this machine and printed as JSON: each beside its bound, and process times beside a bare
// process that loads the same SDKs. Run `npm run build` first; `npm run bench` does.
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { certainPlan, leastServers } from "../capacity";
import { asItComes, loaded, previewed } from "./foreign";
import { readManifests, readVaried, renderedGroups } from "./manifests";
import { failovers } from "./redis";
import { loadRequest, ruleSubject } from "./stack";
import { resourceGraph } from "../model";
import { judge } from "../policies";

const root = path.join(__dirname, "..");
const cli = path.join(root, "dist/cli/index.js");
const bare =
  "require('@pulumi/pulumi');const aws=require('@pulumi/aws');aws.ecs.Service;aws.lb.LoadBalancer;aws.ec2.Vpc;";

interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** null: for comparison. */
  readonly bound: number | null;
  readonly baseline?: {
    readonly name: string;
    readonly value: number;
    readonly ratio: number;
    readonly ratioBound?: number;
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** Median milliseconds of a call, after warming up. */
function timed(call: () => unknown, runs: number): number {
  for (let i = 0; i < Math.min(runs, 50); i += 1) call();
  return median(
    Array.from({ length: runs }, () => {
      const from = process.hrtime.bigint();
      call();
      return Number(process.hrtime.bigint() - from) / 1e6;
    }),
  );
}

/** Wall seconds and peak MB of a Node process. */
function run(args: readonly string[]): { readonly seconds: number; readonly peakMb: number } {
  const from = process.hrtime.bigint();
  const child = spawnSync(process.execPath, ["--require", path.join(__dirname, "peak.js"), ...args], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "ignore", "pipe"],
  });
  const seconds = Number(process.hrtime.bigint() - from) / 1e9;
  const peak = /peak-kib (\d+)/.exec(child.stderr);
  if (child.status !== 0)
    throw new Error(`${args.join(" ")} ended with ${child.status ?? "a signal"}: ${child.stderr}`);
  return { seconds, peakMb: Number(peak?.[1] ?? 0) / 1024 };
}

/** Two processes in turn, so that a drift of the machine's speed meets both. */
function paired(a: readonly string[], b: readonly string[], runs: number) {
  run(a);
  run(b);
  const pairs = Array.from({ length: runs }, () => ({ a: run(a), b: run(b) }));
  return {
    seconds: median(pairs.map((pair) => pair.a.seconds)),
    bareSeconds: median(pairs.map((pair) => pair.b.seconds)),
    ratio: median(pairs.map((pair) => pair.a.seconds / pair.b.seconds)),
    peakMb: Math.max(...pairs.map((pair) => pair.a.peakMb)),
  };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** Programs that nines did not write: 91 copies of a service of 44 resources are 4,004, and five that they share. */
function foreign(): readonly Figure[] {
  const sdks = loaded(bare, 5);
  const [one, many] = [previewed(1, 5), previewed(14, 3)];
  const loop = previewed(91, 3);
  const waiting = previewed(91, 3, true);
  const plain = asItComes(91);
  return [
    { name: "a program of 49 resources, its own process", value: round(one.programSeconds), unit: "s", bound: 1.3 },
    { name: "a program of 621 resources, its own process", value: round(many.programSeconds), unit: "s", bound: 2.5 },
    {
      name: "4,009 resources in one loop: recorded, priced, judged",
      value: round(loop.cpuSeconds),
      unit: "CPU s",
      bound: 8,
      baseline: {
        name: "bare process that loads the Pulumi and aws SDKs",
        value: round(sdks.cpuSeconds),
        ratio: round(loop.cpuSeconds / sdks.cpuSeconds),
        ratioBound: 14,
      },
    },
    { name: "the same: largest process", value: round(loop.peakMb), unit: "MB", bound: 900 },
    {
      name: "4,009 resources, a timer awaited between services",
      value: round(waiting.cpuSeconds),
      unit: "CPU s",
      bound: 5.5,
    },
    { name: "the same: largest process", value: round(waiting.peakMb), unit: "MB", bound: 600 },
    {
      name: "4,009 resources in one loop, with an SDK that is not as expected",
      value: round(plain.cpuSeconds),
      unit: "CPU s",
      bound: null,
      baseline: {
        name: "the same, made fast",
        value: round(loop.cpuSeconds),
        ratio: round(plain.cpuSeconds / loop.cpuSeconds),
      },
    },
    { name: "the same: largest process", value: round(plain.peakMb), unit: "MB", bound: null },
  ];
}

/** Manifests of Kubernetes, in and out: a replica group is six objects. */
function manifests(): readonly Figure[] {
  const [few, many] = [renderedGroups(250, 3), renderedGroups(1000, 3)];
  const loop = renderedGroups(1000, 1, false);
  const cold = readManifests({ objects: 4000 }, 3);
  const large = readManifests({ mb: 50 }, 1);
  const varied = readVaried(4_000, "each its own", 3);
  const [shared, twice] = [readVaried(4_000, "one", 3), readVaried(8_000, "one", 3)];
  return [
    { name: "render of 250 replica groups", value: round(few.cpuSeconds), unit: "CPU s", bound: null },
    {
      name: "render of 1,000 replica groups",
      value: round(many.cpuSeconds),
      unit: "CPU s",
      bound: 8,
      // What starts once is in both: linear is less than four times as much.
      baseline: {
        name: "of 250",
        value: round(few.cpuSeconds),
        ratio: round(many.cpuSeconds / few.cpuSeconds),
        ratioBound: 4.2,
      },
    },
    { name: "the same: largest process", value: round(many.peakMb), unit: "MB", bound: 700 },
    {
      name: "the same, registered in one loop that awaits nothing",
      value: round(loop.cpuSeconds),
      unit: "CPU s",
      bound: null,
    },
    { name: "the same: largest process", value: round(loop.peakMb), unit: "MB", bound: null },
    { name: "preview --from 4,000 objects, cold process", value: round(cold.cpuSeconds), unit: "CPU s", bound: 4 },
    {
      name: "the same of eighteen kinds, a namespace for each team",
      value: round(varied.cpuSeconds),
      unit: "CPU s",
      bound: 4,
    },
    { name: "the same in one namespace", value: round(shared.cpuSeconds), unit: "CPU s", bound: 4 },
    {
      name: "8,000 of them",
      value: round(twice.cpuSeconds),
      unit: "CPU s",
      bound: 8,
      baseline: {
        name: "4,000",
        value: round(shared.cpuSeconds),
        ratio: round(twice.cpuSeconds / shared.cpuSeconds),
        ratioBound: 2.2,
      },
    },
    { name: "preview --from 50 MB of manifests", value: round(large.cpuSeconds), unit: "CPU s", bound: 40 },
    { name: "the same: largest process", value: round(large.peakMb), unit: "MB", bound: 2000 },
  ];
}

/** Redis with Sentinels, started for real. */
async function redis(): Promise<readonly Figure[]> {
  const found = await failovers();
  if ("skipped" in found)
    return [
      { name: `failover of Redis (skipped: ${found.skipped})`, value: Number.NaN, unit: "not measured", bound: null },
    ];
  const { kills, one, two } = found;
  const lost = (copies: number, { written }: { readonly written: number }) =>
    `writes of ${written} acknowledged by ${copies} of 2 replicas lost in ${kills} failovers`;
  return [
    {
      name: `first write after a master of Redis was killed, median of ${kills}`,
      value: round(found.medianSeconds),
      unit: "s",
      bound: found.promisedSeconds,
    },
    { name: lost(1, one), value: one.lost, unit: "writes", bound: null },
    { name: lost(2, two), value: two.lost, unit: "writes", bound: 1 },
  ];
}

async function figures(): Promise<readonly Figure[]> {
  const request = loadRequest("embedding-prod");
  const planMs = timed(() => certainPlan(request), 300);
  const regions = loadRequest("model-serving-prod");
  const regionsMs = timed(() => certainPlan(regions), 300);
  const serversMs = timed(() => leastServers(10_000, { waitProbability: 0.01 }), 100);
  const one = paired([cli, "preview", "embedding-prod"], ["-e", bare], 7);
  const three = Array.from({ length: 5 }, () => run([cli, "preview", "model-serving-prod"]));
  const all = Array.from({ length: 3 }, () => run([cli, "preview"]));
  const subject = await ruleSubject(4_000);
  // Each run judges a subject of its own: nothing that a rule remembered of another serves it.
  const subjects = Array.from({ length: 14 }, () => ({ ...subject, graph: resourceGraph(subject.resources) }));
  const rulesMs = timed(() => judge(subjects.pop() ?? subject), 7);
  return [
    { name: "certain plan", value: round(planMs), unit: "ms", bound: 1 },
    { name: "certain plan of model-serving-prod, three regions", value: round(regionsMs), unit: "ms", bound: 2 },
    { name: "least servers at 10,000 erlangs", value: round(serversMs), unit: "ms", bound: 2 },
    {
      name: "preview embedding-prod, cold process",
      value: round(one.seconds),
      unit: "s",
      bound: 1.5,
      baseline: {
        name: "bare process that loads the Pulumi and aws SDKs",
        value: round(one.bareSeconds),
        ratio: round(one.ratio),
        ratioBound: 2,
      },
    },
    {
      name: "preview model-serving-prod, three regions, cold process",
      value: round(median(three.map((each) => each.seconds))),
      unit: "s",
      bound: 1.8,
    },
    {
      name: "preview of all stacks, cold process",
      value: round(median(all.map((each) => each.seconds))),
      unit: "s",
      bound: 5,
    },
    {
      name: "peak memory of the preview of all stacks",
      value: round(Math.max(...all.map((each) => each.peakMb))),
      unit: "MB",
      bound: 600,
    },
    ...foreign(),
    ...(await redis()),
    ...manifests(),
    { name: `rules over ${subject.resources.length} resources`, value: round(rulesMs / 1000), unit: "s", bound: 0.2 },
  ];
}

void figures().then((list) => {
  console.log(
    JSON.stringify(
      {
        node: process.version,
        figures: list.map((figure) => ({
          ...figure,
          met:
            (figure.bound === null || figure.value < figure.bound) &&
            (figure.baseline?.ratioBound === undefined || figure.baseline.ratio < figure.baseline.ratioBound),
        })),
      },
      null,
      2,
    ),
  );
});
