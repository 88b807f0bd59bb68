import * as pulumi from "@pulumi/pulumi";
import { requestOfArguments, type ComponentKind, type Place } from "../component-request";
import { plannedOrRefused, type PlannedComponent } from "../planned-component";
import type { Unplanned } from "../unplanned";
import { knownSubnets, zonesOf } from "./service-network";
import { withoutPlaceholders } from "./service-request";
import type { Said } from "./service-system";

/** A component on AWS as it is planned: its zones, and where it stands. */
export interface PlannedOnAws extends PlannedComponent {
  readonly zones: readonly string[];
  readonly place: Place;
}

/** @throws pulumi.RunError with every mistake, or every limit that forbids the plan; a preview tells them and goes on */
export function plannedOnAws(kind: ComponentKind<Said>, name: string, args: Said): PlannedOnAws | Unplanned {
  const place: Place = { project: pulumi.getProject(), stack: pulumi.getStack(), region: regionOfProgram() };
  const asked = requestOfArguments(kind, name, args, place);
  const planned = plannedOrRefused(
    `${kind.word} "${name}"`,
    asked.ok ? { ok: true, request: withoutPlaceholders(asked.request, kind, name, args) } : asked,
  );
  if (!planned.ok) return planned;
  const { request, plan } = planned;
  const { subnetZones = {}, ...rest } = plan;
  const known = knownSubnets(subnetZones);
  const registered = Object.keys(known).length === 0 ? rest : { ...rest, subnetZones: known };
  return { ok: true, request, plan: registered, zones: zonesOf(args.network) ?? [], place };
}

/** Where the AWS provider looks, in its order. */
function regionOfProgram(): string | undefined {
  return new pulumi.Config("aws").get("region") ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
}
