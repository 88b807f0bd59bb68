import { kubernetesDefaults } from "../../catalog/kubernetes/defaults";
import { memoryMiB } from "../../catalog/kubernetes/quantity";
import { known, type InputTable, type Leaf, type Resource, type ResourceGraph, type Value } from "../../model";
import { asText, inside, leafAt, leafOf, listOf, mapLeaf, valueAt } from "../leaf.read";
import { OPERATED } from "./object-inputs.read";
import { nameOf } from "./scope.read";

const CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
const MIB_PER_GIB = 1024;

interface ReadVolume {
  readonly gib: Leaf<number>;
  readonly class: Leaf<string | null>;
  readonly bindsLate: Leaf<boolean | null>;
}

/** The first claim of each member of a StatefulSet, and its class where that is in the program. */
export function readMemberVolume(
  graph: ResourceGraph,
  set: Resource,
): { readonly volume: ReadVolume; readonly classes: readonly Resource[] } {
  const { urn } = set;
  const [template] = listOf(valueAt(set, "spec", "volumeClaimTemplates"));
  const at = (property: string) => ({ urn, property: `spec.volumeClaimTemplates[].spec.${property}` });
  const given = inside(template, "spec", "storageClassName");
  const classes = graph
    .ofType(CLASS)
    .filter((each) => each.provider === set.provider && given !== undefined && nameOf(each) === given);
  const [found] = classes;
  return {
    classes,
    volume: {
      // Without a claim members keep nothing.
      gib: leafOf(inside(template, "spec", "resources", "requests", "storage"), at("resources"), gib, { default: 0 }),
      class: leafOf<string | null>(given, at("storageClassName"), asText, { default: null }),
      bindsLate:
        found === undefined
          ? known(null, urn, "default")
          : mapLeaf(
              leafAt(found, ["volumeBindingMode"], asText, { default: kubernetesDefaults.volumeBindingMode.value }),
              (mode) => mode === "WaitForFirstConsumer",
            ),
    },
  };
}

const gib = (value: Value): number | undefined => {
  const mib = typeof value === "string" || typeof value === "number" ? memoryMiB(value) : undefined;
  return mib === undefined ? undefined : mib / MIB_PER_GIB;
};

/** Which field each input of a class sets. */
export function classInputs(field: string): InputTable {
  return {
    [CLASS]: {
      fields: { "metadata.name": field, volumeBindingMode: field },
      ignored: {
        apiVersion: "what sort of object it is",
        kind: "what sort of object it is",
        "metadata.labels": "labels are read by nobody",
        provisioner: OPERATED,
        parameters: OPERATED,
        allowVolumeExpansion: OPERATED,
        reclaimPolicy: OPERATED,
      },
    },
  };
}
