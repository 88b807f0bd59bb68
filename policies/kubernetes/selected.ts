import { isOwnLabel, withOwnLabels } from "../../components/kubernetes/own-labels.read";
import { chooses, labelsIn, scopeOf } from "../../components/kubernetes/scope.read";
import { inside } from "../../components/leaf.read";
import type { Resource, Value } from "../../model";
import type { Subject } from "../rule";
import { labelsOf, podMakers, serves, type Workload } from "./workloads";

/** What makes pods in one cluster and namespace. */
interface Scope {
  readonly all: Workload[];
  /** `app=web`: so many are there that nobody may look through all for each selector. */
  readonly byLabel: Map<string, Workload[]>;
  /** Labels of some are not known. */
  open: boolean;
}

const indexes = new WeakMap<readonly Workload[], ReadonlyMap<string, Scope>>();

function scopesOf(makers: readonly Workload[]): ReadonlyMap<string, Scope> {
  const known = indexes.get(makers);
  if (known !== undefined) return known;
  const scopes = new Map<string, Scope>();
  for (const maker of makers) {
    const name = scopeOf(maker.resource);
    const scope = scopes.get(name) ?? { all: [], byLabel: new Map<string, Workload[]>(), open: false };
    scopes.set(name, scope);
    scope.all.push(maker);
    const labels = labelsOf(maker);
    if (labels === undefined) scope.open = true;
    for (const [key, value] of labels ?? []) {
      const there = scope.byLabel.get(`${key}=${value}`);
      if (there === undefined) scope.byLabel.set(`${key}=${value}`, [maker]);
      else there.push(maker);
    }
  }
  indexes.set(makers, scopes);
  return scopes;
}

/** What runs in a number of pods that somebody chose, in the cluster and namespace of an object. */
export function servingBeside(subject: Subject, by: Resource): readonly Workload[] {
  return (scopesOf(podMakers(subject)).get(scopeOf(by))?.all ?? []).filter(serves);
}

type Selects = (selector: Value | undefined, labels: ReadonlyMap<string, string>) => boolean;

/**
 * What makes pods that an object's selector chooses beside it; undefined where labels are not known.
 * @param how `chooses` for plain labels, `selects` for matchLabels and matchExpressions
 */
export function selectedBeside(
  subject: Subject,
  by: Resource,
  selector: Value | undefined,
  how: Selects,
): readonly Workload[] | undefined {
  const scope = scopesOf(podMakers(subject)).get(scopeOf(by));
  if (scope === undefined) return [];
  if (scope.open) return undefined;
  const wanted = labelsIn(how === chooses ? selector : inside(selector, "matchLabels"));
  // Of all labels that templates write and it asks for, the one that fewest have.
  const few = [...wanted]
    .filter(([key]) => !isOwnLabel(key))
    .map(([key, value]) => scope.byLabel.get(`${key}=${value}`) ?? []);
  const [least = scope.all] = few.sort((a, b) => a.length - b.length);
  return least.filter((each) =>
    how(selector, withOwnLabels(each.resource, labelsOf(each) ?? new Map<string, string>(), selector)),
  );
}
