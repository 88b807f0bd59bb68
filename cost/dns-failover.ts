import { at, listAt, textAt } from "../model";
import type { DnsFailover, ReadPart } from "../model";
import { Bill, type Context, steady } from "./bill";

/** Checks of the places that callers may be led to; each by what it does beyond a plain question. The hosted zone was there before. */
export function billDnsFailover(bill: Bill, part: ReadPart<DnsFailover>, context: Context): void {
  const targets = listAt(part, "targets");
  if (targets === undefined) {
    bill.unpriced(part.key, "dns-health-check-other-month", "targets: cannot be understood");
    return;
  }
  const billed = billedBefore(part, context);
  const checks = { aws: 0, other: 0 };
  const options = { aws: 0, other: 0 };
  for (const target of targets) {
    const check = at(target, "check");
    // One that is worked out of others, or stands in another program, is billed as what it is, or there.
    if (!check.known || check.value === null) continue;
    const urn = resourceOf(target);
    if (urn !== "" && billed.has(urn)) continue;
    billed.add(urn);
    const where = isOnAws(target, context) ? "aws" : "other";
    const protocol = textAt(target, "check", "protocol");
    const interval = at(target, "check", "intervalSeconds");
    const on = (field: string): boolean => {
      const leaf = at(target, "check", field);
      return leaf.known && leaf.value === true;
    };
    if (!interval.known)
      bill.unpriced(part.key, `dns-health-check-option-${where}-month`, "intervalSeconds is not known");
    checks[where] += 1;
    // Amazon Route 53 pricing: HTTPS, a text that the answer must hold, the short interval and latency are an option each.
    options[where] += [
      protocol === "https",
      interval.known && interval.value === FAST_SECONDS,
      on("matchesText"),
      on("measuresLatency"),
    ].filter(Boolean).length;
  }
  const region = textAt(part, "region") ?? "global";
  for (const where of ["aws", "other"] as const) {
    if (checks[where] > 0) bill.add(part.key, region, `dns-health-check-${where}-month`, steady(checks[where]));
    if (options[where] > 0)
      bill.add(part.key, region, `dns-health-check-option-${where}-month`, steady(options[where]));
  }
}

/** The check itself, which several names may share; empty where it is planned. */
function resourceOf(target: unknown): string {
  const protocol = at(target, "check", "protocol");
  return protocol.known ? protocol.urn : "";
}

function billedBefore(part: ReadPart<DnsFailover>, { parts }: Context): Set<string> {
  const billed = new Set<string>();
  for (const other of parts.values()) {
    if (other.key === part.key) break;
    if (other.kind === "dns-failover")
      for (const target of listAt(other, "targets") ?? []) billed.add(resourceOf(target));
  }
  return billed;
}

const FAST_SECONDS = 10;

/** What is asked is AWS's own, which is cheaper: its balancer, or one before nodes of EKS. Where nobody says so the dearer price is taken. */
function isOnAws(target: unknown, { basis, parts }: Context): boolean {
  const key = textAt(target, "part");
  const door = [...parts.values()].find((part) => part.key === key);
  if (door === undefined) return false;
  const runtime = textAt(door, "runtime", "kind");
  if (runtime === "alb" || runtime === "nlb") return true;
  return basis?.nodes?.[textAt(door, "region") ?? ""]?.platform === "eks";
}
