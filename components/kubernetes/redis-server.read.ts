import type { Resource, Value } from "../../model";
import { asText, inside, listOf, valueAt } from "../leaf.read";
import { wordsOf } from "./redis-files.read";

/** Of an image: Redis or Valkey, and its tag. */
export const SERVER = /(?:^|\/)(redis|valkey)(?:-(?:stack-)?server|-stack)?(?::([^@]+))?(?:@.*)?$/;

/** Does a container run a Sentinel? Its image is the server's: only its words tell. */
export function isSentinel(container: Value): boolean {
  return /sentinel/.test(`${asText(inside(container, "name") ?? null) ?? ""} ${wordsOf(container)}`);
}

export function containersIn(set: Resource): readonly Value[] {
  return listOf(valueAt(set, "spec", "template", "spec", "containers"));
}

/** The container that holds the data. */
export function serverOf(set: Resource): Value | undefined {
  return containersIn(set).find(
    (each) => SERVER.test(asText(inside(each, "image") ?? null) ?? "") && !isSentinel(each),
  );
}
