import type { DnsCheck, DnsTarget, Part } from "../../model";
import { judge } from "../../policies";
import { check, door, east, failover, first, place, second, stack, surviving, west } from "./dns-failover-cases";
import { hidden, of, rule, target, verdicts } from "./fixture";

const said = (id: string, part: Part, doors?: readonly Part[]) =>
  judge(stack(part, doors), [rule(id)]).map(({ verdict, message }) => `${verdict}: ${message}`);

const ids = ["two-places", "checked", "ttl", "asks-the-door", "reaches"].map((end) => `dns-failover-${end}`);

test.each(ids)("%s: passed by two doors that are asked as they ask their replicas", (id) => {
  expect(new Set(verdicts(id, stack(failover())))).toEqual(new Set(["pass"]));
});

test.each([...ids, "dns-alias-follows-balancer"])(
  "%s: of a place that cannot be read it is undecided, of no failover silent",
  (id) => {
    const path = id === "dns-failover-ttl" ? "ttlSeconds" : "targets";
    const subject = stack(failover());
    const parts = [hidden(failover(), path), ...subject.parts.slice(1)];
    expect(verdicts(id, { ...subject, parts })).toEqual(["undecided"]);
    expect(verdicts(id, of([east]))).toEqual([]);
  },
);

test("one place is none to turn to", () => {
  expect(said("dns-failover-two-places", failover([first]))).toEqual(["fail: leads to 1 place"]);
  expect(said("dns-failover-checked", failover([first]))).toEqual([]);
});

test("somebody must ask each place that another stands behind; the last one's check turns nobody away", () => {
  const blind = (target: DnsTarget): DnsTarget => ({ ...target, check: null });
  const third = place("eu-west-1", 3);
  const id = "dns-failover-checked";
  expect(said(id, failover([first, second, blind(third)]))).toEqual([
    "pass: each place with another behind it is asked",
  ]);
  expect(said(id, failover([first, blind(second), third]))).toEqual([
    "fail: nobody asks whether us-west-2.web.example.com answers",
  ]);
  // An alias goes with its balancer's targets.
  expect(verdicts(id, stack(failover([{ ...blind(first), followsBalancer: true }, second])))).toEqual(["pass"]);
  expect(verdicts(id, stack(failover([{ ...blind(first), followsBalancer: false }, second])))).toEqual(["fail"]);
  // Of places that all take callers, each.
  expect(verdicts(id, stack(failover([first, { ...blind(second), priority: 1 }])))).toEqual(["fail"]);
});

test("an alias must go with its balancer's targets, where there is one", () => {
  const id = "dns-alias-follows-balancer";
  expect(said(id, failover())).toEqual([]);
  const alias = (followsBalancer: boolean) => ({ ...first, followsBalancer });
  expect(said(id, failover([alias(true), second]))).toEqual(["pass: aliases go with their balancers' targets"]);
  expect(said(id, failover([alias(true), alias(false)]))).toEqual([
    "fail: 1 of 2 aliases given out whatever their targets are",
  ]);
});

test.each([
  [60, "pass"],
  [61, "fail"],
])("an answer that is kept for %i s: %s", (ttlSeconds, verdict) => {
  expect(verdicts("dns-failover-ttl", stack(failover([first, second], { ttlSeconds })))).toEqual([verdict]);
});

test.each<[string, Partial<DnsCheck>, string]>([
  ["another path", { path: "/" }, "us-east-1.web.example.com is asked for /, and its door asks for /health"],
  [
    "a connection alone",
    { protocol: "tcp", path: null },
    "us-east-1.web.example.com is only connected to, and its door asks for /health",
  ],
  ["the name that fails over", { name: "web.example.com" }, "a check asks web.example.com itself"],
])("a check that asks for %s fails", (_, over, message) => {
  const amiss = { ...first, check: check(first.name, over) };
  expect(said("dns-failover-asks-the-door", failover([amiss, second]))).toEqual([`fail: ${message}`]);
});

