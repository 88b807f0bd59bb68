import { at, isUnknown } from "../model";
import { divided, divisionOf } from "../catalog";
import type { Call, LogDestination, Range, ReadPart, ReplicaGroup, WorkloadDemand } from "../model";
import { costAssumptions } from "./assumptions";
import {
  Bill,
  BYTES_PER_GB,
  type Context,
  HOURS_PER_MONTH,
  replicasOf,
  scaled,
  SECONDS_PER_MONTH,
  startedPerMonth,
  steady,
  zonesOf,
} from "./bill";
import { billMachines } from "./machine";

/** GB logged a month. */
export function loggedGb(demand: WorkloadDemand): number {
  return (demand.requestsPerSecond.mean * SECONDS_PER_MONTH * demand.logBytesPerRequest) / BYTES_PER_GB;
}

/** Stored on average once the first period is over: a month's ingest for each month kept, uncompressed (so at most). */
export function storedGb(ingestGb: number, keepDays: number): number {
  return (ingestGb * keepDays * 24) / HOURS_PER_MONTH;
}

/** CPU, memory (on Fargate), logs, secrets, registry and traffic between zones of a replica group. */
export function billReplicaGroup(bill: Bill, part: ReadPart<ReplicaGroup>, context: Context): void {
  const { key } = part;
  const runtime = bill.value<string>(part, "replicas", "runtime", "kind");
  if (runtime === undefined) return;
  // Pods are carried by nodes, which are billed as a pool.
  if (runtime === "kubernetes") {
    if (context.basis?.nodes === undefined) bill.unpriced(key, "nodes", "what a node holds and costs is not told");
    else if (!context.nodesCounted)
      bill.unpriced(key, "nodes", "no node of the cluster holds its pods, or their number is not known");
    return;
  }
  if (runtime === "instance-group") return billInstances(bill, part, context);
  if (runtime !== "ecs-fargate" && runtime !== "ecs-ec2") {
    bill.unpriced(key, "replicas", `no prices for runtime ${runtime}`);
    return;
  }
  const region = bill.value<string>(part, "replicas", "region");
  if (region === undefined) return;
  const demand = context.demand.get(key);
  const replicas = replicasOf(part, demand);
  if (typeof replicas === "string") bill.unpriced(key, "replicas", `${replicas} is not known`);
  else if (runtime === "ecs-fargate") billSize(bill, part, region, replicas);
  else billCarried(bill, part);
  billLogs(bill, part, region, demand);
  billSecrets(bill, part, region, context);
  billImage(bill, part);
  if (typeof replicas !== "string") {
    billRegistry(bill, part, region, replicas, context);
    billSecretReads(bill, part, region, replicas, context);
  }
  billCalls(bill, part, region, context);
}

/** Machines that are replicas themselves, and what they call; what they log and keep secret no resource tells. */
function billInstances(bill: Bill, part: ReadPart<ReplicaGroup>, context: Context): void {
  const region = bill.value<string>(part, "machines", "region");
  if (region === undefined) return;
  const replicas = replicasOf(part, context.demand.get(part.key));
  if (typeof replicas === "string") bill.unpriced(part.key, "machines", `${replicas} is not known`);
  else billMachines(bill, part, region, ["runtime", "machine"], replicas);
  billCalls(bill, part, region, context);
}

/** Machines are billed where they stand. */
function billCarried(bill: Bill, part: ReadPart<ReplicaGroup>): void {
  if (bill.value<string | null>(part, "machines", "runtime", "machines") === null)
    bill.unpriced(part.key, "machines", "outside this program");
}

function billSize(bill: Bill, part: ReadPart<ReplicaGroup>, region: string, replicas: Range): void {
  const cpuMillis = bill.value<number>(part, "replicas", "size", "cpuMillis");
  const memoryMiB = bill.value<number>(part, "replicas", "size", "memoryMiB");
  const architecture = bill.value<string>(part, "replicas", "runtime", "architecture");
  const found = divisionOf(part);
  if (isUnknown(found)) bill.unpricedFor(part.key, "share of Spot", found);
  const division = isUnknown(found) ? { spotShare: 0 } : found;
  if (cpuMillis === undefined || memoryMiB === undefined || architecture === undefined) return;
  const chip = architecture === "arm64" ? "arm" : "x86";
  const hours = (which: "onDemand" | "spot"): Range => ({
    min: divided(replicas.min, division)[which] * HOURS_PER_MONTH,
    expected: divided(replicas.expected, division)[which] * HOURS_PER_MONTH,
    max: divided(replicas.max, division)[which] * HOURS_PER_MONTH,
  });
  const [vcpus, gib] = [cpuMillis / 1000, memoryMiB / 1024];
  const [onDemand, spot] = [hours("onDemand"), hours("spot")];
  if (onDemand.max > 0 || spot.max === 0) {
    bill.add(part.key, region, `fargate-${chip}-vcpu-hour`, scaled(onDemand, vcpus));
    bill.add(part.key, region, `fargate-${chip}-gb-hour`, scaled(onDemand, gib));
  }
  if (spot.max === 0) return;
  if (chip === "arm") return bill.unpriced(part.key, "fargate-spot", "no price found for arm64 on Spot");
  bill.add(part.key, region, "fargate-spot-x86-vcpu-hour", scaled(spot, vcpus));
  bill.add(part.key, region, "fargate-spot-x86-gb-hour", scaled(spot, gib));
}

