import * as pulumi from "@pulumi/pulumi";
import type { Environment, Plan, Request, System } from "../model";
import { describeInfeasible, describeMistakes, scalingFloor, SYSTEM_TYPE } from "../model";
import { plan, requestOf } from "../capacity";
import * as runtimeConfig from "@pulumi/pulumi/runtime/config";
import { onMachine } from "./on-machine";
import { expectedAvailability, monthlyCost } from "./planned-component";
import { builtOrRefused, refusal } from "./refusal";
import { implementations } from "./targets";

/** What a repository asks for: its systems and its environments. */
export interface Stacks {
  readonly systems: Readonly<Record<string, System>>;
  readonly environments: Readonly<Record<string, Environment>>;
  /** Typed overrides of single children, as the target's `transform` says. */
  readonly transform?: unknown;
}

/** Stack outputs: what Pulumi shows old and new of. */
export interface Outputs {
  /** Absent where nothing that is built has one. */
  readonly url?: pulumi.Output<string>;
  /** Floor of each replica group and store. */
  readonly replicas: Readonly<Record<string, number>>;
  readonly costPerMonthUsd: number;
  /** Expected, as a share of time. */
  readonly availability: number;
}

/** The root of a built system: it registers the plan as its input, so that preview, state and policy pack find it without our program. */
export class SystemComponent extends pulumi.ComponentResource {
  constructor(name: string, args: { readonly plan: Plan }) {
    super(SYSTEM_TYPE, name, args);
    this.registerOutputs({});
  }
}

/**
 * Plans and builds the stack that the configuration names.
 * @throws pulumi.RunError with every mistake, or every limit that forbids the plan, before the first resource: an empty program would delete the stack
 */
export async function deploy(stacks: Stacks): Promise<Outputs> {
  const request = requestOfStack(stacks);
  const planned = plan(request);
  if (!planned.ok) throw refusal(describeInfeasible(request.stack, planned.infeasible));
  checkMachine(request);
  const load = implementations[request.target];
  if (!load) throw refusal(`target ${request.target} is not built yet`);
  const implementation = await load();
  const system = new SystemComponent(request.stack, { plan: planned.plan });
  const built = builtOrRefused(
    () => implementation.build(planned.plan, request, system, stacks.transform),
    request.stack,
  );
  return {
    ...(built.url === undefined ? {} : { url: built.url }),
    replicas: Object.fromEntries(
      planned.plan.parts.flatMap((part) =>
        part.kind === "replica-group" || part.kind === "store" ? [[part.workload, scalingFloor(part.scaling)]] : [],
      ),
    ),
    costPerMonthUsd: monthlyCost(planned.plan),
    availability: expectedAvailability(planned.plan),
  };
}

function requestOfStack({ systems, environments }: Stacks): Request {
  const stack = pulumi.getStack();
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith("nines:"));
  const result = requestOf({
    stack,
    file: `stacks/Pulumi.${stack}.yaml`,
    config: Object.fromEntries(own.map(([key, text]) => [key, isSecretKey(key) ? { $unknown: "secret" } : text])),
    systems,
    environments,
  });
  if (!result.ok) throw refusal(describeMistakes(`stack ${stack}`, result.mistakes));
  return result.request;
}

/** Only where an engine deploys: a preview offline needs nothing of the machine, and tells what it lacks by itself. */
function checkMachine(request: Request): void {
  if (process.env["PULUMI_NODEJS_MONITOR"] === undefined) return;
  const { mistakes, notes } = onMachine(request);
  if (mistakes.length > 0) throw refusal(describeMistakes(`stack ${request.stack}`, mistakes));
  for (const note of notes) void pulumi.log.warn(note);
}

/** The runtime knows which keys are secret, and its declarations do not say so. */
function isSecretKey(key: string): boolean {
  return (runtimeConfig as unknown as { readonly isConfigSecret: (key: string) => boolean }).isConfigSecret(key);
}
