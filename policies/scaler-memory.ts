import { hpaReplicas } from "../capacity";
import { listAt, numberAt, prefixOfPlan, textAt, wordOfWorkload, type ReadPart, type WorkloadDemand } from "../model";
import { demandOf, finding, partsOf, undecided } from "./finding";
import { advice } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

/** Percent of what a replica asks for above which its autoscaler adds replicas; undefined: it follows no memory, or its bounds leave it no choice. */
function memoryTarget(part: ReadPart) {
  const index = (listAt(part, "scaling", "signals") ?? []).findIndex(
    (_, at) => textAt(part, "scaling", "signals", at, "metric") === "memory",
  );
  const [min, max] = [numberAt(part, "scaling", "min"), numberAt(part, "scaling", "max")];
  if (index < 0 || (min !== undefined && min === max)) return undefined;
  return { percent: numberAt(part, "scaling", "signals", index, "target"), min, max };
}

const mib = (amount: number): string => `${Math.round(amount).toLocaleString("en-US")} MiB`;

const aboveRest: Rule = {
  id: "memory-target-above-rest",
  title: "An autoscaler's memory target is above what a process holds at rest",
  about:
    "A process that loads a model keeps it, and no replica that is added takes any of it away: above its target the autoscaler adds replicas up to its maximum, with no load at all.",
  severity: advice,
  peers: [],
  check: (subject) => [
    ...partsOf(subject.parts, "replica-group").flatMap((part) => judged(subject, part, true)),
    // What each member of a store holds is its data: a rule of its own tells.
    ...partsOf(subject.parts, "store").flatMap((part) => judged(subject, part, false)),
  ],
};

function judged(subject: Subject, part: ReadPart, askedFor: boolean): readonly Finding[] {
  const target = memoryTarget(part);
  if (target === undefined) return [];
  const { restMemoryMiB: rest }: Partial<WorkloadDemand> = demandOf(subject.basis, part.key) ?? {};
  const { percent, min, max } = target;
  const asked = numberAt(part, "size", "memoryMiB");
  if (rest === undefined) {
    // Asked of pods alone; of other replicas it is judged where somebody says it.
    if (!askedFor || !isPods(part)) return [];
    const limit = percent === undefined || asked === undefined ? "" : `: above ${mib((percent * asked) / 100)}`;
    const then = limit === "" ? "" : ` its autoscaler adds replicas with no load`;
    return [undecided(part.key, `what it holds at rest (restMemoryMiB${limit}${then})`, { why: "elsewhere" })];
  }
  if (percent === undefined || asked === undefined || min === undefined || max === undefined)
    return [
      undecided(part.key, "the autoscaler's memory target, its bounds, or what a replica asks for,", {
        why: "elsewhere",
      }),
    ];
  const used = (100 * rest) / asked;
  // One more than the floor, where it goes anywhere, is more the next time too: every replica holds the same.
  const grows = used > percent && isPods(part) ? growsAtRest(used, percent, min, max) : used > percent;
  const above = `${mib(rest)} at rest, ${percent} % of ${mib(asked)} are ${mib((percent * asked) / 100)}`;
  const needed = Math.ceil((100 * rest) / percent);
  return [
    finding(part.key, {
      ok: used <= percent,
      message:
        used <= percent
          ? above
          : `${above}: ${grows ? `with no load its autoscaler goes to ${max}, and stays there` : "what load once added its autoscaler never takes away again"}`,
      fix: `memoryMiB: ${needed} of ${wordOfWorkload(prefixOfPlan(subject.plan), part.workload)}, or a higher criteria.memoryShare`,
      fixByHand: `ask for ${mib(needed)} at least, or let CPU alone move the count`,
    }),
  ];
}

function isPods(part: ReadPart): boolean {
  return ["kubernetes", "stateful-set"].includes(textAt(part, "runtime", "kind") ?? "");
}

/** Within its tolerance an autoscaler of Kubernetes lets be what is above its target. */
function growsAtRest(used: number, percent: number, min: number, max: number): boolean {
  const metrics = [{ value: used, target: percent }];
  return hpaReplicas({ replicas: Math.max(1, min), metrics, maxReplicas: Math.max(1, min) + 1 }) > min && max > min;
}

export const scalerMemoryRules: readonly Rule[] = [aboveRest];
