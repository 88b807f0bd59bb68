import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import { memoryMiB } from "../../catalog/kubernetes/quantity";
import { known, type InputTable, type Leaf, type Resource, type ResourceGraph, type Value } from "../../model";
import { asText, bothLeaves, inside, leafAt, leafOf, listOf, valueAt } from "../leaf.read";
import { OPERATED } from "./object-inputs.read";
import { indexed, nameOf } from "./scope.read";

const CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
const MIB_PER_GIB = 1024;

interface ReadVolume {
  readonly gib: Leaf<number>;
  readonly class: Leaf<string | null>;
  readonly bindsLate: Leaf<boolean | null>;
}

/** What a class may say, and which of the two the Part holds as true. */
const words = {
  volumeBindingMode: { WaitForFirstConsumer: true, Immediate: false },
  reclaimPolicy: { Retain: true, Delete: false },
} as const;

/**
 * What each member of a StatefulSet claims, and the classes of that where they are in the program. Of several claims the sizes add up, and what the worst of their
 * classes does is told: one that binds at once, or that deletes, before one that nobody knows.
 */
export function readMemberVolume(
  graph: ResourceGraph,
  set: Resource,
): {
  readonly volume: ReadVolume;
  readonly outlivesClaim: Leaf<boolean | null>;
  readonly classes: readonly Resource[];
} {
  const { urn } = set;
  const at = (property: string) => ({ urn, property: `spec.volumeClaimTemplates[].spec.${property}` });
  const given = claimTemplates(set).map((template) => inside(template, "spec", "storageClassName"));
  const classes = given.map((name) => classesNamed(graph, set, name));
  const saidOf = (field: keyof typeof words): Leaf<boolean | null> =>
    classes
      .map(([found]): Leaf<boolean | null> => {
        if (found === undefined) return known(null, urn, "default");
        const meaning: Readonly<Record<string, boolean>> = words[field];
        const parse = (value: Value) => meaning[asText(value) ?? ""];
        const usual = parse(kubernetesDefaults[field].value) ?? null;
        return leafAt<boolean | null>(found, [field], parse, { default: usual });
      })
      .reduce((worst, each) => (rank(each) < rank(worst) ? each : worst));
  return {
    classes: [...new Set(classes.flat())],
    outlivesClaim: saidOf("reclaimPolicy"),
    volume: {
      gib: claimedGib(set),
      class: leafOf<string | null>(given[0], at("storageClassName"), asText, { default: null }),
      bindsLate: saidOf("volumeBindingMode"),
    },
  };
}

/** Worst first: no, not understood, nobody knows, yes. */
function rank(leaf: Leaf<boolean | null>): number {
  if (!leaf.known) return 1;
  return leaf.value === null ? 2 : leaf.value ? 4 : 0;
}

/** One that is not there stands for pods without a claim. */
function claimTemplates(set: Resource): readonly (Value | undefined)[] {
  const templates = listOf(valueAt(set, "spec", "volumeClaimTemplates"));
  return templates.length === 0 ? [undefined] : templates;
}

/** All claims of each pod of a StatefulSet together: without one they keep nothing. */
export function claimedGib(set: Resource): Leaf<number> {
  const at = { urn: set.urn, property: "spec.volumeClaimTemplates[].spec.resources" };
  return claimTemplates(set)
    .map((template) => leafOf(inside(template, "spec", "resources", "requests", "storage"), at, gib, { default: 0 }))
    .reduce((a, b) => bothLeaves(a, b, (x, y) => x + y));
}

/** Classes of that name in the cluster of an object: one, unless two files say it. */
export function classesNamed(graph: ResourceGraph, beside: Resource, name: Value | undefined): readonly Resource[] {
  const word = ({ provider = "" }: Resource, called: string): string => `${provider}|${called}`;
  const index = indexed(graph, CLASS, "name", (each) => word(each, nameOf(each) ?? ""));
  return typeof name === "string" ? (index.get(word(beside, name)) ?? []) : [];
}

const gib = (value: Value): number | undefined => {
  const mib = typeof value === "string" || typeof value === "number" ? memoryMiB(value) : undefined;
  return mib === undefined ? undefined : mib / MIB_PER_GIB;
};

/** Which field each input of a class sets; null: none. */
export function classInputs(field: string, outlivesClaim: string | null): InputTable {
  return {
    [CLASS]: {
      fields: {
        "metadata.name": field,
        volumeBindingMode: field,
        ...(outlivesClaim === null ? {} : { reclaimPolicy: outlivesClaim }),
      },
      ignored: {
        apiVersion: "what sort of object it is",
        kind: "what sort of object it is",
        "metadata.labels": "labels are read by nobody",
        provisioner: OPERATED,
        parameters: OPERATED,
        allowVolumeExpansion: OPERATED,
        ...(outlivesClaim === null ? { reclaimPolicy: OPERATED } : {}),
      },
    },
  };
}
