// Members' volumes that are to hold more: a set cannot be told so, its claims can. The way that stops nobody (Kubernetes, StatefulSets, "limitations", and
// Expanding Persistent Volumes Claims; `kubectl delete --cascade=orphan` leaves the pods, and a set of the same name and selector takes them over), read 2026-11-22.
import { bytes } from "../catalog/kubernetes/quantity";
import { nameOf } from "../components/kubernetes/scope.read";
import { asText, inside, listOf, valueAt } from "../components/leaf.read";
import type { PropertyChange, Resource } from "../model";

const SIZE = /^spec\.volumeClaimTemplates\[(\d+)\]\.spec\.resources\.requests\.storage$/;

/** What to do where a set would be replaced for nothing but volumes that grow; undefined where something else forces it, or one shrinks. */
export function growthByClaims(set: Resource, properties: readonly PropertyChange[]): string | undefined {
  const forcing = properties.filter(({ forces }) => forces === true);
  const name = nameOf(set);
  if (forcing.length === 0 || name === undefined) return undefined;
  const namespace = asText(valueAt(set, "metadata", "namespace") ?? null) ?? "default";
  const templates = listOf(valueAt(set, "spec", "volumeClaimTemplates"));
  const grown: string[] = [];
  for (const { path, from, to } of forcing) {
    const template = templates[Number(SIZE.exec(path)?.[1] ?? -1)];
    const claim = asText(inside(template, "metadata", "name") ?? null);
    if (claim === undefined || !isMore(from, to)) return undefined;
    const size = `{"spec":{"resources":{"requests":{"storage":"${String(to)}"}}}}`;
    grown.push(`kubectl -n ${namespace} patch pvc ${claim}-${name}-0 -p '${size}', and so for each member`);
  }
  const steps = [
    `grow the claims, whose class must allow it: ${grown.join("; ")}`,
    `take the set alone away: kubectl -n ${namespace} delete statefulset ${name} --cascade=orphan`,
    "pulumi refresh, and deploy: the set that is made takes its pods over, and nothing stops",
  ];
  return steps.map((step, index) => `${index + 1}. ${step}`).join("; ");
}

function isMore(from: unknown, to: unknown): boolean {
  const [before, after] = [from, to].map((each) =>
    typeof each === "string" || typeof each === "number" ? bytes(each) : undefined,
  );
  return before !== undefined && after !== undefined && after > before;
}