/** What is known of where lines go: any of it but the kind may not be. */
type SeenLogs = { readonly kind: LogDestination["kind"] } & Readonly<
  Partial<Record<"router" | "group" | "region" | "keepDays", unknown>>
>;

function billLogs(bill: Bill, part: ReadPart<ReplicaGroup>, region: string, demand: WorkloadDemand | undefined): void {
  const logs = bill.value<SeenLogs | null>(part, "logs", "logs");
  if (logs === undefined || logs === null) return;
  // Its own few lines cost less than a dollar.
  if (logs.kind === "router") {
    bill.unpriced(part.key, "logs", `sent on by ${String(logs.router)}: who takes them bills them`);
    return;
  }
  if (demand === undefined) {
    bill.unpriced(part.key, "logs", "needs demand");
    return;
  }
  const ingest = loggedGb(demand);
  if (logs.kind === "existing") {
    if (typeof logs.region === "string") bill.add(part.key, logs.region, "logs-ingest-gb", steady(ingest), true);
    else bill.unpriced(part.key, "logs-ingest-gb", "the region of their group is not known");
    bill.unpriced(part.key, "logs-storage-gb-month", "how long an existing group keeps them, its owner says");
    return;
  }
  bill.add(part.key, region, "logs-ingest-gb", steady(ingest), true);
  if (typeof logs.keepDays === "number" && logs.keepDays > 0)
    bill.add(part.key, region, "logs-storage-gb-month", steady(storedGb(ingest, logs.keepDays)), true);
  else bill.unpriced(part.key, "logs-storage-gb-month", "kept for ever, or for a time that is not known");
}

/** Secrets of the group's own: the token of a cache that it calls is billed with the cache, or to the owner of an existing one. Standard parameters are free. */
function billSecrets(bill: Bill, part: ReadPart<ReplicaGroup>, region: string, context: Context): void {
  const secrets = bill.value<readonly { readonly store?: unknown }[]>(part, "secrets", "secrets");
  const kept = secrets?.filter(({ store }) => store === "secret-manager").length ?? 0;
  const tokens = new Set(
    (context.basis?.calls ?? [])
      .filter(({ from, to }) => from === part.key && asksForToken(context.parts.get(to)))
      .map(({ to }) => to),
  ).size;
  const elsewhere = context.demand.get(part.key)?.existingCaches.filter((cache) => cache.asksForToken).length ?? 0;
  const own = kept - tokens - elsewhere;
  if (own > 0) bill.add(part.key, region, "secret-month", steady(own));
}

/** Each replica that starts reads each secret once. AWS's own key for secrets is free. */
function billSecretReads(
  bill: Bill,
  part: ReadPart<ReplicaGroup>,
  region: string,
  replicas: Range,
  { basis }: Context,
): void {
  const secrets = at(part, "secrets");
  if (basis === null || !secrets.known) return;
  const sidecars = at(part, "sidecars");
  const image = at(part, "image", "login");
  const beside = sidecars.known ? (sidecars.value as ReplicaGroup["sidecars"]) : [];
  const logins = [image.known && image.value === true, ...beside.map((sidecar) => sidecar.image.login === true)];
  const kept =
    [secrets.value as ReplicaGroup["secrets"], ...beside.map((sidecar) => sidecar.secrets)]
      .flat()
      .filter(({ store }) => store === "secret-manager").length + logins.filter((login) => login).length;
  if (kept > 0)
    bill.addSmall(part.key, region, "secret-api-10000", steady((kept * startedPerMonth(replicas, basis)) / 10_000));
}

