import { tlsFloorOf } from "../../catalog/aws/tls-policies";
import { ingressClasses } from "../../catalog/kubernetes/gateways";
import {
  isRecord,
  isUnknownValue,
  known,
  unknown,
  type Leaf,
  type LoadBalancer,
  type ReadPart,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { inside, valueAt } from "../leaf.read";

const WORD = "alb.ingress.kubernetes.io/";
/** AWS Load Balancer Controller, Ingress annotations (its defaults; read 2026-11-22). */
const DEFAULTS = { sslPolicy: "ELBSecurityPolicy-2016-08", idleSeconds: 60 } as const;

type AlbSaid = Pick<
  ReadPart<LoadBalancer>,
  "exposure" | "listeners" | "routing" | "ejection" | "protection" | "idleTimeoutSeconds"
> & { /** Its balancer is that of one before it in its group. */ readonly sharesBalancer: boolean };

/** Does it speak to AWS Load Balancer Controller? One without any of its words is read as of any controller. */
function isForAlb(ingress: Resource, className: string | null | undefined): boolean {
  const annotations = valueAt(ingress, "metadata", "annotations");
  const other = typeof className === "string" && Object.hasOwn(ingressClasses, className);
  return !other && isRecord(annotations) && Object.keys(annotations).some((key) => key.startsWith(WORD));
}

/** What an Ingress tells AWS Load Balancer Controller of the Application Load Balancer that it makes; undefined: it is for another controller. */
export function readAlb(
  graph: ResourceGraph,
  ingress: Resource,
  className: string | null | undefined,
): AlbSaid | undefined {
  if (!isForAlb(ingress, className)) return undefined;
  const { urn } = ingress;
  const group = told(ingress, "group.name");
  // Those of one group have one balancer; what one says of it holds for all.
  const others =
    group === undefined ? [] : graph.ofType(ingress.type).filter((each) => told(each, "group.name") === group);
  const of = (name: string, shared = true): Said => {
    const at = (each: Resource) => valueAt(each, "metadata", "annotations", `${WORD}${name}`);
    const value = at(ingress) ?? (shared ? others.map(at).find((each) => each !== undefined) : undefined);
    const property = `metadata.annotations.${WORD}${name}`;
    if (isUnknownValue(value)) return { hidden: unknown(urn, property, value.$unknown) };
    if (value !== undefined) return { text: typeof value === "string" ? value : String(plainOf(value)) };
    // Another of the group may say it, wherever that is.
    return shared && group !== undefined ? { hidden: unknown(urn, property, "elsewhere") } : {};
  };
  const leaf = <T>(said: Said, parse: (text: string) => T | undefined, usual: T, name: string): Leaf<T> => {
    if (said.hidden !== undefined) return said.hidden;
    if (said.text === undefined) return known(usual, urn, "default");
    const value = parse(said.text);
    return value === undefined ? unknown(urn, `metadata.annotations.${WORD}${name}`, "unreadable") : known(value, urn);
  };
  const [first = ingress] = others.filter((each) => each.provider === ingress.provider);
  const attributes = of("load-balancer-attributes");
  const attribute = <T>(key: string, parse: (text: string) => T | undefined, usual: T): Leaf<T> =>
    leaf(
      attributes,
      (text) => (mapOf(text).has(key) ? parse(mapOf(text).get(key) ?? "") : usual),
      usual,
      "load-balancer-attributes",
    );
  const on = (text: string): boolean | undefined => (text === "true" ? true : text === "false" ? false : undefined);
  const deletion = attribute("deletion_protection.enabled", on, false);
  return {
    sharesBalancer: first !== ingress,
    exposure: leaf(of("scheme"), schemeOf, "private" as const, "scheme"),
    listeners: listenersOf(of("listen-ports", false), of("certificate-arn", false), {
      floor: leaf(
        of("ssl-policy"),
        (text) => tlsFloorOf(text) ?? undefined,
        tlsFloorOf(DEFAULTS.sslPolicy),
        "ssl-policy",
      ),
      redirects: leaf(of("ssl-redirect"), () => true, false, "ssl-redirect"),
      urn,
    }),
    routing: leaf(of("target-type", false), routingOf, "random" as const, "target-type"),
    ejection: known(null, urn, "default"),
    protection: {
      deletion: deletion.known && !deletion.value ? known(ingress.protect, urn) : deletion,
      logs: attribute("access_logs.s3.enabled", on, false),
      dropsInvalidHeaders: attribute("routing.http.drop_invalid_header_fields.enabled", on, false),
      // What a web ACL counts stands in the account, and in no manifest.
      rateLimitPerSecond: leaf<number | null>(of("wafv2-acl-arn"), () => undefined, null, "wafv2-acl-arn"),
    },
    idleTimeoutSeconds: attribute("idle_timeout.timeout_seconds", numberOf, DEFAULTS.idleSeconds),
  };
}

interface Said {
  readonly text?: string;
  readonly hidden?: ReturnType<typeof unknown>;
}

function told(ingress: Resource, name: string): unknown {
  return inside(valueAt(ingress, "metadata", "annotations"), `${WORD}${name}`);
}

const plainOf = (value: unknown): string | number | boolean =>
  typeof value === "number" || typeof value === "boolean" ? value : "";

const schemeOf = (text: string) =>
  text === "internet-facing" ? ("internet" as const) : text === "internal" ? ("private" as const) : undefined;

/** Straight to pods it sends to one after the other; by way of nodes kube-proxy draws one. */
const routingOf = (text: string): LoadBalancer["routing"] | undefined =>
  text === "ip" ? "round-robin" : text === "instance" ? "random" : undefined;

const numberOf = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);

function mapOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(",").flatMap((pair) => {
      const [, key, value] = /^\s*([^=]+?)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value] as const];
    }),
  );
}

/** Without a word of ports one of TLS where there is a certificate, else one of plain text. */
function listenersOf(
  ports: Said,
  certificate: Said,
  {
    floor,
    redirects,
    urn,
  }: {
    readonly floor: Leaf<LoadBalancer["listeners"][number]["tlsFloor"]>;
    readonly redirects: Leaf<boolean>;
    readonly urn: string;
  },
): AlbSaid["listeners"] {
  if (ports.hidden !== undefined) return ports.hidden;
  const certified = certificate.text !== undefined || certificate.hidden !== undefined;
  const all = ports.text === undefined ? [{ port: certified ? 443 : 80, tls: certified }] : portsIn(ports.text);
  if (all === undefined) return unknown(urn, `metadata.annotations.${WORD}listen-ports`, "unreadable");
  return [...all]
    .sort((a, b) => a.port - b.port)
    .map(({ port, tls }) => ({
      port: known(port, urn, ports.text === undefined ? "default" : "input"),
      tlsFloor: tls ? floor : known(null, urn),
      redirects: tls ? known(false, urn, "default") : redirects,
    }));
}

function portsIn(text: string): readonly { readonly port: number; readonly tls: boolean }[] | undefined {
  const entries = [...text.matchAll(/\{\s*"(HTTPS?)"\s*:\s*(\d+)\s*\}/g)];
  const rest = text.replace(/\{\s*"HTTPS?"\s*:\s*\d+\s*\}/g, "").replace(/[\s,[\]]/g, "");
  if (entries.length === 0 || rest !== "") return undefined;
  return entries.map(([, protocol, port]) => ({ port: Number(port), tls: protocol === "HTTPS" }));
}
