import { z } from "zod";
import {
  flag,
  list,
  mapping,
  number,
  oneOf,
  optional,
  refusal,
  shaped,
  share,
  text,
  uncertain,
  words,
} from "./schema-leaf";
import { configMapVariables, environmentVariables } from "./schema-sidecar";
import { limits, probes, secrets, startSeconds } from "./schema-workload";

/** Facts that a stack's YAML may state anew. */
export const members = z
  .union(
    [
      number("Members, for example 3", { least: 1, most: 1_000, whole: true }),
      oneOf("A size's name", ["small", "medium", "large"]),
    ],
    refusal("a whole number of at least 1, or small, medium or large", "members: 3"),
  )
  .describe("Members, or small (3), medium (9) or large (27)");
export const electionSeconds = uncertain("Seconds until the database has another leader, for example 30", {
  least: 0,
});
export const writeShare = uncertain("Share of requests that write, for example 0.1", { least: 0, most: 1 });
export const leader = flag("A Service leads writes to member 0");
export const keepVolumes = flag("Volumes outlive their claims, and are deleted by hand");

const port = number("Port, for example 8080", { least: 1, most: 65_535, whole: true });

export const store = mapping("store({...})", {
  kind: z.literal("store"),
  ports: mapping("ports: { rest: 8080, grpc: 9090, metrics: 9091 }", {
    rest: port,
    grpc: optional(port),
    metrics: optional(port),
  }),
  memoryMiB: number("Memory of one member, MiB, for example 4096", { above: 0 }),
  cpuMillis: optional(number("CPU of one member, 1000 are one vCPU", { above: 0 })),
  limits: optional(limits),
  readsPerSecondPerMember: uncertain("Reads a second of one member, for example 13000", { above: 0 }),
  writesPerSecondPerLeader: uncertain("Writes a second of one leader, for example 7000", { above: 0 }),
  writeShare: optional(writeShare),
  replicationBatchMs: number("Milliseconds that writes are gathered for, for example 100", { least: 0 }),
  replicationLagMs: uncertain("Milliseconds until a follower has a write, for example 200", { least: 0 }),
  electionSeconds: optional(electionSeconds),
  startSeconds,
  copyMiBPerSecond: optional(
    uncertain("MiB a second at which a new member copies the data, for example 50", { above: 0 }),
  ),
  volumeGiB: number("Volume of one member, GiB, for example 100", { least: 1, whole: true }),
  keepVolumes: optional(keepVolumes),
  dataPath: optional(shaped("Where the volume is mounted, for example /data", "a path that begins with /", /^\/\S+$/)),
  probes,
  snapshots: optional(
    mapping('snapshots: { everyHours: 6, keepDays: 7, kind: "volume-snapshot", image }', {
      everyHours: number("Hours from snapshot to snapshot, for example 6", { least: 1, most: 24, whole: true }).refine(
        (hours) => 24 % hours === 0,
        refusal("hours that divide a day: 1, 2, 3, 4, 6, 8, 12 or 24", "everyHours: 6"),
      ),
      keepDays: number("Days that a snapshot is kept, for example 7", { least: 1, whole: true }),
      kind: oneOf("What holds it", ["volume-snapshot", "object-store"]),
      image: words("Image of the job that takes it"),
      command: optional(list("Command of the job", text("One word of the command"))),
      snapshotClass: optional(words("VolumeSnapshotClass")),
    }).refine(
      ({ kind, command }) => (kind === "object-store") === (command !== undefined),
      refusal("a command for object-store, and none for volume-snapshot", 'command: ["backup", "--to", "s3://..."]'),
    ),
  ),
  members: optional(members),
  leader: optional(leader),
  memoryShare: optional(share("Share of memory above which a member is added, for example 0.8")),
  environment: optional(environmentVariables),
  configMaps: optional(configMapVariables),
  secrets: optional(secrets),
  command: optional(list("Command of the container", text("One word of the command"))),
  drainSeconds: optional(
    number("Seconds from the stop signal to the kill, for example 30", { least: 1, most: 120, whole: true }),
  ),
});
