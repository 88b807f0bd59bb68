import type { SizeProblem } from "../target";
import { cpuMillisOf, cpuUnitsOf, fargateMemoryChoicesMiB, fargateSells, fargateSizes } from "./sizes";

const soldUnits: readonly number[] = fargateSizes.map(({ cpuUnits }) => cpuUnits);
const vcpu = (units: number): string => `${units / 1024} vCPU`;

/**
 * What is wrong with a size that was asked for, one or both numbers of it; null: Fargate sells it, and it holds what is needed.
 * @param workload who needs how much memory
 */
export function fargateSizeProblem(
  { cpuMillis, memoryMiB }: { readonly cpuMillis?: number | undefined; readonly memoryMiB?: number | undefined },
  { name, memoryMiB: needsMiB }: { readonly name: string; readonly memoryMiB: number },
): SizeProblem | null {
  const units = cpuMillis === undefined ? undefined : cpuUnitsOf(cpuMillis);
  if (units !== undefined && !soldUnits.includes(units)) {
    const sold = soldUnits.map(cpuMillisOf);
    return {
      key: "cpuMillis",
      given: cpuMillis,
      allowed: `Fargate sells ${sold.join(", ")}`,
      fix: `take the next larger: ${sold.find((millis) => millis > (cpuMillis ?? 0)) ?? "there is none"}`,
    };
  }
  if (memoryMiB !== undefined && memoryMiB < needsMiB) {
    return {
      key: "memoryMiB",
      given: memoryMiB,
      allowed: `${name} needs ${needsMiB} MiB`,
      fix: "raise it, or leave it out",
    };
  }
  if (units !== undefined && memoryMiB !== undefined && !fargateSells(units, memoryMiB)) {
    return {
      key: null,
      given: `${vcpu(units)} with ${memoryMiB} MiB`,
      allowed: `Fargate sells ${vcpu(units)} with ${choicesText(fargateMemoryChoicesMiB(units))}`,
      fix: goesWith(memoryMiB),
    };
  }
  const choices = units === undefined ? [] : fargateMemoryChoicesMiB(units);
  if (units !== undefined && memoryMiB === undefined && (choices.at(-1) ?? 0) < needsMiB) {
    return {
      key: "cpuMillis",
      given: cpuMillis,
      allowed: `${name} needs ${needsMiB} MiB, and Fargate sells ${vcpu(units)} with ${choicesText(choices)}`,
      fix: goesWith(needsMiB),
    };
  }
  if (units === undefined && memoryMiB !== undefined && sellersOf(memoryMiB).length === 0) {
    return {
      key: "memoryMiB",
      given: memoryMiB,
      allowed: "Fargate sells no CPU with that memory",
      fix: goesWith(memoryMiB),
    };
  }
  return null;
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
