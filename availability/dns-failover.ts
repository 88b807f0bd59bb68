import { at, listAt, numberAt, textAt, type DnsFailover, type ReadPart } from "../model";

/** Longest that a resolver may keep an answer of a name that fails over. Amazon Route 53 Developer Guide: 60 seconds or less with health checks. */
export const FAILOVER_TTL_SECONDS = 60;

/** What finds that a balancer is gone where external-dns leads to it: its own checks of its targets, which only connect. AWS Load Balancer Controller, Service annotations, defaults. */
export const BALANCER_CHECK = { seconds: 10, failures: 3 } as const;

/** From the loss of a place until callers are led to the next: as many checks as must fail, and as long as resolvers keep the old answer. */
export function dnsFailoverSeconds(
  check: { readonly seconds: number; readonly failures: number },
  ttl: number,
): number {
  return check.seconds * check.failures + ttl;
}

/** Of records as read: of the slowest of the places that another stands behind; null where nobody finds that one of them is gone, or it cannot be read. */
export function failoverSecondsOf(part: ReadPart<DnsFailover>): number | null {
  const ttl = numberAt(part, "ttlSeconds");
  const targets = listAt(part, "targets");
  if (ttl === undefined || targets === undefined) return null;
  const priorities = targets.map((target) => numberAt(target, "priority") ?? 0);
  const last = Math.max(...priorities);
  const asked = targets.filter((_, index) => last === 1 || (priorities[index] ?? 0) < last);
  const balanced = textAt(part, "runtime", "kind") === "external-dns";
  const found = asked.map((target) => {
    if (balanced && flagAt(target, "followsBalancer")) return dnsFailoverSeconds(BALANCER_CHECK, ttl);
    if (textAt(target, "check", "protocol") === undefined) return null;
    const seconds = numberAt(target, "check", "intervalSeconds");
    const failures = numberAt(target, "check", "failures");
    return seconds === undefined || failures === undefined ? null : dnsFailoverSeconds({ seconds, failures }, ttl);
  });
  const known = found.filter((each) => each !== null);
  return known.length === 0 || known.length < found.length ? null : Math.max(...known);
}

function flagAt(reading: unknown, field: string): boolean {
  const leaf = at(reading, field);
  return leaf.known && leaf.value === true;
}
