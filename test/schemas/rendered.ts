import { renderedObjects } from "../../preview/render/objects";
import { stacks } from "../components/kubernetes/stacks";

export type Content = Readonly<Record<string, unknown>>;

export interface Rendered {
  readonly stack: string;
  readonly objects: readonly Content[];
}

let recorded: Promise<readonly Rendered[]> | undefined;

/** What nines writes for each stack on Kubernetes, recorded once. */
export function renderedStacks(): Promise<readonly Rendered[]> {
  recorded ??= record();
  return recorded;
}

async function record(): Promise<readonly Rendered[]> {
  const found: Rendered[] = [];
  for (const [stack, run] of stacks) {
    const { objects, mistakes } = renderedObjects(stack, (await run()).resources);
    if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
    found.push({ stack, objects: objects.map(({ content }) => content) });
  }
  return found;
}

/** The value at a path; undefined where there is none. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const step of path.split(".")) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Content)[step];
  }
  return here;
}

export function list(value: unknown, path: string): readonly unknown[] {
  const found = at(value, path);
  return Array.isArray(found) ? (found as readonly unknown[]) : [];
}

export function ofKind(objects: readonly Content[], ...kinds: readonly string[]): readonly Content[] {
  return objects.filter(({ kind }) => kinds.includes(String(kind)));
}

/** Workloads whose pods run until they are told to end. */
export const SERVING = ["Deployment", "StatefulSet", "DaemonSet"];
/** Workloads whose pods end by themselves. */
export const ENDING = ["Job", "CronJob"];

export interface Pod {
  readonly object: Content;
  readonly spec: unknown;
  readonly labels: Content;
  readonly containers: readonly unknown[];
}

/** Pods of all workloads, with their containers, those that run first among them. */
export function pods(objects: readonly Content[], ...kinds: readonly string[]): readonly Pod[] {
  return ofKind(objects, ...(kinds.length === 0 ? [...SERVING, ...ENDING] : kinds)).map((object) => {
    const template = at(object, object["kind"] === "CronJob" ? "spec.jobTemplate.spec.template" : "spec.template");
    const spec = at(template, "spec");
    return {
      object,
      spec,
      labels: (at(template, "metadata.labels") ?? {}) as Content,
      containers: [...list(spec, "containers"), ...list(spec, "initContainers")],
    };
  });
}

/** Does a label selector's matchLabels (or a Service's plain selector) choose these labels? An empty one of matchLabels chooses all. */
export function chooses(selector: unknown, labels: Content): boolean {
  return Object.entries((selector ?? {}) as Content).every(([key, value]) => labels[key] === value);
}

export const titleOf = (object: unknown): string =>
  `${String(at(object, "kind"))} ${String(at(object, "metadata.name"))}`;
