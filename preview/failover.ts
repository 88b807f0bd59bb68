import { failoverSecondsOf } from "../availability";
import { at, listAt, numberAt, regionIn, textAt, type DnsFailover, type ReadPart, type Report } from "../model";
import { counted, figure } from "./figures";
import { hanging } from "./layout";

/** By which names DNS leads callers to a region that stands, and how long that takes. */
export function failoverLines(report: Report, indent: number): readonly string[] {
  const led = failoversOf(report);
  return [
    ...led.flatMap((part) => hanging("  failover", failoverText(part), indent)),
    ...unledText(
      report,
      led.map((part) => textAt(part, "name")),
    ).flatMap((text) => hanging("  failover", text, indent)),
  ];
}

/** Names before several regions that lead to none of them. */
function unledText({ built }: Report, led: readonly (string | undefined)[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const part of built) {
    const name = textAt(part, "domain", "name");
    const own = textAt(part, "domain", "ownName");
    if (part.kind !== "load-balancer" || name === undefined || own === undefined || led.includes(name)) continue;
    names.set(name, [...(names.get(name) ?? []), own]);
  }
  return [...names].map(
    ([name, own]) =>
      `${name} leads nowhere by itself: callers choose among ${own.join(", ")}; nines:failover says who leads them`,
  );
}

const failoversOf = ({ built }: Report): readonly ReadPart<DnsFailover>[] =>
  built.filter((part): part is ReadPart<DnsFailover> => part.kind === "dns-failover");

/** Places in the order in which they are led to, those of one priority together. */
function orderOf(targets: readonly unknown[]): readonly (readonly unknown[])[] {
  const ranks = [...new Set(targets.map((target) => numberAt(target, "priority") ?? 0))].sort((a, b) => a - b);
  return ranks.map((rank) => targets.filter((target) => (numberAt(target, "priority") ?? 0) === rank));
}

function placeOf(target: unknown): string {
  const part = at(target, "part");
  if (part.known && typeof part.value === "string") return regionIn(part.value);
  return textAt(target, "name") ?? "a place that is not known";
}

function failoverText(part: ReadPart<DnsFailover>): string {
  const targets = listAt(part, "targets");
  const name = textAt(part, "name") ?? "a name";
  if (targets === undefined) return `${name} fails over; to what is not known`;
  const order = orderOf(targets).map((each) => each.map(placeOf).join(" and "));
  const by =
    textAt(part, "runtime", "kind") === "external-dns"
      ? ", by weights of external-dns, which know no third; balancers' own checks find a loss, and these only connect"
      : "";
  return `${name} leads to ${order.join(", then ")}: ${timeText(part, targets)}${by}`;
}

function timeText(part: ReadPart<DnsFailover>, targets: readonly unknown[]): string {
  const seconds = failoverSecondsOf(part);
  if (seconds === null) {
    const unasked = targets.some((target) => {
      const check = at(target, "check");
      return check.known && check.value === null;
    });
    return unasked
      ? "how long after a loss nobody can say, since not each place is asked"
      : "how long after a loss is not known";
  }
  const ttl = numberAt(part, "ttlSeconds") ?? 0;
  const found = figure(seconds - ttl);
  return `${figure(seconds)} s after a loss, ${found} until checks have failed often enough and ${figure(ttl)} that resolvers keep the old answer; callers that keep it longer come later`;
}

/** The same with what each place is asked, for explain. */
export function failoverSteps(report: Report): readonly string[] {
  const parts = failoversOf(report);
  if (parts.length === 0) return [];
  return [
    "how callers are led to a region that stands",
    ...parts.flatMap((part) => [
      ...hanging("  DNS", failoverText(part), 16),
      ...orderOf(listAt(part, "targets") ?? []).flatMap((places) =>
        places.flatMap((target) => hanging(`    ${placeOf(target)}`, askedText(target), 16)),
      ),
    ]),
  ];
}

function askedText(target: unknown): string {
  const name = textAt(target, "name") ?? "a name that is not known";
  const check = at(target, "check");
  if (check.known && check.value === null) {
    const follows = at(target, "followsBalancer");
    return `${name}, asked by nobody${follows.known && follows.value === true ? "; given out while its balancer has healthy targets" : ""}`;
  }
  const protocol = textAt(target, "check", "protocol");
  if (protocol === undefined) return `${name}, asked by a check that is not read`;
  const path = textAt(target, "check", "path") ?? "";
  const [every, failures] = ["intervalSeconds", "failures"].map((field) => numberAt(target, "check", field));
  const often =
    every === undefined || failures === undefined
      ? ""
      : ` every ${every} s, gone after ${counted(failures, "failure")}`;
  return `${protocol}://${textAt(target, "check", "name") ?? name}${path}${often}`;
}
