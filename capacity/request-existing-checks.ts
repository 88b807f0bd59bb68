import type {
  Existing,
  ExistingBalancer,
  ExistingCache,
  ExistingListener,
  Request,
  StackConfig,
  Workload,
} from "../model";
import { checkRules } from "./request-route-checks";
import type { MistakeList } from "./request-mistakes";
import { unknownWorkload, whereFact } from "./request-workload-names";

const isBalancer = (existing: Existing): existing is ExistingBalancer => "loadBalancerArn" in existing;
const isListener = (existing: Existing): existing is ExistingListener => "listenerArn" in existing;
const isCache = (existing: Existing): existing is ExistingCache => "address" in existing;

/** What is there already, a cache, or in front of a service the balancer or only its listener, each told apart. */
export function existingOf(existing: Readonly<Record<string, Existing>>): Request["existing"] {
  const those = <E extends Existing>(is: (facts: Existing) => facts is E): Readonly<Record<string, E>> =>
    Object.fromEntries(
      Object.entries(existing).flatMap(([name, facts]): [string, E][] => (is(facts) ? [[name, facts]] : [])),
    );
  return { caches: those(isCache), balancers: those(isBalancer), listeners: those(isListener) };
}

/** What the YAML says is there already: of a workload that there is, of its kind, in the stack's region. */
export function checkExisting(
  config: Partial<StackConfig>,
  workloads: Readonly<Record<string, Workload>>,
  names: readonly string[],
  region: string | undefined,
  list: MistakeList,
): void {
  for (const [name, existing] of Object.entries(config.existing ?? {})) {
    const path = ["existing", name];
    if (!names.includes(name)) {
      unknownWorkload(list, "yaml", path, name, name, names);
      continue;
    }
    const facts = Object.hasOwn(workloads, name) ? workloads[name] : undefined;
    if (facts === undefined) continue;
    if (facts.kind === "store") {
      list.add("yaml", path, existing, `${name} is a store, which is built here`, "remove it");
      continue;
    }
    if (facts.kind === "cache") {
      if (!isCache(existing))
        list.add(
          "yaml",
          path,
          existing,
          `${name} is a cache, which has address and tls`,
          "for example { address: cache.example.internal:6379, tls: true }",
        );
      else checkToken(name, existing, workloads, list);
      continue;
    }
    if (isCache(existing)) {
      list.add(
        "yaml",
        path,
        existing,
        `${name} is a service, whose balancer has loadBalancerArn, targetGroupArn, securityGroupId and url`,
        "say all four; or for a rule on its listener listenerArn, securityGroupId, priority, hosts or paths, and url",
      );
      continue;
    }
    if ((facts.reachedBy ?? "balancer") !== "balancer") {
      const [place] = whereFact(config, name, "reachedBy");
      const said = place === "yaml" ? `nines:workloads.${name}.reachedBy` : `workloads.${name}.reachedBy of the system`;
      list.add(
        "yaml",
        path,
        existing,
        `${name} is reached by ${facts.reachedBy ?? ""}, not by a balancer`,
        `remove it, or ${said}: balancer`,
      );
      continue;
    }
    if (isListener(existing)) checkPlace(name, "listenerArn", existing.listenerArn, region, list);
    else checkArns(name, existing, region, list);
  }
  checkRules(existingOf(config.existing ?? {}).listeners, list);
}

/** A caller that is to get the token needs its name. */
function checkToken(
  name: string,
  existing: ExistingCache,
  workloads: Readonly<Record<string, Workload>>,
  list: MistakeList,
): void {
  if (existing.tokenSecretName !== undefined) return;
  for (const [caller, facts] of Object.entries(workloads)) {
    const wires = facts.kind === "service" ? Object.entries(facts.wires ?? {}) : [];
    const token = wires.find(([, { to, as }]) => to === name && as === "token");
    if (token === undefined) continue;
    list.add(
      "yaml",
      ["existing", name, "tokenSecretName"],
      undefined,
      `${caller} takes the token of ${name} as ${token[0]}`,
      "name the secret of Secrets Manager that holds it, or remove the wire",
    );
  }
}

/** Both stand in the stack's region and in one account. */
function checkArns(name: string, existing: ExistingBalancer, region: string | undefined, list: MistakeList): void {
  for (const key of ["loadBalancerArn", "targetGroupArn"] as const) checkPlace(name, key, existing[key], region, list);
  const [, owner] = placeOf(existing.loadBalancerArn);
  const [, other] = placeOf(existing.targetGroupArn);
  if (owner !== other)
    list.add(
      "yaml",
      ["existing", name, "targetGroupArn"],
      existing.targetGroupArn,
      `the balancer is in account ${owner}`,
      "name a target group of the balancer",
    );
}

/** Region and account of an ARN. */
function placeOf(arn: string): readonly [string, string] {
  const [, , , place = "", account = ""] = arn.split(":");
  return [place, account];
}

function checkPlace(name: string, key: string, arn: string, region: string | undefined, list: MistakeList): void {
  const [place] = placeOf(arn);
  if (region !== undefined && place !== region)
    list.add("yaml", ["existing", name, key], arn, `the stack is in ${region}`, `name one in ${region}`);
}
