import type { Value } from "../provider/values";
import { DEFAULTS, isList, isRecord, textsAt } from "../provider/values";
import type { StateResource } from "./engine";

/** A state in which two runs can be compared: names that the provider chose at random say whose they are, secrets say so. */
export function comparable(state: readonly StateResource[]): readonly object[] {
  const names = new Map<string, string>();
  for (const { inputs, urn } of state) {
    for (const key of textsAt(inputs ?? {}, DEFAULTS)) {
      const name = inputs?.[key];
      if (typeof name === "string") names.set(name, `<${key} of ${urn.slice(urn.lastIndexOf("::") + 2)}>`);
    }
  }
  // The longest first: one name may be the beginning of another.
  const known = [...names].sort(([one], [other]) => other.length - one.length);
  const named = (text: string): string => known.reduce((said, [name, whose]) => said.replaceAll(name, whose), text);
  return state
    .map(({ urn, type, id = null, parent = null, protect = false, initErrors = [], ...rest }) => ({
      urn,
      type,
      // Of a provider: chosen by the engine, at random.
      id: type.startsWith("pulumi:") || id === null ? null : named(id),
      parent,
      protect,
      initErrors,
      delete: rest.delete ?? false,
      inputs: said(rest.inputs ?? {}, named),
      outputs: said(rest.outputs ?? {}, named),
    }))
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
}

function said(value: Value, named: (text: string) => string): Value {
  if (typeof value === "string") return named(value);
  if (isList(value)) return value.map((item) => said(item, named));
  if (!isRecord(value)) return value;
  if ("ciphertext" in value) return "<secret>";
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, said(inner, named)]));
}
