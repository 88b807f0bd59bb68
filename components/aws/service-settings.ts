import { isLater } from "../component-arguments";
import type { Said } from "./service-system";

/** What is known only after deploy, by the planner's key: it is said to be so. */
export function laterSettings(name: string, args: Said): ReadonlyMap<string, unknown> {
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
  return later;
}
