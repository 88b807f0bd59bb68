import { asText, inside } from "../../components/leaf.read";
import { withoutPlainSecrets, type PartKey, type PlainSecret, type Resource } from "../../model";
import type { Finding, Subject } from "../rule";
import { onPod, partOf, podMakers, told, type Workload } from "./workloads";

const FIX = "keep it in a Secret, and take it from there: valueFrom.secretKeyRef";
const FIX_ELSEWHERE = "keep it in a Secret, and refer to that";
const FIX_INPUT =
  "give it as a secret of the program's configuration (requireSecret), or keep it in a secret store, and name it there";
/** Settings of the containers of a replica group are judged as a Part's. */
const CONTAINER_SETTING = /^containerDefinitions\[\d+\]\.environment\[/;

/**
 * Plain settings of what is no replica group (those are judged as Parts): a store, a job, what runs on each node; and what looks like a
 * secret in a ConfigMap, in values of a chart, in the source of an application, in inputs of any provider, or anywhere else.
 */
export function otherSettings(subject: Subject): readonly Finding[] {
  const groups = groupsOf(subject);
  const makers = podMakers(subject);
  const judged = makers
    .filter(({ part }) => part === null || !groups.has(part))
    .map((workload) =>
      onPod(workload, ["containers", "initContainers"], () => {
        const found = foundIn(workload.resource).map((each) => said(each, workload));
        return {
          ok: found.length === 0,
          message: found.length === 0 ? "nothing looks like a secret" : listed(found),
          fix: FIX,
        };
      }),
    );
  const pods = new Set(makers.map(({ resource }) => resource.urn));
  const others = subject.graph.resources.flatMap((resource): readonly Finding[] => {
    if (!resource.custom || pods.has(resource.urn)) return [];
    const part = partOf(subject, resource);
    const judgedAlready = part !== null && groups.has(part) ? CONTAINER_SETTING : null;
    const found = foundIn(resource).filter(({ path }) => judgedAlready?.test(dotted(path)) !== true);
    if (found.length === 0) return [];
    const message = listed(found.map(({ path, why }) => `${dotted(path)} ${why}`));
    const fix = resource.type.startsWith("kubernetes:") ? FIX_ELSEWHERE : FIX_INPUT;
    return [told(resource, part, { ok: false, message, fix })];
  });
  return [...judged, ...others];
}

/** What stands in the pods of a replica group beside its settings: arguments, commands, annotations. */
export function besideSettings(subject: Subject, group: PartKey): readonly string[] {
  return (ofPart(podMakers(subject)).get(group) ?? []).flatMap((workload) =>
    foundIn(workload.resource)
      .filter(({ path }) => path.at(-1) !== "value" || path.at(-3) !== "env")
      .map((each) => said(each, workload)),
  );
}

const byPart = new WeakMap<readonly Workload[], ReadonlyMap<PartKey | null, readonly Workload[]>>();

function ofPart(makers: readonly Workload[]): ReadonlyMap<PartKey | null, readonly Workload[]> {
  let found = byPart.get(makers);
  if (found === undefined) {
    const grouped = new Map<PartKey | null, Workload[]>();
    for (const each of makers) {
      const own = grouped.get(each.part);
      if (own === undefined) grouped.set(each.part, [each]);
      else own.push(each);
    }
    byPart.set(makers, grouped);
    found = grouped;
  }
  return found;
}

function groupsOf({ parts }: Subject): ReadonlySet<PartKey> {
  return new Set(parts.filter(({ kind }) => kind === "replica-group").map(({ key }) => key));
}

function foundIn(resource: Resource): readonly PlainSecret[] {
  return withoutPlainSecrets(resource).found;
}

/** `PGPASSWORD of db is named like a secret`, `args[0] of db holds a URL with a password`. */
function said({ path, why }: PlainSecret, { resource }: Workload): string {
  const from = path.findIndex((step) => step === "containers" || step === "initContainers");
  if (from < 0) return `${dotted(path)} ${why}`;
  const list = path.slice(0, from + 2);
  const name = asText(inside(resource.inputs, ...list, "name") ?? null) ?? "?";
  const rest = path.slice(from + 2);
  const setting =
    rest[0] === "env" && rest.at(-1) === "value"
      ? asText(inside(resource.inputs, ...list, ...rest.slice(0, -1), "name") ?? null)
      : undefined;
  return `${setting ?? dotted(rest)} of ${name} ${why}`;
}

function dotted(path: PlainSecret["path"]): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}

/** Enough to know what sort they are. */
const SHOWN = 8;

function listed(found: readonly string[]): string {
  const more = found.length > SHOWN ? [`and ${found.length - SHOWN} more`] : [];
  return [...found.slice(0, SHOWN), ...more].join(", ");
}
