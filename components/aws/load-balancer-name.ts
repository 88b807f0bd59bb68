import { limits } from "../../catalog/aws/limits";
import type { LoadBalancerFacts } from "./load-balancer-args";

/** Names are cut by nobody: AWS takes 32 characters, and an automatic name needs eight of them. */
export function uniqueName({ name, part }: Pick<LoadBalancerFacts, "name" | "part">): { readonly namePrefix?: string } {
  if (name.length <= limits["target-group-logical-name"].max) return {};
  const letters = part.workload.replace(/[^A-Za-z0-9]/g, "");
  return { namePrefix: `${letters.slice(0, limits["target-group-name-prefix"].max - 1)}-` };
}
