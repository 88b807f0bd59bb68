import type { CopiesChoice, RequestedCopies, StackConfig, Workload } from "../model";
import { interval } from "../model";
import { roleOfCache } from "./cache-plan";
import type { MistakeList } from "./request-mistakes";
import { unknownWorkload } from "./request-workload-names";

/** What a cache's own pods listen on, beside what leads to copies. */
const OWN_PORTS: ReadonlySet<number> = new Set([6379, 26379]);

/** Read copies as they are planned with: those of the stack's YAML, the first region holding the primary where none is named. */
export function copiesOf(
  copies: Readonly<Record<string, CopiesChoice>>,
  first: string,
): Readonly<Record<string, RequestedCopies>> {
  return Object.fromEntries(
    Object.entries(copies).map(([name, { address, tls, lagSeconds, promoteMinutes, primary }]) => [
      name,
      {
        ...placeOf(address),
        secret: tls.secret,
        lagSeconds: interval(lagSeconds),
        promoteMinutes,
        primary: primary ?? first,
      },
    ]),
  );
}

function placeOf(address: string): Pick<RequestedCopies, "host" | "port"> {
  const colon = address.lastIndexOf(":");
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}

/** Copies of caches that there are, that writers elsewhere fill, in several regions, each by an address of its own. */
export function checkCopies(
  config: Partial<StackConfig>,
  workloads: Readonly<Record<string, Workload>>,
  names: readonly string[],
  regions: readonly string[],
  survivesNothing: boolean,
  list: MistakeList,
): void {
  const copies = Object.entries(config.copies ?? {});
  if (copies.length === 0) return;
  const refuse = (key: readonly string[], given: unknown, allowed: string, fix: string): void =>
    list.add("yaml", ["copies", ...key], given, allowed, fix);
  if (config.target !== undefined && config.target !== "kubernetes")
    refuse([], names.join(", "), `target ${config.target} builds no read copies; kubernetes does`, "remove it");
  else if (regions.length === 1)
    refuse(
      [],
      copies.map(([name]) => name).join(", "),
      `the stack is in ${regions[0] ?? "one region"} alone, and a copy is in another`,
      "nines:regions: [...] with two or more, or remove it",
    );
  const addresses = new Map<string, string>();
  for (const [name, choice] of copies) {
    if (!names.includes(name)) {
      unknownWorkload(list, "yaml", ["copies", name], name, name, names);
      continue;
    }
    const facts = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
    if (facts === undefined) continue;
    if (facts.kind !== "cache") {
      refuse([name], name, `${name} is a ${facts.kind}, and only a cache has read copies`, "remove it");
      continue;
    }
    if (Object.hasOwn(config.existing ?? {}, name))
      refuse([name], name, `nines:existing says that ${name} is there already: its owner copies it`, "remove one");
    if (roleOfCache(facts) === "latency-cache")
      refuse(
        [name],
        name,
        `${name} is a latency-cache: who misses writes, and a copy takes no writes; each region's own fills itself`,
        'remove it, or say role: "capacity-cache" in the system where writers elsewhere fill it',
      );
    if (survivesNothing)
      refuse(
        [name],
        name,
        "objectives.survive is nothing: the cache is one member alone, and a copy follows a replica of it",
        "objectives.survive: zone or region, or remove it",
      );
    checkAddress(name, choice, addresses, list);
    const { primary } = choice as Partial<CopiesChoice>;
    if (primary !== undefined && regions.length > 0 && !regions.includes(primary))
      refuse([name, "primary"], primary, `one of the stack's regions: ${regions.join(", ")}`, "take one of them");
  }
}

/** What was salvaged from YAML with mistakes may lack the address. */
function checkAddress(
  name: string,
  { address }: Partial<CopiesChoice>,
  seen: Map<string, string>,
  list: MistakeList,
): void {
  if (address === undefined) return;
  const path = ["copies", name, "address"];
  const { host, port } = placeOf(address);
  if (OWN_PORTS.has(port))
    list.add(
      "yaml",
      path,
      address,
      `any port but ${[...OWN_PORTS].join(" and ")}: 6379 of the same name leads to the primary itself, and promotion asks it there`,
      `for example ${host}:6380`,
    );
  if (/(^|\.)svc(\.cluster\.local)?$/.test(host) || !host.includes("."))
    list.add(
      "yaml",
      path,
      address,
      "a name that the other regions resolve; names of Services are known in their own cluster alone",
      `a record of your own network that leads to the Service ${name}-copies, for example ${name}.internal.example.com:${port}`,
    );
  const other = seen.get(address);
  if (other !== undefined)
    list.add("yaml", path, address, `${other} has the same address`, "each cache has an address of its own");
  else seen.set(address, name);
}
