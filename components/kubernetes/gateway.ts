import { CustomResource, type CustomResourceArgs } from "@pulumi/kubernetes/apiextensions";
import * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import {
  certificateSecret,
  exposureAnnotations,
  issuerAnnotations,
  ownRecordAnnotations,
  recordAnnotations,
} from "./door-annotations";
import { fallback } from "./fallback";
import type { DoorFacts } from "./load-balancer-args";

const API = "gateway.networking.k8s.io/v1";

export interface BuiltGateway {
  readonly routes: readonly pulumi.Resource[];
  /** Host name or IP address that the Gateway is given. */
  readonly address: pulumi.Output<string>;
}

/**
 * The Gateway, the route to the pods, and where there is a domain the route that only redirects. In several regions the door answers to a name
 * of its own too, by a route that leads to the region's own pods and nowhere else: what checks the region asks it there.
 */
export function gateway(facts: DoorFacts): BuiltGateway {
  const { part, child, transform, metadata, opts, certificate, service } = facts;
  const { workload, domain } = part;
  const [target] = part.targets;
  if (target === undefined) throw new RangeError(`targets of ${part.key}: at least one is needed, got none`);
  const made = new CustomResource(
    child,
    transformed<CustomResourceArgs>(
      {
        apiVersion: API,
        kind: "Gateway",
        metadata: metadata(workload, {
          ...(domain === null ? {} : issuerAnnotations(certificate)),
          // Its address is known only then.
          "pulumi.com/waitFor": "condition=Programmed",
        }),
        spec: gatewaySpec(facts),
        // Not an input: what the controller says, for the address.
        status: undefined,
      },
      transform.gateway,
    ),
    { ...opts, protect: part.protection.deletion },
  );
  const after = { ...opts, dependsOn: [made] };
  const route = (name: string, called: string, annotations: Readonly<Record<string, string>>, spec: object) =>
    new CustomResource(
      name,
      transformed<CustomResourceArgs>(
        { apiVersion: API, kind: "HTTPRoute", metadata: metadata(called, annotations), spec },
        transform.route,
      ),
      after,
    );
  const hostnames = domain === null ? {} : { hostnames: [domain.name] };
  const open = part.listeners.find(({ redirects }) => !redirects);
  const routes = [
    route(child, workload, recordAnnotations(domain, facts.edge), {
      parentRefs: [{ name: workload, sectionName: sectionOf(open?.tlsFloor ?? null) }],
      ...hostnames,
      rules: [fallback(facts) ?? { backendRefs: [{ name: service, port: target.port }] }],
    }),
    ...(domain === null || domain.ownName === null
      ? []
      : [
          route(`${child}-own`, `${workload}-own`, ownRecordAnnotations(domain), {
            parentRefs: [{ name: workload, sectionName: OWN_SECTION }],
            hostnames: [domain.ownName],
            rules: [{ backendRefs: [{ name: service, port: target.port }] }],
          }),
        ]),
    ...(part.listeners.some(({ redirects }) => redirects)
      ? [
          route(
            `${child}-redirect`,
            `${workload}-redirect`,
            domain === null || domain.ownName === null ? {} : recordAnnotations(domain),
            {
              parentRefs: [{ name: workload, sectionName: sectionOf(null) }],
              ...hostnames,
              rules: [
                { filters: [{ type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } }] },
              ],
            },
          ),
        ]
      : []),
  ];
  return { routes, address: addressOf(made) };
}

const OWN_SECTION = "https-own";
const sectionOf = (tlsFloor: string | null): string => (tlsFloor === null ? "http" : "https");

function gatewaySpec({ part, className, platform, certificate }: DoorFacts): object {
  const { listeners, domain, exposure, workload } = part;
  const annotations = exposureAnnotations(exposure, platform);
  // Routes of other namespaces must not take over this one's door.
  const allowedRoutes = { namespaces: { from: "Same" } };
  return {
    gatewayClassName: className,
    ...(Object.keys(annotations).length === 0 ? {} : { infrastructure: { annotations: { ...annotations } } }),
    listeners: listeners.flatMap(({ port, tlsFloor }) => {
      const listener = (name: string, hostname: string | undefined, called: string): object => ({
        name,
        ...(hostname === undefined ? {} : { hostname }),
        port,
        protocol: tlsFloor === null ? "HTTP" : "HTTPS",
        ...(tlsFloor === null
          ? {}
          : {
              tls: {
                mode: "Terminate",
                // Of its own where cert-manager makes it: where certificates of listeners overlap, Envoy Gateway offers no HTTP/2.
                certificateRefs: [{ kind: "Secret", name: certificateSecret(certificate, called) }],
              },
            }),
        allowedRoutes,
      });
      const ownName = domain?.ownName ?? null;
      return [
        listener(sectionOf(tlsFloor), domain?.name, workload),
        ...(ownName === null || tlsFloor === null ? [] : [listener(OWN_SECTION, ownName, `${workload}-own`)]),
      ];
    }),
  };
}

/** What the controller wrote into the Gateway's status; the provider hands it over as it hands over all of an object. */
function addressOf(made: CustomResource): pulumi.Output<string> {
  const status: unknown = Reflect.get(made, "status");
  if (!pulumi.Output.isInstance<unknown>(status)) throw new RangeError("a custom resource hands its status over");
  return status.apply((said) => firstAddress(said) ?? "");
}

function firstAddress(status: unknown): string | undefined {
  if (typeof status !== "object" || status === null || !("addresses" in status)) return undefined;
  const [first] = Array.isArray(status.addresses) ? (status.addresses as readonly unknown[]) : [];
  if (typeof first !== "object" || first === null || !("value" in first)) return undefined;
  return typeof first.value === "string" ? first.value : undefined;
}
