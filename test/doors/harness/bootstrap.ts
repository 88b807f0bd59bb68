import type { Issued } from "./certificates";
import type { Message, Translated } from "./translate";

/** What differs between a cluster and one machine's loopback. */
export interface Loopback {
  /** Port on which the test's own name server answers. */
  readonly namesPort: number;
  /** Port that doors of other regions listen on here: 443 is root's. */
  readonly doorsPort: number;
  /** Addresses of the pods behind the Service that stands at `serviceAddress`. */
  readonly pods: readonly string[];
  /** The door's own certificates, by namespace/name of their Secrets. */
  readonly certificates: ReadonlyMap<string, Issued>;
  /** File of the authority that stands for those that everybody trusts. */
  readonly trusted: string;
}

/** What a Service is given by the cluster. In its place Envoy Gateway sends to pods, whose addresses it has from EndpointSlices, which its translator does not read. */
export const serviceAddress = "10.96.0.10";

const EVERYWHERE = "0.0.0.0";
const LOOPBACK = "127.0.0.1";
const DOORS_PORT = 443;

/**
 * What Envoy Gateway would serve, as one file that Envoy starts from. Nothing of it is changed but where it comes from (routes, endpoints and secrets in the file, not by
 * a stream), who answers for names and signs certificates, and ports: listeners take any that is free, on loopback.
 */
export function bootstrapOf(translated: Translated, loopback: Loopback): Message {
  const { namesPort, certificates, trusted } = loopback;
  const { listeners, clusters } = translated;
  const secretsOf = (key: string): readonly string[] => [
    ...new Set([...named(listeners, key), ...named(clusters, key)]),
  ];
  return {
    node: { id: "door", cluster: "door" },
    admin: { address: socketAddress(LOOPBACK, 0) },
    typed_dns_resolver_config: {
      name: "envoy.network.dns_resolver.cares",
      typed_config: {
        "@type": "type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig",
        resolvers: [{ socket_address: { address: LOOPBACK, port_value: namesPort, protocol: "UDP" } }],
        dns_resolver_options: { no_default_search_domain: true },
      },
    },
    static_resources: {
      listeners: listeners.map((listener) => listening(inFile(listener, translated, loopback))),
      clusters: clusters.map((cluster) => inFile(cluster, translated, loopback)),
      secrets: [
        ...secretsOf("tlsCertificateSdsSecretConfigs").map((name) => ({
          name,
          tls_certificate: {
            certificate_chain: { inline_string: certificates.get(name)?.cert },
            private_key: { inline_string: certificates.get(name)?.key },
          },
        })),
        ...secretsOf("validationContextSdsSecretConfig").map((name) => ({
          name,
          validation_context: { trusted_ca: { filename: trusted } },
        })),
      ],
    },
  };
}

const socketAddress = (address: string, port: number): Message => ({ socket_address: { address, port_value: port } });

function listening(listener: Message): Message {
  return { ...listener, address: { socketAddress: { address: LOOPBACK, portValue: 0 } } };
}

/** A message and all below it, with what would come by a stream in its place. */
function inFile(message: Message, translated: Translated, loopback: Loopback): Message {
  return changed(message, (value) => {
    if ("rds" in value) {
      const { rds, ...rest } = value;
      return { ...rest, routeConfig: found(translated.routes, "name", rds.routeConfigName as string) };
    }
    if ("edsClusterConfig" in value) {
      const { edsClusterConfig, ...rest } = value;
      const serviceName = edsClusterConfig.serviceName as string;
      return { ...rest, type: "STATIC", loadAssignment: found(translated.endpoints, "clusterName", serviceName) };
    }
    if ("lbEndpoints" in value)
      return {
        ...value,
        lbEndpoints: (value["lbEndpoints"] as readonly Message[]).flatMap((each) => podsOf(each, loopback)),
      };
    // Where no request came yet Envoy checks but once a minute; this door is as one that is in use.
    if ("unhealthyThreshold" in value) return { ...value, noTrafficInterval: value["interval"] as string };
    // A secret without a source is one of the file's own.
    if ("sdsConfig" in value) return { name: value["name"] as unknown };
    if ("trustedCa" in value) return { ...value, trustedCa: { filename: loopback.trusted } };
    if ("portValue" in value && value["portValue"] === DOORS_PORT) return { ...value, portValue: loopback.doorsPort };
    return value["address"] === EVERYWHERE ? { ...value, address: LOOPBACK } : value;
  });
}

function podsOf(endpoint: Message, { pods }: Loopback): readonly Message[] {
  return JSON.stringify(endpoint).includes(serviceAddress)
    ? pods.map((pod) =>
        changed(endpoint, (value) => (value["address"] === serviceAddress ? { ...value, address: pod } : value)),
      )
    : [endpoint];
}

function found(messages: readonly Message[], key: string, value: string): Message {
  const one = messages.find((each) => each[key] === value);
  if (one === undefined)
    throw new Error(`${key} ${value}: not among ${messages.map((each) => String(each[key])).join(", ")}`);
  return one;
}

function changed(value: Message, change: (value: Message) => Message): Message {
  const below = (each: unknown): unknown =>
    Array.isArray(each) ? each.map(below) : typeof each === "object" && each !== null ? changed(each, change) : each;
  return Object.fromEntries(Object.entries(change(value)).map(([key, each]) => [key, below(each)]));
}

/** Names of the secrets that are referred to below a key. */
function named(value: unknown, key: string): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((each) => named(each, key));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, below]) =>
    name === key ? [below].flat().map((each) => (each as Message)["name"] as string) : named(below, key),
  );
}
