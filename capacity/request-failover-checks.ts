import type { DomainChoice, Environment, FailoverChoice, RequestedCluster, StackConfig } from "../model";
import { ownNameOf } from "./own-name";
import type { MistakeList } from "./request-mistakes";

/** Doors that hand requests on to other regions themselves; an Ingress can lead to Services alone. */
const handsOn = (door: RequestedCluster["door"]): boolean => "gateway" in door;

/** A choice of failover with its defaults in place. */
export function failoverOf(
  choice: FailoverChoice | undefined,
  cluster: RequestedCluster | null,
): Required<FailoverChoice> | null {
  if (choice === undefined) return null;
  return {
    dns: choice.dns,
    doors: choice.doors ?? (cluster !== null && handsOn(cluster.door)),
    checkSeconds: choice.checkSeconds ?? 30,
    failures: choice.failures ?? 3,
  };
}

// RFC 1035, section 2.3.4: a label of at most 63 letters, a name of at most 253 as it is written.
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LONGEST_NAME = 253;

/** Each region's door has a name of its own below the stack's. */
export function checkOwnNames(domain: DomainChoice | null, regions: readonly string[], list: MistakeList): void {
  if (domain === null || regions.length < 2) return;
  for (const region of regions) {
    const name = ownNameOf(domain.name, region);
    if (!LABEL.test(region))
      list.add(
        "yaml",
        ["regions", regions.indexOf(region)],
        region,
        `each region's door has a name of its own, here ${name}, which DNS does not take`,
        "call the region in small letters, digits and hyphens, at most 63",
      );
    else if (name.length > LONGEST_NAME)
      list.add(
        "yaml",
        ["domain", "name"],
        domain.name,
        `each region's door has a name of its own below it, here of ${name.length} letters; DNS takes ${LONGEST_NAME}`,
        `a name of at most ${LONGEST_NAME - region.length - 1} letters`,
      );
  }
}

export interface FailoverAsked {
  readonly config: Partial<StackConfig>;
  readonly hasDomain: boolean;
  readonly regions: readonly string[];
  /** Is there a door before the entry that is built here? */
  readonly hasDoor: boolean;
  readonly environment: Environment;
}

/** Failover needs regions to lead to, a name to lead from, and somebody who keeps it. */
export function checkFailover(asked: FailoverAsked, list: MistakeList): void {
  const { config, hasDomain, regions, hasDoor, environment } = asked;
  const { failover } = config;
  if (failover === undefined) return;
  const shown = `dns: ${failover.dns}`;
  // A region that is no region of the environment is a mistake of its own.
  if ((config.regions ?? regions).length < 2)
    list.add(
      "yaml",
      ["failover"],
      shown,
      "the stack is built in one region, and there is none to lead callers to",
      "regions: [...] with two or more, or remove it",
    );
  else if (!hasDomain)
    list.add(
      "yaml",
      ["failover"],
      shown,
      "callers are led by a name, and the stack has no domain",
      "domain: { name: model.example.com, zone: { existing: { id: Z0123456789 } } }",
    );
  else if (!hasDoor)
    list.add(
      "yaml",
      ["failover"],
      shown,
      "callers are led to doors, and the entry has none that is built here",
      "remove it, or let a service that is reached by a balancer be the entry",
    );
  if (config.callersMoveSeconds !== undefined && failover.dns !== "none")
    list.add(
      "yaml",
      ["callersMoveSeconds"],
      config.callersMoveSeconds,
      `failover moves callers by DNS (${failover.dns}), and callersMoveSeconds says that they move by themselves`,
      "remove one of the two; with failover.dns: none callers still move by themselves",
    );
  checkParts(failover, environment, list);
}

/** What a choice asks of the cluster. */
function checkParts(failover: FailoverChoice, { kubernetes }: Environment, list: MistakeList): void {
  const door = kubernetes?.door ?? { gateway: "envoy-gateway" };
  if (failover.doors === true && !handsOn(door))
    list.add(
      "yaml",
      ["failover", "doors"],
      true,
      "an Ingress leads to Services of its own cluster alone",
      "door: { gateway: ... } in the environment, or doors: false",
    );
  if (failover.dns === "none" && !(failover.doors ?? handsOn(door)))
    list.add(
      "yaml",
      ["failover", "dns"],
      "none",
      "route53 or external-dns where doors do not hand on: as it is nothing leads callers anywhere",
      "dns: route53, or remove failover",
    );
  if (failover.dns !== "route53")
    for (const key of ["checkSeconds", "failures"] as const)
      if (failover[key] !== undefined)
        list.add(
          "yaml",
          ["failover", key],
          failover[key],
          `checks of Route 53 are made with dns: route53, not with ${failover.dns}`,
          "remove it, or dns: route53",
        );
  if (failover.dns !== "external-dns" || kubernetes === undefined) return;
  if (kubernetes.has?.includes("external-dns") !== true)
    list.add(
      "yaml",
      ["failover", "dns"],
      "external-dns",
      "the environment's clusters are not said to have external-dns",
      'add "external-dns" to has of the environment\'s kubernetes, or dns: route53',
    );
  else if (kubernetes.nodes.platform !== "eks")
    list.add(
      "yaml",
      ["failover", "dns"],
      "external-dns",
      `external-dns leads from one region to another by records of Route 53, and platform ${kubernetes.nodes.platform} is not said to have it behind`,
      "dns: route53, which needs no more than the hosted zone",
    );
}