test("of a door that only connects itself, a connection is enough; of one elsewhere nobody can say", () => {
  const connects = { ...first, check: check(first.name, { protocol: "tcp", path: null }) };
  const tcp = door("us-east-1", {
    targets: [target({ probe: { ...target().probe, check: { kind: "tcp" } } })],
  });
  expect(verdicts("dns-failover-asks-the-door", stack(failover([connects, second]), [tcp, west]))).toEqual(["pass"]);
  expect(verdicts("dns-failover-asks-the-door", stack(failover([connects, second]), [west]))).toEqual(["undecided"]);
  const nobody = { ...connects, part: null };
  expect(verdicts("dns-failover-asks-the-door", stack(failover([nobody, second]), [west]))).toEqual(["pass"]);
  // What the door has of other regions' doors is not what it asks its replicas.
  const remote = target({ priority: 2, probe: { ...target().probe, check: { kind: "http", path: "/elsewhere" } } });
  const both = door("us-east-1", { targets: [target(), remote] });
  const elsewhere = { ...first, check: check(first.name, { path: "/elsewhere" }) };
  expect(verdicts("dns-failover-asks-the-door", stack(failover([elsewhere, second]), [both, west]))).toEqual(["fail"]);
});

test("a private door that checkers ask fails; one that nobody asks, or that does not say, is left alone", () => {
  const id = "dns-failover-reaches";
  const hiddenDoor = door("us-east-1", { exposure: "private" });
  expect(said(id, failover(), [hiddenDoor, west])).toEqual([
    "fail: web in us-east-1 is private",
    "pass: web in us-west-2 is on the internet",
  ]);
  expect(verdicts(id, stack(failover([{ ...first, check: null }, second]), [hiddenDoor, west]))).toEqual(["pass"]);
  expect(verdicts(id, stack(failover(), [door("us-east-1", { exposure: null }), west]))).toEqual(["pass"]);
});

test("where its name is known only after the deploy, what else is said of a place is judged", () => {
  const subject = stack(failover());
  const parts = [hidden(failover(), "targets.0.check.name"), ...subject.parts.slice(1)];
  const judged = (id: string) => new Set(verdicts(id, { ...subject, parts }));
  for (const id of ["dns-failover-two-places", "dns-failover-checked", "dns-failover-ttl", "dns-failover-reaches"])
    expect(judged(id)).toEqual(new Set(["pass"]));
  expect(judged("dns-failover-asks-the-door")).toEqual(new Set(["undecided"]));
  const follows = (part: Part) => hidden(part, "targets.0.followsBalancer");
  const alias = [follows(failover([{ ...first, check: null }, second])), ...subject.parts.slice(1)];
  for (const id of ["dns-failover-checked", "dns-alias-follows-balancer"])
    expect(verdicts(id, { ...subject, parts: alias })).toEqual(["undecided"]);
});

describe("a region that must be survived", () => {
  const id = "region-loss-carried";
  const messages = (subject: Parameters<typeof judge>[0]) =>
    judge(subject, [rule(id)]).map(({ severity, verdict, message }) => `${severity} ${verdict}: ${message}`);

  test("is unmet where nobody leads callers to the other, and the rule says so", () => {
    expect(messages(surviving())).toEqual([
      "mandatory fail: survive: region is unmet: nobody leads callers away from us-east-1 when it is lost",
    ]);
    expect(messages(surviving(null))[0]).toMatch(/when it is lost; a door hands on only while it stands itself$/);
    expect(messages(surviving(60))).toEqual(["mandatory pass: callers move by themselves in 60 s, as stated"]);
  });

  test("of another's program records may stand elsewhere, and nothing is said where none must be survived", () => {
    expect(verdicts(id, { ...surviving(), plan: null })).toEqual(["undecided"]);
    expect(verdicts(id, stack(failover()))).toEqual([]);
  });
});
