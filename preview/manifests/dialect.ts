import { Document, parseDocument, type ScalarTag } from "yaml";
import type { Value } from "../../model";

const booleans: ScalarTag = {
  tag: "tag:yaml.org,2002:bool",
  default: true,
  test: /^(?:yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/,
  resolve: (text) => /^(?:yes|on)$/i.test(text),
};
const octal: ScalarTag = {
  tag: "tag:yaml.org,2002:int",
  default: true,
  test: /^[-+]?0[0-7]+$/,
  resolve: (text) => Number.parseInt(text, 8),
};

/**
 * As Kubernetes reads YAML (sigs.k8s.io/yaml, which is go-yaml 2): `yes` and `on` are true, and 0644 is octal, as in `defaultMode`.
 * A time of day is not a number, though YAML 1.1 counts in sixties.
 */
export const DIALECT = {
  prettyErrors: false,
  logLevel: "silent",
  merge: true,
  // The parser compares each key with each: ours are looked up.
  uniqueKeys: false,
  customTags: (tags: readonly unknown[]) => [booleans, octal, ...(tags as readonly ScalarTag[])],
} as const;

/** What tells that a text without quotes is none: a number, a truth, nothing. */
const notTexts = new Document(null, DIALECT).schema.tags.flatMap((tag) =>
  !tag.collection && tag.default === true && tag.test !== undefined ? [tag.test] : [],
);
const scalars = new Map<string, Value>();

/** What a text without quotes stands for, as the parser says; the same few stand everywhere. */
export function scalarOf(text: string): Value {
  if (!notTexts.some((test) => test.test(text))) return text;
  let value = scalars.get(text);
  if (value === undefined) scalars.set(text, (value = parseDocument(text, DIALECT).toJS() as Value));
  return value;
}
