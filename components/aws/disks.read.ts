import {
  isRecord,
  isUnknownValue,
  known,
  unknown,
  type Leaf,
  type MachineDisk,
  type Reading,
  type Resource,
  type ResourceGraph,
  type Unknown,
  type Value,
} from "../../model";
import { asFlag, asNumber, asText, defaulted, inside, leafOf } from "./leaf.read";

const ENCRYPTS_ALL = "aws:ebs/encryptionByDefault:EncryptionByDefault";
/** Names that images give the disk that they start from. */
const ROOTS = ["/dev/xvda", "/dev/sda1"];

type ReadDisk = Exclude<Reading<MachineDisk>, Unknown>;
/** A machine's disks: one that nobody speaks of is there all the same, as large as its image makes it. */
export type ReadDisks = readonly (ReadDisk | Unknown)[] | Unknown;

/** Disks that a launch template maps. */
export function templateDisks(graph: ResourceGraph, template: Resource): ReadDisks {
  const property = "blockDeviceMappings";
  const given = template.inputs[property];
  if (isUnknownValue(given)) return unknown(template.urn, property, given.$unknown);
  const mappings = (Array.isArray(given) ? (given as readonly Value[]) : []).filter(
    (mapping) => inside(mapping, "noDevice") === undefined && inside(mapping, "virtualName") === undefined,
  );
  const root = mappings.some((mapping) => ROOTS.includes(asText(inside(mapping, "deviceName") ?? null) ?? ""));
  return [
    ...(root ? [] : [unknown(template.urn, `${property}[].ebs`, "no-default-known")]),
    ...mappings.map((mapping) => readDisk(graph, template, inside(mapping, "ebs"), `${property}[].ebs`)),
  ];
}

/** Disks of a machine that says them itself; `otherwise` is what stands for those that it is silent of. */
export function ownDisks(graph: ResourceGraph, machine: Resource, otherwise?: ReadDisks): ReadDisks {
  const root = machine.inputs["rootBlockDevice"];
  const more = machine.inputs["ebsBlockDevices"];
  for (const [property, value] of [["rootBlockDevice", root] as const, ["ebsBlockDevices", more] as const])
    if (isUnknownValue(value)) return unknown(machine.urn, property, value.$unknown);
  const base = isRecord(root)
    ? [readDisk(graph, machine, root, "rootBlockDevice")]
    : (otherwise ?? [unknown(machine.urn, "rootBlockDevice", "no-default-known")]);
  if (!Array.isArray(base)) return base;
  const others = Array.isArray(more) ? (more as readonly Value[]) : [];
  return [
    ...(base as readonly (ReadDisk | Unknown)[]),
    ...others.map((disk) => readDisk(graph, machine, disk, "ebsBlockDevices[]")),
  ];
}

function readDisk(graph: ResourceGraph, holder: Resource, disk: Value | undefined, path: string): ReadDisk | Unknown {
  if (isUnknownValue(disk)) return unknown(holder.urn, path, disk.$unknown);
  const value = <T>(property: string, parse: (value: Value) => T | undefined): Leaf<T> =>
    defaulted(holder, inside(disk, property), `${path}.${property}`, parse);
  const perhaps = (property: string): Leaf<number | null> =>
    leafOf<number | null>(inside(disk, property), { urn: holder.urn, property: `${path}.${property}` }, asNumber, {
      default: null,
    });
  return {
    gib: value("volumeSize", asNumber),
    type: value("volumeType", asText),
    iops: perhaps("iops"),
    mbPerSecond: perhaps("throughput"),
    atRest: encrypted(graph, holder, inside(disk, "encrypted"), `${path}.encrypted`),
  };
}

/** What is said, else what the account does by itself, where the program says it. */
export function encrypted(
  graph: ResourceGraph,
  holder: Resource,
  given: Value | undefined,
  path: string,
): Leaf<boolean> {
  const [account] = graph.ofType(ENCRYPTS_ALL);
  if (account !== undefined && account.inputs["enabled"] !== false) return known(true, account.urn);
  return defaulted(holder, given, path, asFlag);
}
