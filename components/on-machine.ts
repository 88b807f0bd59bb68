import type { Mistake, Request, Target } from "../model";
import { contextsOnMachine } from "./kubernetes/kubeconfig";

/** What the machine that deploys has for a request, or has not; nobody is asked but its own files. */
export interface OnMachine {
  /** With these the deploy would fail. */
  readonly mistakes: readonly Mistake[];
  /** What goes, and may not be what was meant. */
  readonly notes: readonly string[];
}

/** One row a target that looks; loads no builder. */
const machines: { readonly [target in Target]?: (request: Request) => OnMachine } = {
  kubernetes: (request) => contextsOnMachine(request),
};

export function onMachine(request: Request): OnMachine {
  return machines[request.target]?.(request) ?? { mistakes: [], notes: [] };
}
