// What goes with an object that is deleted, or replaced under its own name, which deletes it first (Kubernetes, Namespaces, Persistent Volumes,
// StatefulSets, Storage Classes and Custom Resources; https://kubernetes.io/docs/concepts/), read 2026-11-22.
import { isRecord, type Inputs, type Loss, type Value } from "../../model";

/** An object as it stands. */
export interface StandingObject {
  readonly type: string;
  readonly inputs: Inputs;
}

const NAMESPACE = "kubernetes:core/v1:Namespace";
const CLAIM = "kubernetes:core/v1:PersistentVolumeClaim";
const SET = "kubernetes:apps/v1:StatefulSet";
const CLASS = "kubernetes:storage.k8s.io/v1:StorageClass";
/** On the object as it stands: the provider then deletes it and leaves its pods (pulumi-kubernetes v4.32.0, provider/pkg/metadata), read 2026-11-22. */
const ORPHAN = "pulumi.com/deletionPropagationPolicy";

/** What becomes of an object that goes. */
export interface Going {
  /** Namespaces that are deleted along with it. */
  readonly namespaces: ReadonlySet<string>;
  /** What takes its place; absent: nothing. */
  readonly after?: StandingObject;
}

/** Names of the namespaces that are deleted, or get another name. */
export function namespacesGone(
  before: readonly StandingObject[],
  after: readonly StandingObject[],
): ReadonlySet<string> {
  const names = (objects: readonly StandingObject[]) =>
    objects.filter(({ type }) => type === NAMESPACE).flatMap((each) => textAt(each, "metadata", "name") ?? []);
  const kept = new Set(names(after));
  return new Set(names(before).filter((name) => !kept.has(name)));
}

/**
 * What is lost with an object.
 * @param beside what stands with it in its cluster: claims of its namespace, the class of its volumes
 * @returns undefined where nothing but the object itself is
 */
export function lostWith(
  gone: StandingObject,
  beside: readonly StandingObject[],
  going: Going = { namespaces: new Set() },
): Loss | undefined {
  switch (gone.type) {
    case NAMESPACE:
      return grave(
        `all that is in the namespace is deleted with it: ${claimsIn(textAt(gone, "metadata", "name"), beside)}`,
      );
    case CLAIM:
      return grave(`its data: ${fateOf(textAt(gone, "spec", "storageClassName"), beside)}, once no pod uses the claim`);
    case "kubernetes:core/v1:PersistentVolume":
      return grave(
        textAt(gone, "spec", "persistentVolumeReclaimPolicy") === "Delete"
          ? "its disk is deleted once no claim is bound to it (persistentVolumeReclaimPolicy Delete)"
          : "the disk itself stays; a claim that was bound to it is Lost",
      );
    case SET:
      return lossOfSet(gone, going);
    case "kubernetes:apps/v1:Deployment":
      if (!underItsName(gone, going.after)) return undefined;
      return orphans(gone)
        ? mild("its pods stay, and belong to nobody: delete their ReplicaSets once the new ones are ready")
        : grave("an outage: its name stays, so all its pods are deleted before the first of the new ones starts");
    case "kubernetes:apps/v1:DaemonSet":
      if (!underItsName(gone, going.after)) return undefined;
      return orphans(gone)
        ? mild("its pods stay, and belong to nobody: delete them node by node once the new ones are ready")
        : grave(
            "an outage on every node: its name stays, so all its pods are deleted before the first of the new ones starts",
          );
    case "kubernetes:core/v1:Pod":
      return underItsName(gone, going.after)
        ? grave("an outage: its name stays, so it is stopped before the new one starts")
        : undefined;
    case "kubernetes:batch/v1:Job":
      return underItsName(gone, going.after)
        ? mild(
            "its name stays, so the old one is deleted first: a run that is under way is broken off, one that is done runs again",
          )
        : undefined;
    case "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding":
    case "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding":
      return underItsName(gone, going.after)
        ? mild("its name stays, so it is deleted before it is made anew: what it permits is refused meanwhile")
        : undefined;
    case "kubernetes:helm.sh/v3:Release":
      if (going.after === undefined) return undefined;
      return grave(
        "a second release is installed and the old one then uninstalled, with all that it made: callers meet other names, and stores start empty",
      );
    case "kubernetes:core/v1:Service":
      if (going.after === undefined) return undefined;
      if (!underItsName(gone, going.after))
        return mild("the old one goes once the new one is there: callers that use its name miss it");
      return grave(
        "an outage: its name stays, so it is deleted before it is made anew, under another address; callers that keep the old one miss it",
      );
    case CLASS:
      return mild(
        "volumes and claims that were made of it stay as they are, their own reclaim policy too; new claims of the class stay Pending until it is there again, and none grows meanwhile",
      );
    case "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition":
      return grave("every object of that kind in the cluster is deleted with it");
    default:
      return underItsName(gone, going.after)
        ? mild("its name stays, so it is deleted before it is made anew, and missing meanwhile")
        : undefined;
  }
}

const grave = (what: string): Loss => ({ what, grave: true });
const mild = (what: string): Loss => ({ what, grave: false });

