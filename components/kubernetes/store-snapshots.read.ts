import { known, unknown, type ReadPart, type Resource, type ResourceGraph, type Store, type Value } from "../../model";
import { asNumber, asText, inside, leafOf, listOf, valueAt } from "../leaf.read";
import { labelsIn, nameOf, named, neighbours, selects } from "./scope.read";
import { KEEP_DAYS, storeAnnotations } from "./store-names";

const CRON_JOB = "kubernetes:batch/v1:CronJob";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const BINDING = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
const ROLE = "kubernetes:rbac.authorization.k8s.io/v1:Role";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const JOB = ["spec", "jobTemplate", "spec", "template"] as const;

/** The job that copies a store's data, and what it may do. Which job that is, an annotation says. */
export function readSnapshots(
  graph: ResourceGraph,
  set: Resource,
): {
  readonly snapshots: ReadPart<Store>["snapshots"];
  readonly jobs: readonly Resource[];
  readonly beside: readonly Resource[];
} {
  const annotation = (each: Resource, name: string) => valueAt(each, "metadata", "annotations", name);
  const jobs = neighbours(graph, set, CRON_JOB).filter(
    (each) => annotation(each, storeAnnotations.snapshotsOf) === nameOf(set),
  );
  const [job, ...others] = jobs;
  if (job === undefined) return { snapshots: known(null, set.urn, "default"), jobs, beside: [] };
  const { urn } = job;
  const beside = jobs.flatMap((each) => besideOf(graph, each));
  if (others.length > 0)
    return { snapshots: unknown(urn, "metadata.annotations", "ambiguous-reference"), jobs, beside };
  const [container] = listOf(valueAt(job, ...JOB, "spec", "containers"));
  const days = listOf(inside(container, "env")).find((each) => inside(each, "name") === KEEP_DAYS);
  const kind = annotation(job, storeAnnotations.snapshotsKind);
  if (kind !== "volume-snapshot" && kind !== "object-store")
    return {
      snapshots: unknown(urn, `metadata.annotations.${storeAnnotations.snapshotsKind}`, "unreadable"),
      jobs,
      beside,
    };
  return {
    jobs,
    beside,
    snapshots: {
      everyHours: leafOf(valueAt(job, "spec", "schedule"), { urn, property: "spec.schedule" }, hoursOf),
      keepDays: leafOf(
        inside(days, "value"),
        { urn, property: "spec.jobTemplate.spec.template.spec.containers[].env" },
        asNumber,
      ),
      kind,
    },
  };
}

/** Hours from one run to the next, where a schedule is as regular as that. */
function hoursOf(value: Value): number | undefined {
  const [minute = "", hour = "", ...rest] = (asText(value) ?? "").trim().split(/\s+/);
  if (!/^\d+$/.test(minute) || rest.join(" ") !== "* * *") return undefined;
  if (hour === "*") return 1;
  if (/^\d+$/.test(hour)) return 24;
  const step = /^\*\/(\d+)$/.exec(hour)?.[1];
  const hours = Number(step);
  return step === undefined || hours < 1 || 24 % hours !== 0 ? undefined : hours;
}

/** Account, roles and network policy of a job. */
function besideOf(graph: ResourceGraph, job: Resource): readonly Resource[] {
  const account = asText(valueAt(job, ...JOB, "spec", "serviceAccountName") ?? null);
  const labels = labelsIn(valueAt(job, ...JOB, "metadata", "labels"));
  const bindings = neighbours(graph, job, BINDING).filter((each) =>
    listOf(valueAt(each, "subjects")).some((subject) => account !== undefined && inside(subject, "name") === account),
  );
  const roles = bindings.flatMap((each) => {
    const role = asText(valueAt(each, "roleRef", "name") ?? null);
    return (role === undefined ? undefined : named(graph, job, ROLE, role)) ?? [];
  });
  const found: readonly (Resource | undefined)[] = [
    account === undefined ? undefined : named(graph, job, ACCOUNT, account),
    ...bindings,
    ...roles,
    ...neighbours(graph, job, POLICY).filter((each) => selects(valueAt(each, "spec", "podSelector"), labels)),
  ];
  return found.flatMap((each) => each ?? []);
}
