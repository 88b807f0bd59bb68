import {
  isRecord,
  isUnknown,
  type Leaf,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type Unknown,
  type Value,
} from "../../model";
import { asNumber, inside, leafAt, leafOf, listOf, valueAt } from "./leaf.read";

/** What one task is given: said of the task, or (on machines) of its containers, whose numbers then add up. */
export function readTaskSize(task: Resource, document: Value | Unknown): ReadPart<ReplicaGroup>["size"] {
  return {
    cpuMillis:
      valueAt(task, "cpu") === undefined
        ? summed(task, document, ["cpu"], 1000 / 1024)
        : leafAt(task, ["cpu"], cpuMillis),
    // A reservation is what is scheduled, the other number the limit.
    memoryMiB:
      valueAt(task, "memory") === undefined
        ? summed(task, document, ["memoryReservation", "memory"], 1)
        : leafAt(task, ["memory"], memoryMiB),
  };
}

/** The first of the properties that a container says; one that says none makes the sum unknown. */
function summed(
  task: Resource,
  document: Value | Unknown,
  properties: readonly string[],
  factor: number,
): Leaf<number> {
  if (isUnknown(document)) return document;
  let sum: Leaf<number> | undefined;
  for (const container of listOf(document).filter(isRecord)) {
    const property = properties.find((each) => container[each] !== undefined) ?? properties[0] ?? "";
    const at = { urn: task.urn, property: `containerDefinitions[].${property}` };
    const own = leafOf(inside(container, property), at, asNumber);
    if (!own.known) return own;
    const before: number = sum?.known === true ? sum.value : 0;
    sum = { ...own, value: before + own.value * factor };
  }
  return sum ?? leafAt(task, ["cpu"], cpuMillis);
}

/** CPU units, or text such as "1 vCPU". */
function cpuMillis(value: Value): number | undefined {
  const vcpus = typeof value === "string" ? /^([\d.]+)\s*vcpu$/i.exec(value.trim())?.[1] : undefined;
  if (vcpus !== undefined) return Number(vcpus) * 1000;
  const units = asNumber(value);
  return units === undefined ? undefined : (units * 1000) / 1024;
}

/** MiB, or text such as "2 GB". */
function memoryMiB(value: Value): number | undefined {
  const gib = typeof value === "string" ? /^([\d.]+)\s*gb$/i.exec(value.trim())?.[1] : undefined;
  return gib === undefined ? asNumber(value) : Number(gib) * 1024;
}
