import {
  isUnknownValue,
  known,
  unknown,
  type Conflict,
  type Exposure,
  type Leaf,
  type PartKey,
  type Resource,
} from "../../model";
import { balancerClasses, ofAwsController } from "../../catalog/kubernetes/gateways";
import { asText, inside, valueAt } from "../leaf.read";
import { GATEWAY } from "./gateway-listeners.read";

/** Where an object says what its cloud is told: of a Gateway its controller hands it to the Service that it makes. */
function wordsOf(door: Resource): { readonly path: readonly string[]; readonly property: string } {
  const path = door.type === GATEWAY ? ["spec", "infrastructure", "annotations"] : ["metadata", "annotations"];
  return { path, property: path.join(".") };
}

/** Annotations of a Service by which clouds are told who may reach it, and what each value means. */
const WORDS: readonly (readonly [string, Readonly<Record<string, Exposure>>])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", { internal: "private", "internet-facing": "internet" }],
  ["service.beta.kubernetes.io/aws-load-balancer-internal", { true: "private", false: "internet" }],
  ["networking.gke.io/load-balancer-type", { Internal: "private", External: "internet" }],
  ["cloud.google.com/l4-rbs", { enabled: "internet" }],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", { true: "private", false: "internet" }],
];

function said(door: Resource): readonly (readonly [string, Leaf<Exposure>])[] {
  const { path, property: under } = wordsOf(door);
  const annotations = valueAt(door, ...path);
  return WORDS.flatMap(([key, meanings]) => {
    const value = inside(annotations, key);
    if (value === undefined) return [];
    const meaning = typeof value === "string" ? meanings[value] : undefined;
    const property = `${under}.${key}`;
    return [[key, meaning === undefined ? unknown(door.urn, property, "unreadable") : known(meaning, door.urn)]];
  });
}

/** Who reaches a Gateway: what its annotations tell the cloud; without any the cloud has a default of its own. */
export function readExposure(gateway: Resource): Leaf<Exposure | null> {
  return toldExposure(gateway) ?? unknown(gateway.urn, wordsOf(gateway).property, "no-default-known");
}

/** Who reaches a Service of type LoadBalancer: what it tells the cloud, else what its class or AWS's controller makes of that; all others are made for the internet. */
export function readServiceExposure(service: Resource): Leaf<Exposure | null> {
  const told = toldExposure(service);
  if (told !== undefined) return told;
  const { urn } = service;
  const className = valueAt(service, "spec", "loadBalancerClass");
  if (className !== undefined) {
    const name = asText(className) ?? "";
    return Object.hasOwn(balancerClasses, name)
      ? known(balancerClasses[name]?.exposure ?? null, urn)
      : unknown(urn, "spec.loadBalancerClass", isUnknownValue(className) ? className.$unknown : "no-default-known");
  }
  const type = asText(inside(valueAt(service, "metadata", "annotations"), AWS_TYPE) ?? null) ?? "";
  return ofAwsController.includes(type) ? known("private", urn) : known("internet", urn, "default");
}

const AWS_TYPE = "service.beta.kubernetes.io/aws-load-balancer-type";

/** undefined: no word of it. */
function toldExposure(door: Resource): Leaf<Exposure> | undefined {
  const words = said(door).map(([, leaf]) => leaf);
  const [first] = words;
  if (first === undefined) return undefined;
  const hidden = words.find((each) => !each.known);
  if (hidden !== undefined) return hidden;
  const differs = words.some((each) => each.known && first.known && each.value !== first.value);
  return differs ? unknown(door.urn, wordsOf(door).property, "ambiguous-reference") : first;
}

/** Clouds that are told different things. */
export function exposureConflicts(door: Resource, part: PartKey): readonly Conflict[] {
  const words = said(door).flatMap(([key, leaf]) => (leaf.known ? [{ key, value: leaf.value }] : []));
  if (new Set(words.map(({ value }) => value)).size < 2) return [];
  const { property } = wordsOf(door);
  return [
    {
      part,
      field: "exposure",
      says: words.map(({ key, value }) => ({ urn: door.urn, property: `${property}.${key}`, value })),
    },
  ];
}
