import type { ServiceWorkload, StackConfig, Workload } from "../model";
import { cpuMillisOf, cpuUnitsOf, fargateMemoryChoicesMiB, fargateSells, fargateSizes } from "../catalog/aws/sizes";
import type { MistakeList } from "./request-mistakes";

const soldUnits: readonly number[] = fargateSizes.map(({ cpuUnits }) => cpuUnits);
const vcpu = (units: number): string => `${units / 1024} vCPU`;

/** Sizes that Fargate does not sell, or that do not hold what the workload needs. */
export function checkSizes(
  config: Partial<StackConfig>,
  workloads: Readonly<Record<string, Workload>>,
  list: MistakeList,
): void {
  for (const [name, size] of Object.entries(config.sizes ?? {})) {
    const facts = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
    if (facts?.kind === "cache")
      list.add("yaml", ["sizes", name], size, "the size of a cache's nodes follows from its entries", "remove it");
    if (facts?.kind === "service") checkSize(name, size, facts, list);
  }
}

function checkSize(
  name: string,
  size: { readonly cpuMillis?: number; readonly memoryMiB?: number },
  facts: ServiceWorkload,
  list: MistakeList,
): void {
  const { cpuMillis, memoryMiB } = size;
  const units = cpuMillis === undefined ? undefined : cpuUnitsOf(cpuMillis);
  if (units !== undefined && !soldUnits.includes(units)) {
    list.add(
      "yaml",
      ["sizes", name, "cpuMillis"],
      cpuMillis,
      `Fargate sells ${soldUnits.map(cpuMillisOf).join(", ")}`,
      `take the next larger: ${soldUnits.map(cpuMillisOf).find((sold) => sold > (cpuMillis ?? 0)) ?? "there is none"}`,
    );
    return;
  }
  if (memoryMiB !== undefined && memoryMiB < facts.memoryMiB) {
    list.add(
      "yaml",
      ["sizes", name, "memoryMiB"],
      memoryMiB,
      `${name} needs ${facts.memoryMiB} MiB`,
      "raise it, or leave it out",
    );
    return;
  }
  if (units !== undefined && memoryMiB !== undefined && !fargateSells(units, memoryMiB)) {
    list.add(
      "yaml",
      ["sizes", name],
      `${vcpu(units)} with ${memoryMiB} MiB`,
      `Fargate sells ${vcpu(units)} with ${choicesText(fargateMemoryChoicesMiB(units))}`,
      goesWith(memoryMiB),
    );
    return;
  }
  if (units !== undefined && memoryMiB === undefined) {
    const most = fargateMemoryChoicesMiB(units).at(-1) ?? 0;
    if (most < facts.memoryMiB) {
      list.add(
        "yaml",
        ["sizes", name, "cpuMillis"],
        cpuMillis,
        `${name} needs ${facts.memoryMiB} MiB, and Fargate sells ${vcpu(units)} with ${choicesText(fargateMemoryChoicesMiB(units))}`,
        goesWith(facts.memoryMiB),
      );
    }
  }
  if (units === undefined && memoryMiB !== undefined && sellersOf(memoryMiB).length === 0) {
    list.add(
      "yaml",
      ["sizes", name, "memoryMiB"],
      memoryMiB,
      "Fargate sells no CPU with that memory",
      goesWith(memoryMiB),
    );
  }
}

const sellersOf = (memoryMiB: number): readonly number[] => soldUnits.filter((units) => fargateSells(units, memoryMiB));

function goesWith(memoryMiB: number): string {
  const sellers = sellersOf(memoryMiB);
  const [least] = sellers;
  const most = sellers.at(-1);
  if (least !== undefined && most !== undefined)
    return `${memoryMiB} MiB goes with ${least === most ? "" : `${least / 1024} to `}${vcpu(most)}`;
  const sold = [...new Set(soldUnits.flatMap((units) => fargateMemoryChoicesMiB(units)))].sort((a, b) => a - b);
  const next = sold.find((choice) => choice > memoryMiB);
  return next === undefined
    ? `the most that is sold is ${sold.at(-1) ?? 0} MiB`
    : `the next that is sold is ${next} MiB`;
}

/** `4096 to 16384 MiB in steps of 1024`, or the list where the steps differ. */
function choicesText(choices: readonly number[]): string {
  const [first = 0, second = 0] = choices;
  const step = second - first;
  const even = choices.length > 3 && choices.every((choice, index) => choice === first + index * step);
  return even ? `${first} to ${choices.at(-1) ?? first} MiB in steps of ${step}` : `${choices.join(", ")} MiB`;
}
