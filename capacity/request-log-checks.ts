import type { Environment, LogChoice, LogRouter, NetworkChoice, Path, ServiceWorkload, StackConfig } from "../model";
import { LOG_ROUTER, outputOf, routerOf } from "./log-plan";
import type { MistakeList, Place } from "./request-mistakes";

/** FireLens listens there (Amazon ECS Developer Guide, FireLens task definitions). */
const ROUTER_PORT = 24_224;
/** As there: "greater than or equal to 0 and less than 536870912 log lines". */
const MOST_BUFFERED = 536_870_911;
const BUFFER = "log-driver-buffer-limit";
/** Destinations of Fluent Bit that the endpoints of a network without NAT reach. */
const INSIDE = ["cloudwatch", "cloudwatch_logs", "s3", "null", "stdout"];

/** Options that destinations are opened with: apikey, splunk_token, http_passwd, license_key. */
const SECRET = /(?:(?:api|license|secret|access)_?key|token|passw(?:or)?d|secret)$/i;

interface Asked {
  readonly config: Partial<StackConfig>;
  /** As the system says. */
  readonly system: ServiceWorkload | undefined;
  readonly environment: Environment | undefined;
}

/** Lines of a service that nobody would take, or that their router could not be told of. */
export function checkLogs(name: string, facts: ServiceWorkload, asked: Asked, list: MistakeList): void {
  const router = routerOf(facts.logs);
  if (router === undefined) return;
  const { place, path } = whereSaid(name, asked);
  const says = (keys: Path, given: unknown, allowed: string, fix: string): void =>
    list.add(place, [...path, "router", ...keys], given, allowed, fix);
  if (outputOf(router) === null && router.configFile === undefined)
    says(["options"], Object.keys(router.options), "says where the lines go", destination(router));
  for (const option of Object.keys(router.secretOptions ?? {}))
    if (Object.hasOwn(router.options, option))
      says(["secretOptions", option], option, "the options set the same", "keep one of the two");
  for (const option of Object.keys(router.options))
    if (SECRET.test(option))
      says(
        ["options", option],
        { $unknown: "secret" },
        "stands in plain sight in the task definition",
        `name the secret that holds it: secretOptions: { ${option}: { existing } }`,
      );
  const buffered = router.options[BUFFER];
  if (buffered !== undefined && !(/^\d+$/.test(buffered) && Number(buffered) <= MOST_BUFFERED))
    says(["options", BUFFER], buffered, `lines from 0 to ${MOST_BUFFERED}`, `for example ${BUFFER}: "10000"`);
  checkRoom(name, facts, asked, list);
  checkWayOut(router, asked.environment?.network, says);
}

/** Name and port of the router are the router's. */
function checkRoom(name: string, facts: ServiceWorkload, { system }: Asked, list: MistakeList): void {
  const path = ["workloads", name] as const;
  if (name === LOG_ROUTER)
    list.add("system", path, name, `the router of its logs is called ${LOG_ROUTER}`, "rename the service");
  if (Object.hasOwn(system?.sidecars ?? {}, LOG_ROUTER))
    list.add(
      "system",
      [...path, "sidecars", LOG_ROUTER],
      LOG_ROUTER,
      "the router of the service's logs is called so",
      "rename the sidecar, or remove it where it was the router",
    );
  const taken = (ports: readonly number[], where: Path): void => {
    const index = ports.indexOf(ROUTER_PORT);
    if (index >= 0)
      list.add(
        "system",
        [...where, index],
        ROUTER_PORT,
        "the router of its logs listens there",
        "give it another port",
      );
  };
  if (facts.port === ROUTER_PORT)
    list.add("system", [...path, "port"], ROUTER_PORT, "the router of its logs listens there", "give it another port");
  taken(facts.ports ?? [], [...path, "ports"]);
  for (const [sidecar, { ports = [] }] of Object.entries(facts.sidecars ?? {}))
    taken(ports, [...path, "sidecars", sidecar, "ports"]);
}

function checkWayOut(
  router: LogRouter,
  network: NetworkChoice | undefined,
  says: (keys: Path, given: unknown, allowed: string, fix: string) => void,
): void {
  if (network === undefined || !("create" in network) || network.nat !== "none") return;
  const output = outputOf(router);
  if (output === null || INSIDE.includes(output)) return;
  says(
    ["options"],
    output,
    `with network.nat none only ${INSIDE.slice(0, 3).join(", ")} are reached`,
    "send them there, or give the network nat one, per-zone or regional",
  );
}

function destination({ type }: LogRouter): string {
  return type === "fluentd" ? 'for example "@type": s3, or configFile' : "for example Name: s3, or configFile";
}

/** The nearest that says it: the YAML's workload, the system's, the YAML as a whole, the environment. */
function whereSaid(name: string, { config, system }: Asked): { readonly place: Place; readonly path: Path } {
  const own: LogChoice | undefined = config.workloads?.[name]?.logs;
  if (own !== undefined) return { place: "yaml", path: ["workloads", name, "logs"] };
  if (system?.logs !== undefined) return { place: "system", path: ["workloads", name, "logs"] };
  return { place: config.logs === undefined ? "environment" : "yaml", path: ["logs"] };
}
