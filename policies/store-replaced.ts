import { at, isRecord, plain, type Inputs, type ReadPart } from "../model";
import { finding, partsOf } from "./finding";
import { beyondDev } from "./rule";
import type { Finding, Rule } from "./rule";

/** What of a StatefulSet no update changes (catalog/kubernetes/force-new.ts), as a Part holds it. */
const REPLACING: readonly (readonly [string, readonly string[]])[] = [
  ["podManagementPolicy", ["ordered"]],
  ["serviceName", ["peers", "name"]],
  ["volumeClaimTemplates, the size", ["volume", "gib"]],
  ["volumeClaimTemplates, the class", ["volume", "class"]],
];

/** Of the object that a store was read from; undefined: not in view. */
function namespaceOf(
  store: ReadPart,
  resources: readonly { readonly urn: string; readonly inputs: Inputs }[],
): string | undefined {
  const { urn } = at(store, "drainSeconds");
  const metadata = resources.find((each) => each.urn === urn)?.inputs["metadata"];
  const namespace = isRecord(metadata) ? metadata["namespace"] : undefined;
  return typeof namespace === "string" ? namespace : undefined;
}

export const notReplaced: Rule = {
  id: "store-not-replaced",
  title: "No change replaces a store",
  about: "Its object has a name, so all its members are stopped before the first of the new ones starts.",
  severity: beyondDev,
  peers: [],
  check: ({ parts, resources, baseline }) => {
    if (baseline === null) return [];
    const before = new Map(partsOf(baseline.parts, "store").map((store) => [store.key, store]));
    return partsOf(parts, "store").flatMap((store): readonly Finding[] => {
      const old = before.get(store.key);
      if (old === undefined) return [];
      const changed = REPLACING.filter(
        ([, path]) => JSON.stringify(plain(at(old, ...path))) !== JSON.stringify(plain(at(store, ...path))),
      ).map(([word]) => word);
      const [from, to] = [namespaceOf(old, baseline.resources ?? []), namespaceOf(store, resources)];
      if (from !== undefined && to !== undefined && from !== to)
        return [
          finding(store.key, {
            ok: false,
            message: `replaced, which stops it: its namespace ${from} becomes ${to}, where it starts with empty volumes${changed.length === 0 ? "" : `; and ${changed.join(", ")}`}`,
            fix: `keep nines:namespace: ${from}; or build a second store in ${to}, copy the data over, and waive this for the day of the move`,
            fixByHand: `keep namespace ${from}; or build a second store in ${to}, copy the data over, and waive this for the day of the move`,
          }),
        ];
      return [
        finding(store.key, {
          ok: changed.length === 0,
          message: changed.length === 0 ? "changed in place" : `replaced, which stops it: ${changed.join(", ")}`,
          fix: "grow the claims themselves, build a second store and move over; or waive it, for a time when it may stop",
        }),
      ];
    });
  },
};
