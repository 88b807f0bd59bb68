import { named, nameOf, neighbours } from "../../components/kubernetes/scope.read";
import { asText, inside, listOf } from "../../components/leaf.read";
import { edits, isRecord, type Resource, type Value } from "../../model";
import { undecided } from "../finding";
import { advice } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { everyContainer, open, podMakers, titled, told, unknownIn, type Workload } from "./workloads";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";

/** What a pod takes from an object; keys null: all that it holds. */
interface Reference {
  readonly type: typeof CONFIG_MAP | typeof SECRET;
  readonly name: string;
  readonly keys: readonly string[] | null;
}

function referenceOf(
  type: Reference["type"],
  ref: Value | undefined,
  keys: readonly string[] | null,
  property = "name",
): readonly Reference[] {
  const name = asText(inside(ref, property) ?? null);
  return name === undefined || inside(ref, "optional") === true ? [] : [{ type, name, keys }];
}

/** Of a variable: the one key of it. */
function ofKey(type: Reference["type"], ref: Value | undefined): readonly Reference[] {
  const key = asText(inside(ref, "key") ?? null);
  return key === undefined ? [] : referenceOf(type, ref, [key]);
}

/** Of a volume: the items that it lists, else all. */
function ofItems(type: Reference["type"], source: Value | undefined, property?: string): readonly Reference[] {
  const items = inside(source, "items");
  const keys = listOf(items).flatMap((each) => asText(inside(each, "key") ?? null) ?? []);
  return referenceOf(type, source, items === undefined ? null : keys, property);
}

function referencesOf(spec: Value | undefined): readonly Reference[] {
  const variables = everyContainer(spec).flatMap(({ value }) => [
    ...listOf(inside(value, "env")).flatMap((each) => [
      ...ofKey(CONFIG_MAP, inside(each, "valueFrom", "configMapKeyRef")),
      ...ofKey(SECRET, inside(each, "valueFrom", "secretKeyRef")),
    ]),
    ...listOf(inside(value, "envFrom")).flatMap((each) => [
      ...referenceOf(CONFIG_MAP, inside(each, "configMapRef"), null),
      ...referenceOf(SECRET, inside(each, "secretRef"), null),
    ]),
  ]);
  const volumes = listOf(inside(spec, "volumes")).flatMap((each) => [
    ...ofItems(CONFIG_MAP, inside(each, "configMap")),
    ...ofItems(SECRET, inside(each, "secret"), "secretName"),
    ...listOf(inside(each, "projected", "sources")).flatMap((source) => [
      ...ofItems(CONFIG_MAP, inside(source, "configMap")),
      ...ofItems(SECRET, inside(source, "secret")),
    ]),
  ]);
  return [...variables, ...volumes];
}

/** An object beside it of almost the same name: then nobody means another. */
function almost({ graph }: Subject, resource: Resource, type: Reference["type"], name: string): string | undefined {
  const names = neighbours(graph, resource, type).flatMap((each) => nameOf(each) ?? []);
  return names.find((each) => each.length > SHORT && edits(each, name) <= 1);
}

/** Of so few letters that one more or less is another name. */
const SHORT = 4;

function judged(subject: Subject, { resource, pod, part }: Workload): readonly Finding[] {
  const spec = inside(pod, "spec");
  const lists = everyContainer(spec).map(({ value }) => [
    inside(value, "env") ?? null,
    inside(value, "envFrom") ?? null,
  ]);
  // A variable's own value may be known later; what it refers to is a name.
  const stuck =
    [...lists.flat(), inside(spec, "volumes") ?? null].find((each) => unknownIn(each) === each) ?? undefined;
  if (stuck !== undefined) {
    const unknown = unknownIn(stuck);
    if (unknown !== undefined) return [open(resource, part, "env", unknown)];
  }
  const missing = new Set<string>();
  const elsewhere = new Set<string>();
  let there = 0;
  for (const { type, name, keys } of referencesOf(spec)) {
    const object = named(subject.graph, resource, type, name);
    if (object === undefined) {
      const near = almost(subject, resource, type, name);
      const kind = type.split(":")[2] ?? "";
      // Secrets are rightly kept out of files; one that is called so almost is not.
      if (near !== undefined) elsewhere.add(`${kind} ${name} (beside it is ${near})`);
      else if (type === CONFIG_MAP) elsewhere.add(`${kind} ${name}`);
      continue;
    }
    there += 1;
    const held = ["data", "binaryData", "stringData"].map((each) => object.inputs[each]);
    if (keys === null || held.some((each) => unknownIn(each) === each && each !== undefined)) continue;
    for (const key of keys)
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
    ...[...elsewhere].map((object) =>
      undecided(part, `whether ${object}, which ${titled(resource)} takes and no file holds, is in the cluster`, {
        why: "elsewhere",
      }),
    ),
  ];
}

const settings: Rule = {
  id: "settings-there",
  title: "ConfigMaps and Secrets hold the keys that pods take from them",
  about:
    "A container whose key is missing never starts: CreateContainerConfigError or ContainerCreating without end, at the rollout or at the next restart.",
  severity: advice,
  peers: [],
  check: (subject) => podMakers(subject).flatMap((workload) => judged(subject, workload)),
};

export const referenceRules: readonly Rule[] = [settings];
