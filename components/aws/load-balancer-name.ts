import { limits } from "../../catalog/aws/limits";

/** Names are cut by nobody: AWS takes 32 characters, and an automatic name needs eight of them. */
export function uniqueName(facts: Named): Prefix {
  return facts.name.length <= limits["target-group-logical-name"].max ? {} : shortPrefix(facts);
}

/** As uniqueName; AWS also refuses a balancer whose name begins with `internal-`, which its own names do. */
export function balancerName(facts: Named): Prefix {
  return refusedStart.test(facts.name) ? shortPrefix(facts) : uniqueName(facts);
}

interface Named {
  readonly name: string;
  readonly part: { readonly workload: string };
}
interface Prefix {
  readonly namePrefix?: string;
}

const refusedStart = /^internal-/i;

function shortPrefix({ part }: Named): Prefix {
  const letters = part.workload.replace(/[^A-Za-z0-9]/g, "");
  return { namePrefix: `${letters.slice(0, limits["target-group-name-prefix"].max - 1)}-` };
}
