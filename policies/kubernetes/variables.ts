import { named } from "../../components/kubernetes/scope.read";
import { asText, inside, listOf } from "../../components/leaf.read";
import type { Resource, ResourceGraph, Value } from "../../model";
import type { Container } from "./workloads";

/** An address that a variable of a pod holds. */
export interface NamedAddress {
  readonly variable: string;
  readonly host: string;
  /** undefined: of what answers there, the one that there is. */
  readonly port: number | undefined;
}

/** Ports that a url's scheme stands for. */
const schemes: Readonly<Record<string, number>> = {
  http: 80,
  https: 443,
  grpc: 80,
  redis: 6379,
  rediss: 6379,
  postgres: 5432,
  postgresql: 5432,
  mysql: 3306,
  mongodb: 27017,
  amqp: 5672,
  amqps: 5671,
  nats: 4222,
};

const URL_START = /^(?:jdbc:)?([a-z][a-z0-9+.-]*):\/\/(?:[^/@]*@)?([^/?#]*)/i;
const HOST = /^([a-z]([-a-z0-9.]*[a-z0-9])?)(?::(\d{1,5}))?$/i;
/** A name alone is a word like any other, but where its variable says what it is. */
const SAYS_HOST = /(^|_)(HOST|HOSTNAME|SERVER|ADDR|ADDRESS|ENDPOINT)$/i;

/** Addresses that a text holds, one or several with commas between: `redis://cache:6379/0`, `kafka-0:9092,kafka-1:9092`. */
function addressesOf(variable: string, text: string): readonly NamedAddress[] {
  const [, scheme, authority] = URL_START.exec(text.trim()) ?? [];
  const usual = scheme === undefined ? undefined : schemes[scheme.toLowerCase()];
  return (authority ?? text.trim()).split(",").flatMap((each): readonly NamedAddress[] => {
    const [, host, , port] = HOST.exec(each) ?? [];
    if (host === undefined) return [];
    const named = scheme !== undefined || port !== undefined || SAYS_HOST.test(variable) || /\.svc(\.|$)/.test(host);
    return named ? [{ variable, host: host.toLowerCase(), port: port === undefined ? usual : Number(port) }] : [];
  });
}

/** A variable's text: its own, or of the ConfigMap that is here. What Secrets hold nobody reads. */
function textOf(graph: ResourceGraph, resource: Resource, variable: Value): string | undefined {
  const own = asText(inside(variable, "value") ?? null);
  if (own !== undefined) return own;
  const name = asText(inside(variable, "valueFrom", "configMapKeyRef", "name") ?? null);
  const key = asText(inside(variable, "valueFrom", "configMapKeyRef", "key") ?? null);
  const map = name === undefined ? undefined : named(graph, resource, "kubernetes:core/v1:ConfigMap", name);
  return map === undefined || key === undefined ? undefined : asText(inside(map.inputs["data"], key) ?? null);
}

/** Addresses in the variables of containers; what is not known yet holds none that anybody sees. */
export function addressesIn(
  graph: ResourceGraph,
  resource: Resource,
  containers: readonly Container[],
): readonly NamedAddress[] {
  return containers.flatMap(({ value }) =>
    listOf(inside(value, "env")).flatMap((each) => {
      const variable = asText(inside(each, "name") ?? null);
      const text = variable === undefined ? undefined : textOf(graph, resource, each);
      return variable === undefined || text === undefined ? [] : addressesOf(variable, text);
    }),
  );
}