/** The image that runs, where AWS keeps it; how many older ones are kept no program says. */
function billImage(bill: Bill, part: ReadPart<ReplicaGroup>): void {
  const reference = at(part, "image", "reference");
  if (!reference.known || typeof reference.value !== "string") return;
  const region = /\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com\//.exec(reference.value)?.[1];
  if (region !== undefined)
    bill.addSmall(part.key, region, "ecr-storage-gb-month", steady(costAssumptions.imageGb.value));
}

function asksForToken(callee: ReadPart | undefined): boolean {
  if (callee?.kind !== "redis-cache") return false;
  const auth = at(callee, "security", "auth");
  return auth.known && auth.value === true;
}

/** Cloud Map bills each registered replica, the zone of its names and who asks for them; Service Connect brings its own registration. */
function billRegistry(
  bill: Bill,
  part: ReadPart<ReplicaGroup>,
  region: string,
  replicas: Range,
  context: Context,
): void {
  const registry = bill.value<{ readonly kind?: unknown } | null>(part, "registry", "registry");
  if (registry?.kind !== "cloud-map") return;
  bill.add(part.key, region, "cloud-map-resource-month", replicas);
  bill.add(part.key, region, "hosted-zone-month", steady(1));
  const callers = callersOf(part, context);
  if (typeof callers === "string") bill.unpriced(part.key, "dns-queries-million", callers);
  else
    bill.add(
      part.key,
      region,
      "dns-queries-million",
      scaled(callers, SECONDS_PER_MONTH / costAssumptions.dnsTtlSeconds.value / 1e6),
      true,
    );
}

/** Replicas that call a group; a sentence where they are not known. */
function callersOf(part: ReadPart<ReplicaGroup>, { basis, parts, demand }: Context): Range | string {
  if (basis === null) return "needs demand: who calls is not known";
  let sum = steady(0);
  for (const key of new Set(basis.calls.filter(({ to }) => to === part.key).map(({ from }) => from))) {
    const caller = parts.get(key);
    const replicas = caller === undefined ? "its caller" : replicasOf(caller, demand.get(key));
    if (typeof replicas === "string") return `${replicas} is not known`;
    sum = {
      min: sum.min + replicas.min,
      expected: sum.expected + replicas.expected,
      max: sum.max + replicas.max,
    };
  }
  return sum;
}

/** Share of calls that leave their zone, callers and callees spread evenly; undefined where zones are not known. With the same Z zones: (Z - 1) / Z. */
export function crossZoneShare(
  from: readonly string[] | undefined,
  to: readonly string[] | undefined,
): number | undefined {
  if (from === undefined || to === undefined || from.length === 0 || to.length === 0) return undefined;
  const same = from.filter((zone) => to.includes(zone)).length;
  return 1 - same / (from.length * to.length);
}

/** Traffic of a group's own calls, both ways, billed at both ends. */
function billCalls(bill: Bill, part: ReadPart<ReplicaGroup>, region: string, context: Context): void {
  for (const call of context.basis?.calls ?? []) {
    if (call.from === part.key) billCall(bill, part, region, call, context);
  }
}

function billCall(bill: Bill, part: ReadPart<ReplicaGroup>, region: string, call: Call, context: Context): void {
  const callee = context.parts.get(call.to);
  const caller = context.demand.get(call.from);
  const demand = context.demand.get(call.to);
  if (callee === undefined) return;
  const share = crossZoneShare(zonesOf(part), zonesOf(callee));
  if (share === 0) return;
  const word = `cross-zone-gb to ${callee.workload}`;
  if (share === undefined) return bill.unpriced(part.key, word, "zones are not known");
  if (caller === undefined) return bill.unpriced(part.key, word, "needs demand");
  const bytes = demand === undefined ? cachedBytes(callee, caller) : demand.requestBytes + demand.responseBytes;
  if (bytes === undefined) return bill.unpriced(part.key, word, "needs demand");
  const callsPerMonth = caller.requestsPerSecond.mean * call.perRequest * SECONDS_PER_MONTH;
  const gb = (callsPerMonth * bytes) / BYTES_PER_GB;
  // A GB that crosses is billed where it leaves and where it arrives.
  bill.add(part.key, region, "cross-zone-gb", steady(gb * share * 2), true);
}

/** Bytes of a look-up or write in a cache, for which nobody gives one. */
function cachedBytes(callee: ReadPart, caller: WorkloadDemand): number | undefined {
  return callee.kind === "redis-cache" ? caller.responseBytes * costAssumptions.cachedShareOfResponse.value : undefined;
}
