import { isRecord, isUnknownValue, textOf } from "../model";
import type { Inputs, Value } from "../model";
import { limit, matchesForm } from "../catalog/aws/limits";
import {
  allowed,
  asNumber,
  type DeployCheck,
  fine,
  limitCheck,
  type Outcome,
  refused,
  valuesAt,
  withinLimit,
} from "./deployable-check";
import { containersOf } from "./deployable-ecs";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";

/** CPU units or MiB, as a number or as text such as "1 vCPU" and "2 GB". */
function amount(value: Value | undefined): number | undefined {
  const words = typeof value === "string" ? /^([\d.]+)\s*(vcpu|gb)$/i.exec(value.trim()) : null;
  return words === null ? asNumber(value) : Number(words[1]) * 1024;
}

/** What containers take together is no more than the task has. */
function sumCheck(id: "container-cpu-sum" | "container-memory-sum", property: "cpu" | "memory"): DeployCheck {
  return limitCheck(id, TASK, (resource) => {
    const whole = resource.inputs[property];
    if (isUnknownValue(whole)) return { unknown: property };
    const task = amount(whole);
    const containers = containersOf(resource);
    if (containers === "unknown") return { unknown: "containerDefinitions" };
    if (task === undefined || containers === "unreadable") return null;
    const taken = containers.map(
      (container) =>
        amount(container[property]) ?? (property === "memory" ? amount(container["memoryReservation"]) : 0) ?? 0,
    );
    const sum = taken.reduce((all, each) => all + each, 0);
    if (sum === 0) return null;
    return withinLimit(id, sum / task)
      ? fine
      : refused(`${property} ${taken.join(" + ")} of ${task}`, "give the task more, or the containers less");
  });
}

function each(
  id: Parameters<typeof limitCheck>[0],
  test: (container: Inputs, all: readonly Inputs[]) => Outcome | readonly Outcome[] | null,
): DeployCheck {
  return limitCheck(id, TASK, (task) => {
    const containers = containersOf(task);
    if (containers === "unknown") return { unknown: "containerDefinitions" };
    if (containers === "unreadable") return null;
    const outcomes = containers.flatMap((container) => test(container, containers) ?? []);
    return outcomes.length === 0 ? null : outcomes;
  });
}

export const containerDeployChecks: readonly DeployCheck[] = [
  sumCheck("container-cpu-sum", "cpu"),
  sumCheck("container-memory-sum", "memory"),
  each("container-memory", (container) =>
    ["memory", "memoryReservation"].flatMap((property): readonly Outcome[] => {
      const number = asNumber(container[property]);
      if (number === undefined) return [];
      return [
        withinLimit("container-memory", number)
          ? fine
          : refused(`${property} ${number}`, `give ${allowed("container-memory")}`),
      ];
    }),
  ),
  each("container-dependency", (container, all) =>
    valuesAt(container, "dependsOn[]").map(({ value }): Outcome => {
      const wait = isRecord(value) ? value : {};
      const [name, condition] = [textOf(wait["containerName"]), textOf(wait["condition"])];
      const other = all.find((candidate) => candidate["name"] === name);
      const words = limit("container-dependency").values?.map(String) ?? [];
      if (other === undefined)
        return refused(`it waits for ${name}, which is not there`, "name a container of the task");
      if (!words.includes(condition)) return refused(`condition ${condition}`, `give ${words.join(", ")}`);
      if ((condition === "COMPLETE" || condition === "SUCCESS") && other["essential"] !== false)
        return refused(`${condition} of ${name}, which is essential`, "make it not essential, or wait for START");
      if (condition === "HEALTHY" && !isRecord(other["healthCheck"]))
        return refused(`HEALTHY of ${name}, which has no health check`, "give it one, or wait for START");
      return fine;
    }),
  ),
  each("registry-credentials", (container) => {
    const [found] = valuesAt(container, "repositoryCredentials.credentialsParameter");
    if (found === undefined) return null;
    const text = textOf(found.value);
    return matchesForm("registry-credentials", text)
      ? fine
      : refused(`${found.where} ${text}`, "name a secret of Secrets Manager");
  }),
];
