import { isRecord, type Value } from "../../model";
import type { ObjectSlip } from "./amounts";
import { type KubernetesObject } from "./objects";

/**
 * Characters that a name may have, where it is less than a DNS subdomain's 253: what carries it as a label holds 63, and the controllers
 * of StatefulSets and CronJobs add eleven of their own (kubernetes.io/docs/concepts/overview/working-with-objects/names, 2026-11-21).
 */
const shorter: Readonly<Record<string, number>> = { Service: 63, Namespace: 63, Job: 63, StatefulSet: 52, CronJob: 52 };
const SUBDOMAIN = 253;
const LABEL = 63;
const PORT = 15;
const DNS = /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/;
/** Roles may be called `system:reader`. */
const ANY_NAME = "rbac.authorization.k8s.io/";

/** What is wrong with the names in an object: its own, those of labels' values, of containers and their ports. */
export function nameSlips(object: KubernetesObject): readonly ObjectSlip[] {
  const { content } = object;
  const metadata = isRecord(content["metadata"]) ? content["metadata"] : {};
  const own = ownName(object, metadata["name"]);
  const template = at(content, "spec", "template");
  const pods = object.kind === "CronJob" ? at(content, "spec", "jobTemplate", "spec", "template") : template;
  const labels = [
    labelSlips(metadata["labels"], ["metadata", "labels"]),
    labelSlips(at(template, "metadata", "labels"), ["spec", "template", "metadata", "labels"]),
  ].flat();
  const containers = at(pods, "spec", "containers");
  return [...own, ...labels, ...(Array.isArray(containers) ? portSlips(containers, object.kind) : [])];
}

function ownName({ kind, apiVersion, content }: KubernetesObject, name: Value | undefined): readonly ObjectSlip[] {
  const path = ["metadata", "name"];
  if (typeof name !== "string" || name === "") {
    const metadata = content["metadata"];
    if (isRecord(metadata) && typeof metadata["generateName"] === "string") return [];
    return [
      {
        path,
        given: name,
        allowed: "an object needs a name, as text",
        fix: "write metadata.name (in quotes, if it is a number)",
      },
    ];
  }
  const most = shorter[kind] ?? SUBDOMAIN;
  if (name.length > most)
    return [
      { path, given: name, allowed: `${name.length} characters; a ${kind} has at most ${most}`, fix: "shorten it" },
    ];
  if (DNS.test(name) || apiVersion.startsWith(ANY_NAME)) return [];
  const allowed = "names are of small letters, digits, - and ., and begin and end with a letter or a digit";
  return [{ path, given: name, allowed, fix: `such as ${likely(name)}` }];
}

function likely(name: string): string {
  const cut = name.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, "-");
  return cut.replaceAll(/^[^a-z0-9]+|[^a-z0-9]+$/g, "") || "web";
}

function labelSlips(labels: Value | undefined, path: readonly string[]): readonly ObjectSlip[] {
  if (!isRecord(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]): readonly ObjectSlip[] => {
    if (typeof value === "boolean" || typeof value === "number")
      return [{ path: [...path, key], given: value, allowed: "a label's value is text", fix: "write it in quotes" }];
    if (typeof value !== "string" || value.length <= LABEL) return [];
    const allowed = `${value.length} characters; a label's value has at most ${LABEL}`;
    return [{ path: [...path, key], given: value, allowed, fix: "shorten it" }];
  });
}

function portSlips(containers: readonly Value[], kind: string): readonly ObjectSlip[] {
  const above = kind === "CronJob" ? ["spec", "jobTemplate"] : [];
  return containers.flatMap((container, index) => {
    const ports = at(container, "ports");
    if (!Array.isArray(ports)) return [];
    return (ports as readonly Value[]).flatMap((port, place) => {
      const name = at(port, "name");
      if (typeof name !== "string" || name.length <= PORT) return [];
      const path = [...above, "spec", "template", "spec", "containers", String(index), "ports", String(place), "name"];
      return [
        {
          path,
          given: name,
          allowed: `${name.length} characters; a port's name has at most ${PORT}`,
          fix: "shorten it",
        },
      ];
    });
  });
}

function at(value: Value | undefined, ...path: readonly string[]): Value | undefined {
  let found = value;
  for (const step of path) found = isRecord(found) ? found[step] : undefined;
  return found;
}
