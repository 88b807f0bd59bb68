import {
  known,
  type Claim,
  type InputTable,
  type PartReader,
  type Read,
  type ReadPart,
  type Resource,
  type ResourceGraph,
  type Volume,
} from "../../model";
import { encrypted } from "./disks.read";
import { keyOf, regionOf, wordOf } from "./identity.read";
import { asNumber, asText, leafAt, leafWithDefault, valueAt } from "./leaf.read";

const VOLUME = "aws:ebs/volume:Volume";
const ATTACHMENT = "aws:ec2/volumeAttachment:VolumeAttachment";
const JOINED = "which machine has it; no Part holds it";

const inputs: InputTable = {
  [VOLUME]: {
    fields: {
      availabilityZone: "placement",
      size: "gib",
      type: "type",
      iops: "iops",
      throughput: "mbPerSecond",
      encrypted: "atRest",
      region: "region",
    },
    ignored: {
      kmsKeyId: "whose key; no Part holds it",
      snapshotId: "what it starts with",
      finalSnapshot: "what stays when it goes; no Part holds it",
      multiAttachEnabled: JOINED,
      tags: "tags are read by nobody",
    },
  },
  [ATTACHMENT]: {
    fields: {},
    ignored: { volumeId: JOINED, instanceId: JOINED, deviceName: JOINED, region: "where the volume is" },
  },
};

/** Reads EBS volumes of their own; those that a machine brings along are the machine's. */
export const volumeReader: PartReader = { read, inputs };

function read(graph: ResourceGraph): Read {
  const volumes = graph.ofType(VOLUME);
  return {
    parts: volumes.map((volume) => readVolume(graph, volume)),
    claims: volumes.flatMap((volume): Claim[] => {
      const part = keyOf("volume", graph, volume);
      return [
        { urn: volume.urn, part, carries: "fields" },
        ...graph.referrers(volume, "volumeId", ATTACHMENT).map(({ urn }): Claim => ({ urn, part, carries: "nothing" })),
      ];
    }),
    conflicts: [],
  };
}

function readVolume(graph: ResourceGraph, volume: Resource): ReadPart<Volume> {
  const perhaps = (property: string) => leafAt<number | null>(volume, [property], asNumber, { default: null });
  return {
    kind: "volume",
    key: keyOf("volume", graph, volume),
    workload: wordOf(graph, volume),
    region: regionOf(graph, volume),
    placement: {
      kind: "zonal",
      zones: [leafAt(volume, ["availabilityZone"], asText)],
      spread: known("hard", volume.urn),
    },
    // Left out, it is as large as its snapshot.
    gib: leafAt(volume, ["size"], asNumber),
    type: leafWithDefault(volume, ["type"], asText),
    iops: perhaps("iops"),
    mbPerSecond: perhaps("throughput"),
    atRest: encrypted(graph, volume, valueAt(volume, "encrypted"), "encrypted"),
    runtime: { kind: "ebs" },
  };
}
