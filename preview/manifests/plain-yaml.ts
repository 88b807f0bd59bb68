import { FAILSAFE_SCHEMA, NOT_RESOLVED, defineScalarTag, load } from "js-yaml";
import type { Value } from "../../model";
import { scalarOf } from "./dialect";

/** Anchors, merges, templates, indentation that is a number or a tab, and keys that are nothing, lists or mappings. */
const RARE =
  /(?:^|[\s,:[{-])&[^\s&]|<<|[}\]] *:|(?:^|[,:[{-])\s*\{\{|(?:^| )[|>][-+]?\d|^ *(?:- +)*(?:\? |\?$|~ *:|null *:|:[ \n]|\t)|^ *(?:---|\.\.\.)/im;

const SCHEMA = FAILSAFE_SCHEMA.withTags(
  defineScalarTag("scalar", {
    implicit: true,
    resolve: (text) => {
      const value = scalarOf(text);
      return typeof value === "string" ? NOT_RESOLVED : value;
    },
    identify: () => false,
  }),
);

/**
 * Reads YAML by a parser that keeps no places and so takes a tenth of the time of the one that does. It is never of another opinion than that: what is rare or wrong it leaves to it.
 * @returns undefined: for the other parser to say
 */
export function plainYaml(text: string): Value | undefined {
  if (RARE.test(text)) return undefined;
  try {
    const content = load(text, { schema: SCHEMA }) as Value;
    return typeof content === "object" ? content : undefined;
  } catch {
    return undefined;
  }
}
