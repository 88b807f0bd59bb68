import { Provider } from "@pulumi/aws/provider";
import * as route53 from "@pulumi/aws/route53";
import * as pulumi from "@pulumi/pulumi";
import type { DnsCheck, DnsFailover as DnsFailoverPart, PartKey } from "../../model";
import { transformed, type Transform } from "../transform";

/** Route 53 has no region; its API and the metrics of its checks are in this one. */
const GLOBAL = "us-east-1";

export interface DnsFailoverTransform {
  readonly healthCheck?: Transform<route53.HealthCheckArgs>;
  readonly record?: Transform<route53.RecordArgs>;
}

/** A door that callers may be led to. */
export interface FailoverPlace {
  /** Host name or IP address that it is given. */
  readonly address: pulumi.Input<string>;
  /** CNAME where its address is a host name, as of the balancers of AWS. */
  readonly type: "A" | "CNAME";
}

export interface DnsFailoverArgs {
  readonly part: DnsFailoverPart;
  readonly zoneId: pulumi.Input<string>;
  /** By door. */
  readonly places: ReadonlyMap<PartKey, FailoverPlace>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transform?: DnsFailoverTransform;
}

/**
 * Records of Route 53 by which callers of a name are led to the first of several doors that passes its check: each door has a record of its own name,
 * and the name itself is a pair of the first door and of the next pair, since Route 53 knows no more than two.
 */
export class DnsFailover extends pulumi.ComponentResource {
  constructor(name: string, args: DnsFailoverArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:aws:DnsFailover", name, {}, opts);
    const { part, places, tags = {} } = args;
    const provider = new Provider(name, { region: GLOBAL, defaultTags: { tags: { ...tags } } }, { parent: this });
    const site: Site = { ...args, name, opts: { parent: this, provider } };
    const led = [...part.targets]
      .sort((a, b) => a.priority - b.priority)
      .map((target): Led => {
        const place = target.part === null ? undefined : places.get(target.part);
        if (place === undefined) throw new RangeError(`${part.key}: no door stands behind ${target.name}`);
        const own = record(site, `own-${target.name}`, {
          name: target.name,
          type: place.type,
          records: [place.address],
        });
        return { name: target.name, after: own, check: checkOf(site, target.name, target.check) };
      });
    pairs(site, part.name, led);
    this.registerOutputs({});
  }
}

interface Site extends DnsFailoverArgs {
  readonly name: string;
  readonly opts: pulumi.CustomResourceOptions;
}

/** Where a record leads. */
interface Led {
  readonly name: string;
  /** The record of that name. */
  readonly after: pulumi.Resource;
  readonly check: route53.HealthCheck | undefined;
}

/** Records of a name that leads to the first place that is well. @returns the last of them */
function pairs(site: Site, name: string, [first, ...rest]: readonly Led[]): pulumi.Resource {
  const [second, third] = rest;
  if (first === undefined || second === undefined)
    throw new RangeError(`${site.part.key}: at least two targets are needed`);
  const next = `next.${name}`;
  const behind: Led = third === undefined ? second : { name: next, after: pairs(site, next, rest), check: undefined };
  const primary = failing(site, name, "PRIMARY", first);
  return failing(site, name, "SECONDARY", behind, primary);
}

function failing(
  site: Site,
  name: string,
  type: "PRIMARY" | "SECONDARY",
  to: Led,
  before?: pulumi.Resource,
): route53.Record {
  return record(
    site,
    `${type.toLowerCase()}-${name}`,
    {
      name,
      type: "CNAME",
      // Spelled out, so that what leads where can be read before the deploy.
      records: [to.name],
      setIdentifier: to.name,
      failoverRoutingPolicies: [{ type }],
      ...(to.check === undefined ? {} : { healthCheckId: to.check.id }),
    },
    [to.after, ...(before === undefined ? [] : [before])],
  );
}

function record(
  { name, part, zoneId, transform, opts }: Site,
  called: string,
  args: Omit<route53.RecordArgs, "zoneId" | "ttl">,
  dependsOn: pulumi.Resource[] = [],
): route53.Record {
  return new route53.Record(
    `${name}-${called}`,
    transformed<route53.RecordArgs>({ zoneId, ttl: part.ttlSeconds, ...args }, transform?.record),
    { ...opts, dependsOn },
  );
}

const TYPES: Readonly<Record<DnsCheck["protocol"], string>> = { http: "HTTP", https: "HTTPS", tcp: "TCP" };

function checkOf(
  { name, transform, opts }: Site,
  called: string,
  check: DnsCheck | null,
): route53.HealthCheck | undefined {
  if (check === null) return undefined;
  return new route53.HealthCheck(
    `${name}-${called}`,
    transformed<route53.HealthCheckArgs>(
      {
        type: TYPES[check.protocol],
        fqdn: check.name,
        port: check.port,
        ...(check.path === null ? {} : { resourcePath: check.path }),
        requestInterval: check.intervalSeconds,
        failureThreshold: check.failures,
        measureLatency: check.measuresLatency,
        // The console knows checks by this tag alone.
        tags: { Name: called },
      },
      transform?.healthCheck,
    ),
    opts,
  );
}
