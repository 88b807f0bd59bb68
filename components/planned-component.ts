import * as pulumi from "@pulumi/pulumi";
import { plan, planCost } from "../capacity";
import { describeInfeasible, describeMistakes, scalingFloor, type Mistake, type Plan, type Request } from "../model";
import { Adopting, type Adoption } from "./adoption";
import { partOf } from "./plan-parts";
import { builtOrRefused, refusal } from "./refusal";
import { unplanned, type Unplanned } from "./unplanned";

type Asked =
  { readonly ok: true; readonly request: Request } | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/** A component as it is planned, before anything is registered. */
export interface PlannedComponent {
  readonly ok: true;
  readonly request: Request;
  readonly plan: Plan;
}

/**
 * @param argumentOf the planner's key as the argument that says it, @default the key
 * Every mistake, or every limit that forbids the plan, is told: a preview goes on to the next component.
 * @throws pulumi.RunError with the same where the program is not previewed
 */
export function plannedOrRefused(
  what: string,
  asked: Asked,
  argumentOf: (key: string) => string = (key) => key,
): PlannedComponent | Unplanned {
  if (!asked.ok) return unplanned(describeMistakes(what, asked.mistakes));
  const planned = plan(asked.request);
  if (!planned.ok) {
    const said = planned.infeasible.map((each) => ({
      ...each,
      alternatives: each.alternatives.map(({ set, ...rest }) => ({
        ...rest,
        set: Object.fromEntries(Object.entries(set).map(([key, value]) => [argumentOf(key), value])),
      })),
    }));
    return unplanned(describeInfeasible(what, said));
  }
  return { ok: true, request: asked.request, plan: planned.plan };
}

/** What children take over is handed to them as they are made; what of it was not met is told. */
export class Building {
  readonly #adopting: Adopting;

  constructor(
    private readonly what: string,
    adopt: Adoption | undefined,
  ) {
    this.#adopting = new Adopting(adopt ?? {});
  }

  optionsOf(plain: pulumi.ComponentResourceOptions | undefined): pulumi.ComponentResourceOptions {
    return { ...plain, transformations: [...(plain?.transformations ?? []), this.#adopting.transformation] };
  }

  /** @throws pulumi.RunError for what a builder or the user's transform threw, and for what is taken over and is not here */
  built<T>(build: () => T): T {
    const made = builtOrRefused(build, this.what);
    const missed = this.#adopting.problems();
    if (missed.length > 0) throw refusal(`${this.what} takes over what is not here\n  ${missed.join("\n  ")}`);
    return made;
  }
}

/** Expected, to the cent. */
export function monthlyCost(planned: Plan): number {
  return Math.round(planCost(planned).perMonthUsd.expected * 100) / 100;
}

/** Expected, as a share of time. */
export function expectedAvailability({ availability }: Plan): number {
  return 1 - (availability?.unavailability ?? 0);
}

/** The least that a scaler leaves of a workload's replicas, or of a store's members. */
export function floorOf(planned: Plan, workload: string): number {
  const group = partOf(planned, "replica-group", workload) ?? partOf(planned, "store", workload);
  if (group === undefined) return 0;
  return scalingFloor(group.scaling);
}
