import type { Environment, NetworkChoice, Path, Workload } from "../model";
import type { TargetCatalog } from "../catalog";
import { nearest } from "../model";
import { subnetsOf } from "./addresses";
import type { MistakeList } from "./request-mistakes";

/** The services, and those among them whose balancer is built here. */
interface Asked {
  readonly services: Services;
  readonly balanced: Services;
}

type Services = readonly (readonly [string, Extract<Workload, { readonly kind: "service" }>])[];

/** Regions that the environment lists: each has prices, zones of its own, none twice. */
export function checkRegions(environment: Environment, target: TargetCatalog, list: MistakeList): void {
  const priced = target.regions;
  const names = Object.keys(environment.regions);
  if (names.length === 0) {
    list.add(
      "environment",
      ["regions"],
      environment.regions,
      "needs at least one region",
      'for example "us-east-1": { zones: ["us-east-1a", "us-east-1b"] }',
    );
  }
  for (const [region, { zones }] of Object.entries(environment.regions)) {
    if (priced !== null && !priced.includes(region)) {
      const near = nearest(region, priced);
      list.add(
        "environment",
        ["regions", region],
        region,
        `regions with prices are ${priced.join(", ")}`,
        near === undefined ? "take one of them" : `did you mean ${near}?`,
      );
      continue;
    }
    zones.forEach((zone, index) => {
      const problem = target.zoneProblem(region, zone);
      if (problem !== null) {
        list.add("environment", ["regions", region, "zones", index], zone, problem, "correct the name of the zone");
      } else if (zones.indexOf(zone) !== index) {
        list.add(
          "environment",
          ["regions", region, "zones", index],
          zone,
          "each zone once",
          "remove one of the two, or name another zone",
        );
      }
    });
  }
}

/** The region that is planned: the one asked for, or the environment's only one. */
export function regionOf(
  environment: Environment,
  environmentName: string,
  asked: string | undefined,
  list: MistakeList,
): string | undefined {
  const names = Object.keys(environment.regions);
  if (asked === undefined) {
    if (names.length <= 1) return names[0];
    list.add(
      "yaml",
      ["region"],
      undefined,
      `environment ${environmentName} has ${names.join(", ")}`,
      `say which, for example nines:region: ${names[0] ?? ""}`,
    );
    return undefined;
  }
  if (names.includes(asked)) return asked;
  const near = nearest(asked, names);
  const fix = near === undefined ? `take one of them, or add ${asked} to the environment` : `did you mean ${near}?`;
  list.add("yaml", ["region"], asked, `environment ${environmentName} has ${names.join(", ")}`, fix);
  return undefined;
}

/** Smallest and largest network that Amazon VPC makes. */
const VPC_PREFIX = { largest: 16, smallest: 28 };
const PRIVATE_RANGES = "for example 10.0.0.0/16";

function checkAddressRange(range: string, path: Path, zones: readonly string[] | undefined, list: MistakeList): void {
  const says = (allowed: string, fix: string): void => list.add("environment", path, range, allowed, fix);
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(range);
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = (match ?? []).slice(1).map(Number);
  if ([a, b, c, d].some((byte) => byte > 255) || prefix > 32)
    return says("four numbers to 255, a slash and a length", PRIVATE_RANGES);
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  if (address % 2 ** (32 - prefix) !== 0) return says(`no address bits behind the first ${prefix}`, PRIVATE_RANGES);
  if (prefix < VPC_PREFIX.largest || prefix > VPC_PREFIX.smallest) {
    return says(`a VPC is /${VPC_PREFIX.largest} to /${VPC_PREFIX.smallest}`, PRIVATE_RANGES);
  }
  // Zones whose names are wrong were said already.
  if (zones === undefined || !zones.every((zone) => /[a-h]$/.test(zone))) return;
  const addressed = subnetsOf({ addressRange: range, zones });
  if (!addressed.ok)
    says(
      `holds ${addressed.fits} subnets of /20; place ${addressed.asked} is needed, since a zone's letter decides its place`,
      PRIVATE_RANGES,
    );
}

