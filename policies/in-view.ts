// What a verdict is worth where not all that it rests on is in view: undecided, where it could be another with the rest.
import type { Resource, RuleResult } from "../model";

/** What is said of a rule whose verdict may be another with the resources that are not in view. */
export const NOT_IN_VIEW = "unchanged resources are not in the file, and the verdict may rest on them";

/**
 * Verdicts where some of the stack's resources are not in view. What passes may fail with them, and what fails may be mended by them;
 * only what one resource breaks by itself stands.
 */
export function withUnseen(results: readonly RuleResult[]): readonly RuleResult[] {
  return results.map((result) => {
    if (result.verdict === "undecided" || (result.verdict === "fail" && result.alone === true)) return result;
    return {
      id: result.id,
      severity: result.severity,
      part: result.part,
      verdict: "undecided",
      message: NOT_IN_VIEW,
      fix: "run pulumi preview --json --show-sames",
    };
  });
}

/**
 * Judges resources of which some inputs are as they were before: where changes of a property are ignored, engine and state hold what
 * stood, not what the program gives. A verdict that rests on such a value is undecided.
 * @param holdsOld Does this resource's ignored property hold an old value? A resource that is being created has none.
 */
export function judgedWithoutIgnored(
  resources: readonly Resource[],
  judge: (resources: readonly Resource[]) => readonly RuleResult[],
  holdsOld: (resource: Resource) => boolean = () => true,
): readonly RuleResult[] {
  const results = judge(resources);
  if (!results.some(({ verdict }) => verdict === "fail")) return results;
  const open = resources.map((resource) => (holdsOld(resource) ? withoutIgnored(resource) : resource));
  const touched = open.flatMap((resource, index) => (resource === resources[index] ? [] : [resource]));
  if (touched.length === 0) return results;
  const same = ({ id, part, message, verdict }: RuleResult): string => JSON.stringify([id, part, message, verdict]);
  const standing = new Set(judge(open).map(same));
  const ignored = [...new Set(touched.flatMap(({ ignoreChanges }) => ignoreChanges))].sort();
  return results.map((result) => {
    if (result.verdict !== "fail" || standing.has(same(result))) return result;
    const why = `as it was before: changes of ${ignored.join(", ")} are ignored`;
    return { ...result, verdict: "undecided", message: `${result.message} (${why})` };
  });
}

function withoutIgnored(resource: Resource): Resource {
  const { inputs, ignoreChanges } = resource;
  const kept = ignoreChanges
    .map((path) => path.split(/[.[]/)[0] ?? "")
    .filter((property) => property in inputs)
    .map((property) => [property, { $unknown: "after-deploy" }] as const);
  return kept.length === 0 ? resource : { ...resource, inputs: { ...inputs, ...Object.fromEntries(kept) } };
}
