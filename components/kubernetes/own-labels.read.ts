import type { Resource, Value } from "../../model";
import { asNumber, inside, listOf, valueAt } from "../leaf.read";
import { labelsIn, nameOf } from "./scope.read";
import { POD_INDEX_LABEL, POD_NAME_LABEL } from "./store-names";

type Carries = (resource: Resource, value: string) => boolean;

const any: Carries = () => true;

/** Is it the ordinal of a member? Up to any where nobody writes a number of replicas. */
function isMember(set: Resource, ordinal: string): boolean {
  if (!/^(0|[1-9]\d*)$/.test(ordinal)) return false;
  const start = asNumber(valueAt(set, "spec", "ordinals", "start") ?? 0) ?? 0;
  const replicas = asNumber(valueAt(set, "spec", "replicas") ?? null) ?? Number.POSITIVE_INFINITY;
  return Number(ordinal) >= start && Number(ordinal) < start + replicas;
}

const ofSet: Readonly<Record<string, Carries>> = {
  [POD_NAME_LABEL]: (set, name) => {
    const own = `${nameOf(set) ?? ""}-`;
    return name.startsWith(own) && isMember(set, name.slice(own.length));
  },
  [POD_INDEX_LABEL]: isMember,
  "controller-revision-hash": any,
};

const isJob: Carries = (job, name) => name === nameOf(job);
/** A CronJob's Jobs are called by its name and a number. */
const isJobOf: Carries = (job, name) => name.startsWith(`${nameOf(job) ?? ""}-`);
const ofJob = (named: Carries): Readonly<Record<string, Carries>> => ({
  "batch.kubernetes.io/job-name": named,
  "job-name": named,
  "batch.kubernetes.io/controller-uid": any,
  "controller-uid": any,
  "batch.kubernetes.io/job-completion-index": (_, value) => /^\d+$/.test(value),
});

/** Labels that Kubernetes itself puts on pods, by what makes them (Kubernetes, Well-Known Labels, Annotations and Taints). */
const own: Readonly<Record<string, Readonly<Record<string, Carries>>>> = {
  StatefulSet: ofSet,
  DaemonSet: { "controller-revision-hash": any, "pod-template-generation": any },
  Deployment: { "pod-template-hash": any },
  Job: ofJob(isJob),
  CronJob: ofJob(isJobOf),
};

/** Is it a label that no template needs to write? */
export function isOwnLabel(key: string): boolean {
  return Object.values(own).some((labels) => key in labels);
}

/** Labels of the pods that an object makes, and those that Kubernetes gives to one or more of them where the selector asks for them. */
export function withOwnLabels(
  resource: Resource,
  written: ReadonlyMap<string, string>,
  selector: Value | undefined,
): ReadonlyMap<string, string> {
  const table = own[resource.type.split(":")[2] ?? ""];
  if (table === undefined) return written;
  const asked = [
    ...labelsIn(selector),
    ...labelsIn(inside(selector, "matchLabels")),
    ...listOf(inside(selector, "matchExpressions")).flatMap((each) => {
      const key = inside(each, "key");
      return listOf(inside(each, "values")).flatMap((value) =>
        typeof key === "string" && typeof value === "string" ? [[key, value] as const] : [],
      );
    }),
  ].filter(([key, value]) => table[key]?.(resource, value) ?? false);
  return asked.length === 0 ? written : new Map([...written, ...asked]);
}
