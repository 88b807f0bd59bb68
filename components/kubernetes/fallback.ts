import { CustomResource, type CustomResourceArgs } from "@pulumi/kubernetes/apiextensions";
import { Service, type ServiceArgs } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { ownNameOf } from "../../capacity";
import { regionIn } from "../../model";
import { transformed } from "../transform";
import { objectLabels, selectorLabels } from "./labels";
import type { DoorFacts } from "./load-balancer-args";

const GROUP = "gateway.envoyproxy.io";
const API = `${GROUP}/v1alpha1`;

/** How a route sends to its own pods first and to other regions after them. */
interface FallbackRule {
  readonly filters: readonly object[];
  readonly backendRefs: readonly object[];
}

/**
 * Own pods, and the doors of other regions as what Envoy Gateway sends to while these are ill. All of them by name: a Service beside a name would share requests with
 * it by weight, always, and so would a filter on one of them; so the name that each is asked by is written once, for the rule.
 * @returns undefined where the door hands nothing on
 */
export function fallback(facts: DoorFacts): FallbackRule | undefined {
  const { part, child, metadata, namespace, transform, opts } = facts;
  const { workload, domain, runtime } = part;
  const [own, ...others] = part.targets;
  if (own === undefined || others.length === 0) return undefined;
  if (runtime.kind !== "gateway-api" || runtime.implementation !== "envoy-gateway") return undefined;
  if (domain === null) throw new RangeError(`${part.key}: other regions are asked by names below the domain; got none`);
  const pods = `${workload}-pods`;
  new Service(
    `${child}-pods`,
    transformed<ServiceArgs>(
      {
        // Labels of its own: whoever finds Services of the workload by its labels finds one.
        metadata: { ...metadata(pods), labels: objectLabels(facts.stack, pods) },
        spec: {
          type: "ClusterIP",
          clusterIP: "None",
          selector: { ...selectorLabels(facts.service) },
          ports: [{ name: "http", port: own.port, targetPort: own.port, protocol: "TCP" }],
        },
      },
      transform.podsService,
    ),
    opts,
  );
  const object = (
    name: string,
    kind: "Backend" | "HTTPRouteFilter",
    spec: object,
    change: typeof transform.backend,
  ): CustomResource =>
    new CustomResource(
      `${child}-${name}`,
      transformed<CustomResourceArgs>(
        { apiVersion: API, kind, metadata: metadata(`${workload}-${name}`), spec },
        change,
      ),
      opts,
    );
  const endpoint = (hostname: pulumi.Input<string>, asked: string, port: number): object => ({
    // What checks and requests are asked for there.
    hostname: asked,
    fqdn: { hostname, port },
  });
  object(
    "pods",
    "Backend",
    { endpoints: [endpoint(pulumi.interpolate`${pods}.${namespace}.svc.cluster.local`, domain.name, own.port)] },
    transform.backend,
  );
  const regions = others.map(({ part: to }) => regionIn(to));
  others.forEach(({ port }, i) => {
    const region = regions[i] ?? "";
    const name = ownNameOf(domain.name, region);
    object(region, "Backend", { fallback: true, endpoints: [endpoint(name, name, port)] }, transform.backend);
    new CustomResource(
      `${child}-${region}-tls`,
      transformed<CustomResourceArgs>(
        {
          apiVersion: "gateway.networking.k8s.io/v1",
          kind: "BackendTLSPolicy",
          metadata: metadata(`${workload}-${region}`),
          spec: {
            targetRefs: [{ group: GROUP, kind: "Backend", name: `${workload}-${region}` }],
            validation: { hostname: name, wellKnownCACertificates: "System" },
          },
        },
        transform.backendTlsPolicy,
      ),
      opts,
    );
  });
  object("host", "HTTPRouteFilter", { urlRewrite: { hostname: { type: "Backend" } } }, transform.routeFilter);
  return {
    filters: [
      { type: "ExtensionRef", extensionRef: { group: GROUP, kind: "HTTPRouteFilter", name: `${workload}-host` } },
    ],
    backendRefs: ["pods", ...regions].map((name) => ({ group: GROUP, kind: "Backend", name: `${workload}-${name}` })),
  };
}