/**
 * Is it made anew under the name that it had? Then it is deleted first: the provider deletes before it makes where the program gives the name and keeps it,
 * in the same namespace (pulumi-kubernetes v4.32.0, provider.go, Diff), read 2026-11-22.
 */
function underItsName(gone: StandingObject, after: StandingObject | undefined): boolean {
  const name = textAt(gone, "metadata", "name");
  return (
    after !== undefined &&
    name !== undefined &&
    name === textAt(after, "metadata", "name") &&
    namespaceOf(gone) === namespaceOf(after)
  );
}

function namespaceOf(object: StandingObject): string {
  return textAt(object, "metadata", "namespace") ?? "default";
}

function orphans(gone: StandingObject): boolean {
  return textAt(gone, "metadata", "annotations", ORPHAN)?.toLowerCase() === "orphan";
}

function lossOfSet(set: StandingObject, going: Going): Loss {
  if (going.after === undefined || !orphans(set) || !underItsName(set, going.after))
    return grave(`stops the store: all its members go at once${claimsOf(set, going)}`);
  const selectors = [set, going.after].map((each) => JSON.stringify(valueAt(each, "spec", "selector") ?? null));
  return selectors[0] === selectors[1]
    ? mild(`its pods stay (${ORPHAN}: orphan), and the new set takes them over`)
    : grave(`its pods stay, and the new set, whose selector is not theirs, cannot make its own under their names`);
}

/** Claims of a set stay, unless it says otherwise (persistentVolumeClaimRetentionPolicy), or their namespace goes; a set in another namespace has none of them. */
function claimsOf(set: StandingObject, { namespaces, after }: Going): string {
  const templates = valueAt(set, "spec", "volumeClaimTemplates");
  if (!Array.isArray(templates) || templates.length === 0) return "; what they hold is in no volume, and gone";
  const from = namespaceOf(set);
  const to = after === undefined ? from : namespaceOf(after);
  const empty =
    from !== to
      ? `; in ${to} it starts with empty volumes`
      : after === undefined || underItsName(set, after)
        ? ""
        : "; under another name it starts with empty volumes";
  if (namespaces.has(from)) return `, and its claims go with namespace ${from}${empty}`;
  return textAt(set, "spec", "persistentVolumeClaimRetentionPolicy", "whenDeleted") === "Delete"
    ? `, and its claims are deleted with their data (persistentVolumeClaimRetentionPolicy.whenDeleted Delete)${empty}`
    : `, and its claims stay${from === to ? "" : ` in ${from}`}${empty}`;
}

/** Names of what holds data in a namespace, as far as it is in view, and what becomes of their volumes. */
function claimsIn(namespace: string | undefined, beside: readonly StandingObject[]): string {
  const inside = beside.filter(
    (each) => namespace !== undefined && textAt(each, "metadata", "namespace") === namespace,
  );
  const claims = inside.flatMap((each): readonly (readonly [string, string | undefined])[] => {
    const name = textAt(each, "metadata", "name") ?? "?";
    if (each.type === CLAIM) return [[name, textAt(each, "spec", "storageClassName")]];
    const templates = each.type === SET ? valueAt(each, "spec", "volumeClaimTemplates") : undefined;
    if (!Array.isArray(templates)) return [];
    return (templates as readonly Value[]).map((template) => [
      `those of ${name}`,
      textIn(template, "spec", "storageClassName"),
    ]);
  });
  if (claims.length === 0) return "of its claims, none in view, the volumes go by the reclaim policy of their class";
  const fates = new Map<string, string[]>();
  for (const [name, ofClass] of claims) {
    const fate = fateOf(ofClass, beside);
    fates.set(fate, [...(fates.get(fate) ?? []), name]);
  }
  return [...fates].map(([fate, names]) => `claims ${[...new Set(names)].join(", ")}: ${fate}`).join("; ");
}

/** What becomes of the volumes of a class whose claim is deleted. */
function fateOf(name: string | undefined, beside: readonly StandingObject[]): string {
  const found = beside.find((each) => each.type === CLASS && textAt(each, "metadata", "name") === name);
  if (found === undefined)
    return `the volume goes by the reclaim policy of ${name === undefined ? "the default class" : `class ${name}`}, which is not in view: deleted, unless that is Retain`;
  return textAt(found, "reclaimPolicy") === "Retain"
    ? `the volume stays (class ${name ?? ""} retains), and costs until it is bound again or deleted by hand`
    : `the volume is deleted (class ${name ?? ""}, reclaimPolicy Delete)`;
}

function valueAt({ inputs }: StandingObject, ...path: readonly string[]): Value | undefined {
  return within(inputs, path);
}

function textAt({ inputs }: StandingObject, ...path: readonly string[]): string | undefined {
  return textIn(inputs, ...path);
}

function textIn(value: Value, ...path: readonly string[]): string | undefined {
  const found = within(value, path);
  return typeof found === "string" ? found : undefined;
}

function within(value: Value, path: readonly string[]): Value | undefined {
  let here: Value | undefined = value;
  for (const step of path) here = isRecord(here) ? here[step] : undefined;
  return here;
}
