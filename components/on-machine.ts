import type { Request, Target } from "../model";
import type { OnMachine } from "./found-on-machine";
import { contextsOnMachine } from "./kubernetes/kubeconfig";

/** One row a target that looks; loads no builder. */
const machines: { readonly [target in Target]?: (request: Request) => OnMachine } = {
  kubernetes: (request) => contextsOnMachine(request),
};

export function onMachine(request: Request): OnMachine {
  return machines[request.target]?.(request) ?? { mistakes: [], notes: [] };
}
