import { named } from "../../components/kubernetes/scope.read";
import { asText, inside, listOf } from "../../components/leaf.read";
import { isRecord, type Value } from "../../model";
import { undecided } from "../finding";
import { advice } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { everyContainer, open, podMakers, titled, told, unknownIn, type Workload } from "./workloads";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";

/** What a container takes from an object; key null: all that it holds. */
interface Reference {
  readonly type: typeof CONFIG_MAP | typeof SECRET;
  readonly name: string;
  readonly key: string | null;
}

function referenceOf(type: Reference["type"], ref: Value | undefined, whole: boolean): readonly Reference[] {
  if (ref === undefined || inside(ref, "optional") === true) return [];
  const [name, key] = ["name", "key"].map((each) => asText(inside(ref, each) ?? null));
  if (name === undefined || (!whole && key === undefined)) return [];
  return [{ type, name, key: whole ? null : (key ?? null) }];
}

function referencesOf(spec: Value | undefined): readonly Reference[] {
  return everyContainer(spec).flatMap(({ value }) => [
    ...listOf(inside(value, "env")).flatMap((each) => [
      ...referenceOf(CONFIG_MAP, inside(each, "valueFrom", "configMapKeyRef"), false),
      ...referenceOf(SECRET, inside(each, "valueFrom", "secretKeyRef"), false),
    ]),
    ...listOf(inside(value, "envFrom")).flatMap((each) => referenceOf(CONFIG_MAP, inside(each, "configMapRef"), true)),
  ]);
}

function judged(subject: Subject, { resource, pod, part }: Workload): readonly Finding[] {
  const lists = everyContainer(inside(pod, "spec")).map(({ value }) => [
    inside(value, "env") ?? null,
    inside(value, "envFrom") ?? null,
  ]);
  // A variable's own value may be known later; what it refers to is a name.
  const stuck = lists.flat().find((each) => unknownIn(each) === each) ?? undefined;
  if (stuck !== undefined) {
    const unknown = unknownIn(stuck);
    if (unknown !== undefined) return [open(resource, part, "env", unknown)];
  }
  const missing = new Set<string>();
  const elsewhere = new Set<string>();
  let there = 0;
  for (const { type, name, key } of referencesOf(inside(pod, "spec"))) {
    const object = named(subject.graph, resource, type, name);
    if (object === undefined) {
      // Secrets are rightly kept out of files.
      if (type === CONFIG_MAP) elsewhere.add(name);
      continue;
    }
    there += 1;
    const held = ["data", "binaryData", "stringData"].map((each) => object.inputs[each]);
    if (key === null || held.some((each) => unknownIn(each) === each && each !== undefined)) continue;
    if (!held.some((each) => isRecord(each) && key in each)) missing.add(`${titled(object)} holds no ${key}`);
  }
  return [
    ...(there === 0
      ? []
      : [
          told(resource, part, {
            ok: missing.size === 0,
            message: missing.size === 0 ? "each key that it takes is there" : [...missing].join(", "),
            fix: "correct the key, or add it; optional: true where it may be missing",
          }),
        ]),
    ...[...elsewhere].map((name) =>
      undecided(
        part,
        `whether ConfigMap ${name}, which ${titled(resource)} takes and no file holds, is in the cluster`,
        {
          why: "elsewhere",
        },
      ),
    ),
  ];
}

const settings: Rule = {
  id: "settings-there",
  title: "ConfigMaps and Secrets hold the keys that containers take from them",
  about:
    "A container whose key is missing never starts: CreateContainerConfigError, at the rollout or at the next restart.",
  severity: advice,
  peers: [],
  check: (subject) => podMakers(subject).flatMap((workload) => judged(subject, workload)),
};

export const referenceRules: readonly Rule[] = [settings];
