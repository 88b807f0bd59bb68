import { inside } from "../../components/leaf.read";
import type { Resource, Source, Value } from "../../model";
import { type DeployCheck, fine, type Outcome, refused } from "../deployable-check";
import { unknownIn } from "./workloads";

/** Where a rule of the API server was read. */
export function api(title: string, url: string): Source {
  return { title: `Kubernetes 1.36, ${title}`, url, date: "2026-11-21" };
}

/** A slip, and what mends it. */
export type Slip = readonly [seen: string, fix: string];

/** Types of what makes pods, and the path of their template. */
export const templated = [
  ["kubernetes:apps/v1:Deployment", ["spec", "template"]],
  ["kubernetes:apps/v1:StatefulSet", ["spec", "template"]],
  ["kubernetes:apps/v1:DaemonSet", ["spec", "template"]],
  ["kubernetes:batch/v1:Job", ["spec", "template"]],
  ["kubernetes:batch/v1:CronJob", ["spec", "jobTemplate", "spec", "template"]],
] as const;

/** The template of a workload's pods. */
export function templateOf(resource: Resource): Value | undefined {
  const [, path] = templated.find(([type]) => type === resource.type) ?? [null, []];
  return inside(resource.inputs, ...path);
}

interface Written {
  readonly name: string;
  readonly title: string;
  readonly quote: string;
  readonly source: Source;
  readonly types: readonly string[];
  /** What of an object is looked at; undefined: the object has none of it. */
  readonly of: (resource: Resource) => Value | undefined;
  readonly slips: (value: Value, resource: Resource) => readonly Slip[];
}

/** A check of what the API server refuses: undecided where something of what it looks at is not known. */
export function refusal({ of, slips, ...written }: Written): DeployCheck {
  return {
    ...written,
    by: "Kubernetes",
    check: (resource): Outcome | readonly Outcome[] | null => {
      const value = of(resource);
      if (value === undefined) return null;
      // All checks ask of the same object whether it is known, and most are: then no part of it is looked through.
      if (unknownIn(resource.inputs) !== undefined && unknownIn(value) !== undefined) return { unknown: written.title };
      const found = slips(value, resource);
      return found.length === 0 ? fine : found.map(([seen, fix]) => refused(seen, fix));
    },
  };
}

/** Values that are there more than once. */
export function twice<T>(values: readonly T[]): readonly T[] {
  return [...new Set(values.filter((each, index) => values.indexOf(each) !== index))];
}

/** Fields of whole numbers that are written in quotes: text, which the API server does not take for numbers. */
export function textual(within: Value | undefined, fields: readonly string[], where = ""): readonly Slip[] {
  return fields.flatMap((field): readonly Slip[] => {
    const given = inside(within, field);
    if (typeof given !== "string" || !/^-?\d+$/.test(given.trim())) return [];
    return [
      [
        `${field} ${JSON.stringify(given)}${where === "" ? "" : ` ${where}`} is text`,
        `write it without quotes: ${given.trim()}`,
      ],
    ];
  });
}
