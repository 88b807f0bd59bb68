import type * as pulumi from "@pulumi/pulumi";
import { type NodeChoice, type PartKey, type Plan, type Request } from "../../model";
import type { DnsFailoverTransform, FailoverPlace } from "../aws/dns-failover";
import { tagsOf } from "../aws/tags";
import { partsOf } from "../plan-parts";

interface Built {
  readonly region: string;
  readonly platform: NodeChoice["platform"] | undefined;
  /** Of the entry's door. */
  readonly address: pulumi.Output<string> | undefined;
}

// Who leads callers by nothing of AWS needs no SDK of it.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const loadRoute53 = () => require("../aws/dns-failover") as typeof import("../aws/dns-failover");

/** The records of Route 53 that lead callers to the first region that stands, where the plan has them. */
export function buildFailover(
  plan: Plan,
  request: Request,
  regions: readonly Built[],
  parent: pulumi.ComponentResource,
  transform: DnsFailoverTransform | undefined,
): void {
  const [part] = partsOf(plan, "dns-failover").filter(({ runtime }) => runtime.kind === "route53");
  if (part === undefined || request.domain === null) return;
  const doors = partsOf(plan, "load-balancer").filter(({ workload }) => workload === part.workload);
  const places = new Map(
    regions.flatMap(({ region, platform, address }): readonly (readonly [PartKey, FailoverPlace])[] => {
      const door = doors.find((each) => each.region === region);
      // Balancers of AWS are given a host name, those of others an address.
      return door === undefined || address === undefined
        ? []
        : [[door.key, { address, type: platform === "eks" ? "CNAME" : "A" }]];
    }),
  );
  const { DnsFailover } = loadRoute53();
  new DnsFailover(
    `${part.workload}-dns`,
    {
      part,
      zoneId: request.domain.zone.existing.id,
      places,
      tags: tagsOf(plan, request),
      ...(transform === undefined ? {} : { transform }),
    },
    { parent },
  );
}
