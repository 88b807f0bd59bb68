import { known, unknown, type Conflict, type Exposure, type Leaf, type PartKey, type Resource } from "../../model";
import { inside, valueAt } from "../leaf.read";

const PROPERTY = "spec.infrastructure.annotations";

/** Annotations of a Service by which clouds are told who may reach it, and what each value means. */
const WORDS: readonly (readonly [string, Readonly<Record<string, Exposure>>])[] = [
  ["service.beta.kubernetes.io/aws-load-balancer-scheme", { internal: "private", "internet-facing": "internet" }],
  ["service.beta.kubernetes.io/aws-load-balancer-internal", { true: "private", false: "internet" }],
  ["networking.gke.io/load-balancer-type", { Internal: "private", External: "internet" }],
  ["cloud.google.com/l4-rbs", { enabled: "internet" }],
  ["service.beta.kubernetes.io/azure-load-balancer-internal", { true: "private", false: "internet" }],
];

function said(gateway: Resource): readonly (readonly [string, Leaf<Exposure>])[] {
  const annotations = valueAt(gateway, "spec", "infrastructure", "annotations");
  return WORDS.flatMap(([key, meanings]) => {
    const value = inside(annotations, key);
    if (value === undefined) return [];
    const meaning = typeof value === "string" ? meanings[value] : undefined;
    const property = `${PROPERTY}.${key}`;
    return [[key, meaning === undefined ? unknown(gateway.urn, property, "unreadable") : known(meaning, gateway.urn)]];
  });
}

/** Who reaches a Gateway: what its annotations tell the cloud; without any the cloud has a default of its own. */
export function readExposure(gateway: Resource): Leaf<Exposure | null> {
  const words = said(gateway).map(([, leaf]) => leaf);
  const [first] = words;
  if (first === undefined) return unknown(gateway.urn, PROPERTY, "no-default-known");
  const hidden = words.find((each) => !each.known);
  if (hidden !== undefined) return hidden;
  const differs = words.some((each) => each.known && first.known && each.value !== first.value);
  return differs ? unknown(gateway.urn, PROPERTY, "ambiguous-reference") : first;
}

/** Clouds that are told different things. */
export function exposureConflicts(gateway: Resource, part: PartKey): readonly Conflict[] {
  const words = said(gateway).flatMap(([key, leaf]) => (leaf.known ? [{ key, value: leaf.value }] : []));
  if (new Set(words.map(({ value }) => value)).size < 2) return [];
  return [
    {
      part,
      field: "exposure",
      says: words.map(({ key, value }) => ({ urn: gateway.urn, property: `${PROPERTY}.${key}`, value })),
    },
  ];
}
