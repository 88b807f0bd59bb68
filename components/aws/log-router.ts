import { portOfOutput, routerOf } from "../../capacity";
import type { ServiceWorkload } from "../../model";
import type { ReplicaGroupArgs } from "./replica-group-args";

/** AWS' own services answer there. */
const AWS_PORT = 443;

/** What a service may do, and with a router of its lines: what that is told, what it may do, and the port on which it leaves. */
export function loggingOf({
  logs,
  permissions = [],
}: Pick<ServiceWorkload, "logs" | "permissions">): Pick<ReplicaGroupArgs, "permissions" | "logRouter" | "leavesOn"> {
  const router = routerOf(logs);
  if (router === undefined) return { permissions };
  const port = portOfOutput(router);
  return {
    permissions: [...permissions, ...(router.permissions ?? [])],
    logRouter: router,
    leavesOn: [...new Set([AWS_PORT, ...(port === null ? [] : [port])])],
  };
}
