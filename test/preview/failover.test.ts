import { failoverLines, failoverSteps } from "../../preview/failover";
import { renderedText } from "../../preview/render/text";
import { asReading, unknown, type DnsTarget, type Part, type ReadPart, type Report } from "../../model";
import { check, door, failover, first, place, second } from "../policies/dns-failover-cases";

const report = (built: readonly ReadPart[]): Report => ({ built }) as unknown as Report;
const lines = (...parts: readonly Part[]): string =>
  failoverLines(report(parts.map((part) => asReading(part))), 13)
    .map((line) => line.trim())
    .join(" ");

test("who is led where, after how long and by what is said, and who comes later", () => {
  expect(lines(failover([first, second, place("eu-west-1", 3)]))).toBe(
    "failover   web.example.com leads to us-east-1, then us-west-2, then eu-west-1: 150 s after a loss, 90 until checks have failed often enough and 60 that resolvers keep the old answer; callers that keep it longer come later",
  );
});

test("places that take callers together stand together; one that is no door here by its name", () => {
  const away = { ...place("eu-west-1", 2), part: null, name: "away.example.net" };
  expect(lines(failover([first, { ...second, priority: 1 }, away]))).toContain(
    "leads to us-east-1 and us-west-2, then away.example.net: 150 s",
  );
});

test("by external-dns there is no third, and it is said what its checks are worth", () => {
  const place = (target: DnsTarget, priority: number) => ({ ...target, priority, check: null, followsBalancer: true });
  const weights = failover([place(first, 1), place(second, 2), place({ ...second, part: null, name: "third" }, 2)], {
    runtime: { kind: "external-dns" },
  });
  expect(lines(weights)).toContain("leads to us-east-1, then us-west-2 and third: 90 s after a loss, 30 until");
  expect(lines(weights)).toContain("by weights of external-dns, which know no third; balancers' own checks");
});

test("where nobody asks, or it cannot be read, no time is made up", () => {
  expect(lines(failover([{ ...first, check: null }, second]))).toContain(
    ": how long after a loss nobody can say, since not each place is asked",
  );
  const part = asReading(failover());
  const hidden = { ...part, ttlSeconds: unknown("u", "ttl", "after-deploy") } as ReadPart;
  expect(failoverLines(report([hidden]), 13).join(" ")).toContain("how long after a loss is not known");
  const gone = { ...part, targets: unknown("u", "records", "after-deploy") } as ReadPart;
  expect(failoverLines(report([gone]), 13).join(" ")).toContain("web.example.com fails over; to what is not known");
});

test("a name before several regions that leads to none of them is told as that", () => {
  const named = (region: string, ownName: string | null) =>
    door(region, { domain: { name: "web.example.com", ownName, record: true, certificate: "created" } });
  const [east, west] = ["us-east-1", "us-west-2"].map((region) => named(region, `${region}.web.example.com`));
  expect(lines(east!, west!)).toBe(
    "failover   web.example.com leads nowhere by itself: callers choose among us-east-1.web.example.com, us-west-2.web.example.com; nines:failover says who leads them",
  );
  expect(lines(east!, west!, failover())).not.toContain("nowhere");
  expect(lines(named("us-east-1", null))).toBe("");
});

test("explain says what each place is asked", () => {
  const slow = {
    ...second,
    check: check(second.name, { protocol: "tcp", path: null, intervalSeconds: 10, failures: 1 }),
  };
  const balanced = { ...place("eu-west-1", 3), check: null, followsBalancer: true };
  const said = failoverSteps(report([asReading(failover([first, slow, balanced]))]))
    .map((line) => line.trim())
    .join("\n");
  expect(said).toContain("https://us-east-1.web.example.com/health every 30 s, gone after 3 failures");
  expect(said).toContain("tcp://us-west-2.web.example.com every 10 s, gone after 1 failure\n");
  expect(said).toMatch(/asked by nobody; given out while its balancer has\s+healthy\s+targets/);
  expect(failoverSteps(report([]))).toEqual([]);
});

test("a render says that Route 53 is no YAML, and what is lost with it", () => {
  const rendered = (others: readonly string[]) =>
    renderedText("out", [], [{ objects: [], mistakes: [], secrets: [], others }]);
  expect(rendered(["aws:route53/record:Record", "aws:route53/healthCheck:HealthCheck"])).toContain(
    "Route 53 is not YAML: without its 2 records and health checks DNS leads nobody to the doors",
  );
  expect(rendered(["random:index/randomPassword:RandomPassword"])).not.toContain("Route 53");
});

test("Secrets of one name are to be made in each cluster", () => {
  const of = (...secrets: readonly string[]) => ({ objects: [], mistakes: [], secrets, others: [] });
  expect(renderedText("out", [], [of("shop/db"), of("shop/db"), of("shop/db", "shop/tls")])).toContain(
    "4 Secrets shop/db (in each of 3 clusters), shop/tls; make them in the cluster",
  );
  expect(renderedText("out", [], [of("shop/db")])).toContain("1 Secret shop/db; make it in the cluster");
});
