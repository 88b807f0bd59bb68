import * as pulumi from "@pulumi/pulumi";
import type { Setting } from "../../model";
import { argumentOf } from "./service-arguments";
import { isLater, type Said } from "./service-system";

/** Where each value came from; what is known only after deploy is said to be so. */
export function settingsOf(settings: readonly Setting[], name: string, args: Said): readonly Setting[] {
  const unknown = { $unknown: "after-deploy" };
  const vpcId = args.network !== undefined && "existing" in args.network ? args.network.existing.vpcId : undefined;
  const later = new Map<string, unknown>();
  if (isLater(vpcId)) later.set("network.existing", unknown);
  if (args.alerts && "topicArn" in args.alerts && isLater(args.alerts.topicArn)) later.set("alerts", unknown);
  if (args.domain && (isLater(args.domain.zoneId) || isLater(args.domain.certificateArn)))
    later.set("domain", args.domain.name);
  if (isLater(args.image)) later.set(`images.${name}`, unknown);
  for (const id of ["listenerArn", "securityGroupId", "url"] as const)
    if (isLater(args.listener?.[id])) later.set(`existing.${name}.${id}`, unknown);
  return settings.map(({ key, value, from }) => ({
    key,
    value: later.get(key) ?? value,
    from: from === "default" || !isSaid(argumentOf(key, name, ""), args) ? "default" : "argument",
  }));
}

/** Of the component itself, and of what it stands in. */
const itsOwn: ReadonlySet<string> = new Set(["system", "environment", "target", "region"]);

/** The arguments hold something there: what they leave out has its default from here. */
function isSaid(path: string, args: Said): boolean {
  if (itsOwn.has(path)) return true;
  let here: unknown = args;
  for (const step of path.split(".")) {
    if (typeof here !== "object" || here === null || pulumi.Output.isInstance(here)) return here !== undefined;
    here = (here as Readonly<Record<string, unknown>>)[step];
  }
  return here !== undefined;
}
