import { plansIn, type Resource, type ResourceGraph } from "../../model";

export const RULE = "aws:lb/listenerRule:ListenerRule";
const LISTENER = "aws:lb/listener:Listener";

/**
 * Does a rule stand by itself? On a listener that is outside the program, or outside of the component that planned the rule: whoever
 * owns that balancer planned nothing of it. Any other is part of its balancer.
 */
export function isRoute(graph: ResourceGraph, rule: Resource): boolean {
  const listeners = graph.referenced(rule, "listenerArn", LISTENER);
  const planner = plannerOf(graph, rule);
  return (
    listeners.length === 0 ||
    (planner !== undefined && listeners.every((listener) => plannerOf(graph, listener) !== planner))
  );
}

/** The rules that belong to a listener's balancer. */
export function rulesOn(graph: ResourceGraph, listener: Resource): readonly Resource[] {
  return graph.referrers(listener, "listenerArn", RULE).filter((rule) => !isRoute(graph, rule));
}

const planners = new WeakMap<ResourceGraph, ReadonlySet<string>>();

/** The nearest component above whose plan is registered. */
function plannerOf(graph: ResourceGraph, resource: Resource): string | undefined {
  let known = planners.get(graph);
  if (known === undefined) {
    known = new Set(plansIn(graph.resources).map(({ component }) => component));
    planners.set(graph, known);
  }
  for (let urn = resource.parent; urn !== null; urn = graph.byUrn(urn)?.parent ?? null) if (known.has(urn)) return urn;
  return undefined;
}
