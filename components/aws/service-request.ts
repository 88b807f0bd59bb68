import type { Request } from "../../model";
import { isLater } from "../component-arguments";
import { settingsOfArguments, type ComponentKind, type Place, type Slip } from "../component-request";
import { argumentNames, argumentOf } from "./service-arguments";
import { regionOfZones, subnetSlips, zonesOf } from "./service-network";
import { laterSettings } from "./service-settings";
import { configOf, environmentOf, systemOf, type Said } from "./service-system";

/** Ids, and what the container gets: the plan does without. */
const MAY_BE_LATER =
  /^(network\.existing\.(vpcId|privateSubnetIds|publicSubnetIds)|image|domain\.(zoneId|certificateArn)|alerts\.topicArn|listener\.(listenerArn|securityGroupId|url)|callers|environment|transform|adopt)(\.|$)/;

/** A component on AWS, by its word, its arguments and the system that they say. */
export function awsKind({
  word,
  argumentNames: names,
  systemOf: system,
}: Pick<ComponentKind<Said>, "word" | "argumentNames" | "systemOf">): ComponentKind<Said> {
  const regionOf = (args: Said, place: Place) => args.region ?? regionOfZones(zonesOf(args.network)) ?? place.region;
  return {
    word,
    argumentNames: names,
    mayBeLater: MAY_BE_LATER,
    slips: (given, plain, place) => slipsOf(given, plain, regionOf(plain, place)),
    systemOf: system,
    environmentOf: (_, args, place) =>
      environmentOf(args, zonesOf(args.network) ?? [], regionOf(args, place) ?? "us-east-1"),
    configOf: (name, args, place) => configOf(name, args, place, regionOf(args, place)),
    argumentOf,
    // Without zones nothing is known of the network, nor whether the region is right.
    hides: (known, key) => known === "network.existing.zones" && (key.startsWith("network.") || key === "region"),
  };
}

export const serviceKind = awsKind({ word: "Service", argumentNames, systemOf });

function slipsOf(given: Said, plain: Said, region: string | undefined): readonly Slip[] {
  const image: Slip = {
    key: "image",
    given: "an Output",
    allowed: "must be known before the deploy: whether its registry asks who pulls is planned",
    fix: "write it down, or keep it where nobody is asked",
  };
  const nowhere: Slip = {
    key: "region",
    given: undefined,
    allowed: "nothing says where",
    fix: "give region, or pulumi config set aws:region us-east-1",
  };
  return [
    ...(isLater(given.image) && Object.keys(plain.registries ?? {}).length > 0 ? [image] : []),
    ...subnetSlips(given.network),
    ...(region === undefined ? [nowhere] : []),
  ];
}

/** The request, with what is known only after deploy taken out again. */
export function withoutPlaceholders(request: Request, kind: ComponentKind<Said>, name: string, args: Said): Request {
  return {
    ...request,
    existing: { ...request.existing, listeners: listenersOf(request, args) },
    // The planner does without.
    images: isLater(args.image) ? { [name]: "" } : request.images,
    settings: settingsOfArguments(kind, request.settings, name, args, laterSettings(name, args)),
  };
}

/** A listener that is known only after deploy is planned with as one that is handed over. */
function listenersOf({ existing }: Request, { listener }: Said): Request["existing"]["listeners"] {
  if (!isLater(listener?.listenerArn)) return existing.listeners;
  return Object.fromEntries(
    Object.entries(existing.listeners).map(([name, there]) => [name, { ...there, listenerArn: null }]),
  );
}
