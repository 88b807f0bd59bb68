import * as pulumi from "@pulumi/pulumi";
import { plan, planCost } from "../../capacity";
import { describeInfeasible, describeMistakes, type Plan, type Request } from "../../model";
import { builtOrRefused, refusal } from "../refusal";
import { Adopting, type Adoption } from "./adoption";
import { knownSubnets } from "./service-network";
import { requestOfComponent, type Kind } from "./service-request";
import type { Place, Said } from "./service-system";

/** A component as it is planned, before anything is registered. */
export interface PlannedComponent {
  readonly request: Request;
  readonly plan: Plan;
  readonly zones: readonly string[];
  readonly place: Place;
}

/** @throws pulumi.RunError with every mistake, or every limit that forbids the plan */
export function plannedComponent(kind: Kind, name: string, args: Said): PlannedComponent {
  const what = `${kind.word} "${name}"`;
  const place: Place = { project: pulumi.getProject(), stack: pulumi.getStack(), region: regionOfProgram() };
  const asked = requestOfComponent(kind, name, args, place);
  if (!asked.ok) throw refusal(describeMistakes(what, asked.mistakes));
  const planned = plan(asked.request);
  if (!planned.ok) throw refusal(describeInfeasible(what, planned.infeasible));
  const { subnetZones = {}, ...rest } = planned.plan;
  const known = knownSubnets(subnetZones);
  const registered = Object.keys(known).length === 0 ? rest : { ...rest, subnetZones: known };
  return { request: asked.request, plan: registered, zones: asked.zones, place };
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
export function monthlyCost(plan: Plan): number {
  return Math.round(planCost(plan).perMonthUsd.expected * 100) / 100;
}

/** Where the AWS provider looks, in its order. */
function regionOfProgram(): string | undefined {
  return new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
}