/** Everything that the network must hold, let in or let out. */
export function checkNetwork(
  environment: Environment,
  region: string | undefined,
  used: readonly string[],
  { services, balanced }: Asked,
  images: Readonly<Record<string, string>>,
  target: TargetCatalog,
  list: MistakeList,
): void {
  const { network } = environment;
  const zones = region === undefined ? undefined : environment.regions[region]?.zones;
  if (region !== undefined && zones && balanced.length > 0 && new Set(zones).size < target.balancerZones) {
    list.add(
      "environment",
      ["regions", region, "zones"],
      zones,
      `a load balancer needs subnets in ${target.balancerZones} zones`,
      "add a zone; replicas stay in fewer with zones: 1",
    );
  }
  if ("existing" in network) {
    const { addressRange } = network.existing;
    if (addressRange !== undefined)
      checkAddressRange(addressRange, ["network", "existing", "addressRange"], undefined, list);
    return checkSubnets(network.existing, zones ?? [], used, balanced, list);
  }
  if (network.addressRange !== undefined)
    checkAddressRange(network.addressRange, ["network", "addressRange"], zones, list);
  if (network.nat !== "none") return;
  const leaving = services.filter(([, facts]) => facts.callsLeave).map(([name]) => name);
  if (leaving.length > 0) {
    list.add(
      "environment",
      ["network", "nat"],
      "none",
      `calls of ${leaving.join(", ")} leave the network`,
      "needs one, per-zone or regional",
    );
  }
  const outside =
    region === undefined
      ? []
      : services
          .flatMap(([name, { sidecars = {} }]) => [
            ...(Object.hasOwn(images, name) ? [[name, images[name] ?? ""] as const] : []),
            ...Object.entries(sidecars).map(([sidecar, { image }]) => [`${sidecar} of ${name}`, image] as const),
          ])
          .filter(([, image]) => !target.pullsPrivately(image, region))
          .map(([name]) => name);
  if (outside.length > 0) {
    list.add(
      "environment",
      ["network", "nat"],
      "none",
      `without a way out nothing can pull the images of ${outside.join(", ")}: only Amazon ECR in ${region ?? ""} is reached`,
      "needs one, per-zone or regional, or the images in ECR",
    );
  }
  checkEndpoints(network, list);
}

/** Without NAT an image is pulled, and logs are written, through these alone. */
const NEEDED_ENDPOINTS = ["ecr.api", "ecr.dkr", "logs", "s3"];

function checkEndpoints({ endpoints }: Extract<NetworkChoice, { readonly create: true }>, list: MistakeList): void {
  if (endpoints === undefined || endpoints === "cheaper") return;
  const given = endpoints === "none" ? [] : endpoints;
  const missing = NEEDED_ENDPOINTS.filter((service) => !given.includes(service));
  if (missing.length > 0) {
    list.add(
      "environment",
      ["network", "endpoints"],
      endpoints,
      `with nat none images and logs need the endpoints ${NEEDED_ENDPOINTS.join(", ")}`,
      `add ${missing.join(", ")}, or leave endpoints out`,
    );
  }
}

function checkSubnets(
  existing: Extract<NetworkChoice, { readonly existing: unknown }>["existing"],
  zones: readonly string[],
  used: readonly string[],
  balanced: Services,
  list: MistakeList,
): void {
  const lacking = (subnets: Readonly<Record<string, string>>, needed: readonly string[]) =>
    needed.filter((zone) => !Object.hasOwn(subnets, zone));
  const privately = lacking(existing.privateSubnetIds, [...new Set([...zones, ...used])]);
  if (privately.length > 0) {
    list.add(
      "environment",
      ["network", "existing", "privateSubnetIds"],
      existing.privateSubnetIds,
      `needs a private subnet in ${privately.join(", ")}`,
      `add "${privately[0] ?? ""}": subnet-...`,
    );
  }
  if (!balanced.some(([, facts]) => facts.exposure === "internet")) return;
  const publicly = lacking(existing.publicSubnetIds ?? {}, zones);
  if (publicly.length > 0) {
    list.add(
      "environment",
      ["network", "existing", "publicSubnetIds"],
      existing.publicSubnetIds,
      `a balancer for the internet needs a public subnet in ${publicly.join(", ")}`,
      `add "${publicly[0] ?? ""}": subnet-...`,
    );
  }
}
