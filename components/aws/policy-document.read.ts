import {
  isRecord,
  isUnknown,
  isUnknownValue,
  known,
  unknown,
  type Leaf,
  type Resource,
  type Unknown,
  type Value,
} from "../../model";
import { documentAt, inside, listOf } from "./leaf.read";

const SAYS = "which messages or objects; that plain text is refused for all is read";

/** Inputs of a policy document at a path: which of them are read, and why the others are not. */
export function policyInputs(path: string, field: string) {
  const read = ["Effect", "Principal", "Action", "Condition"].map((word) => [`${path}.Statement[].${word}`, field]);
  return { fields: Object.fromEntries(read) as Record<string, string>, ignored: { [path]: SAYS } };
}

/**
 * Whether a resource policy refuses requests without TLS: a Deny where `aws:SecureTransport` is false.
 * @param own the input of the resource that may hold its policy
 * @param policies resources that hold it in their input `policy`
 */
export function refusesPlainText(resource: Resource, own: string, policies: readonly Resource[]): Leaf<boolean> {
  const given = resource.inputs[own];
  const said = [
    ...(given === undefined || given === null || given === "" ? [] : [documentAt(resource, own)]),
    ...policies.map((policy) => documentAt(policy, "policy")),
  ];
  const verdicts = said.map((document) => denies(document, resource));
  return (
    verdicts.find((verdict) => verdict.known && verdict.value) ??
    verdicts.find((verdict) => !verdict.known) ??
    known(false, resource.urn, said.length === 0 ? "default" : "input")
  );
}

function denies(document: Value | Unknown, { urn }: Resource): Leaf<boolean> {
  if (isUnknown(document)) return document;
  if (!isRecord(document)) return unknown(urn, "policy", "unreadable");
  const statements = inside(document, "Statement") ?? inside(document, "statements");
  if (isUnknownValue(statements)) return unknown(urn, "policy.Statement", statements.$unknown);
  const list = Array.isArray(statements) ? listOf(statements) : statements === undefined ? [] : [statements];
  return known(
    list.some(
      (statement) =>
        inside(statement, "Effect") === "Deny" &&
        ofEverybody(inside(statement, "Principal")) &&
        everything(inside(statement, "Action")) &&
        asksForTls(inside(statement, "Condition")),
    ),
    urn,
  );
}

function several(value: Value | undefined): readonly (Value | undefined)[] {
  return Array.isArray(value) ? listOf(value) : [value];
}

function ofEverybody(principal: Value | undefined): boolean {
  return [...several(principal), ...several(inside(principal, "AWS"))].includes("*");
}

/** All that the service does: `*`, or `sqs:*`. */
function everything(action: Value | undefined): boolean {
  return several(action).some((each) => typeof each === "string" && /^([a-z0-9-]+:)?\*$/i.test(each));
}

function asksForTls(condition: Value | undefined): boolean {
  return ["Bool", "BoolIfExists"].some((operator) => {
    const test = inside(condition, operator);
    if (!isRecord(test)) return false;
    const found = Object.entries(test).find(([name]) => name.toLowerCase() === "aws:securetransport")?.[1];
    return several(found).some((value) => value === false || value === "false");
  });
}
