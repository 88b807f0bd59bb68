import * as pulumi from "@pulumi/pulumi";
import type { LoadBalancer as LoadBalancerPart } from "../../model";
import { envoyPolicies } from "./envoy-policies";
import { gateway } from "./gateway";
import { ingress } from "./ingress";
import { istioPolicies } from "./istio-policies";
import { objectLabels } from "./labels";
import type { DoorFacts, LoadBalancerArgs } from "./load-balancer-args";

/** Front door of a workload: a Gateway with its route and policies, or an Ingress. */
export class LoadBalancer extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  /** Host name or IP address that the door is given, known after it is made. */
  readonly address: pulumi.Output<string>;

  /** @throws RangeError for a Part that neither can be, and for a domain without a certificate */
  constructor(name: string, args: LoadBalancerArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:kubernetes:LoadBalancer", name, {}, opts);
    const { part, stack, namespace } = args;
    if (part.domain !== null && (args.certificate ?? null) === null)
      throw new RangeError(`${part.key}: a domain needs a certificate, an issuer's or a Secret's; got none`);
    const facts: DoorFacts = {
      service: part.workload,
      platform: "other",
      transform: {},
      ...args,
      certificate: args.certificate ?? null,
      edge: args.edge ?? null,
      child: `${part.workload}-${part.region}`,
      metadata: (called, annotations = {}) => ({
        name: called,
        namespace,
        labels: objectLabels(stack, part.workload),
        ...(Object.keys(annotations).length === 0 ? {} : { annotations: { ...annotations } }),
      }),
      opts: { parent: this },
    };
    this.address = door(facts);
    this.url = urlOf(part, this.address);
    this.registerOutputs({ url: this.url, address: this.address });
  }
}

/** @returns the address that the door is given, known after it is made */
function door(facts: DoorFacts): pulumi.Output<string> {
  const { runtime, key } = facts.part;
  if (runtime.kind === "ingress") return ingress(facts);
  if (runtime.kind !== "gateway-api") throw new RangeError(`${key}: runtime ${runtime.kind} is none of Kubernetes`);
  const built = gateway(facts);
  const opts = { ...facts.opts, dependsOn: [...built.routes] };
  if (runtime.implementation === "envoy-gateway") envoyPolicies({ ...facts, opts });
  else if (runtime.implementation === "istio") istioPolicies({ ...facts, opts });
  return built.address;
}

/** Ports that a URL need not say (RFC 9110, section 4.2). */
const DEFAULT_PORTS = { https: 443, http: 80 } as const;

function urlOf({ listeners, domain }: LoadBalancerPart, address: pulumi.Output<string>): pulumi.Output<string> {
  const answering = listeners.filter(({ redirects }) => !redirects);
  const listener = answering.find(({ tlsFloor }) => tlsFloor !== null) ?? answering[0];
  const scheme = (listener?.tlsFloor ?? null) === null ? "http" : "https";
  const port = listener === undefined || listener.port === DEFAULT_PORTS[scheme] ? "" : `:${listener.port}`;
  return domain === null
    ? pulumi.interpolate`${scheme}://${address}${port}`
    : pulumi.output(`${scheme}://${domain.name}${port}`);
}
