import * as aws from "@pulumi/aws";
import { dnsFailoverReader } from "../../../components/aws/dns-failover.read";
import { loadBalancerReader } from "../../../components/aws/load-balancer.read";
import { readParts } from "../../../components/readers";
import { costOf } from "../../../cost";
import { resourceGraph } from "../../../model";
import { checkEveryInput } from "../every-input";
import { neverThrows, readWith, recordForeign } from "./foreign-program";

const reader = dnsFailoverReader(loadBalancerReader);
const read = async (program: () => unknown) => readWith(reader, await recordForeign(program));
const zoneId = "Z1";

function front(name: string, region: string): aws.lb.LoadBalancer {
  return new aws.lb.LoadBalancer(name, { name, subnets: ["subnet-1"], region: region as aws.Region });
}
const alias = (to: aws.lb.LoadBalancer, evaluateTargetHealth = true) => ({
  aliases: [{ name: to.dnsName, zoneId: to.zoneId, evaluateTargetHealth }],
});
const check = (over: Partial<aws.route53.HealthCheckArgs> = {}) =>
  new aws.route53.HealthCheck("east", { type: "HTTPS", fqdn: "east.example.com.", resourcePath: "/up", ...over });

/** Two balancers, of which the second stands by. */
function pair(): void {
  const [main, spare] = [front("main", "us-east-1"), front("spare", "eu-west-1")];
  const asked = check();
  for (const type of ["A", "AAAA"])
    for (const [role, to] of [
      ["SECONDARY", spare],
      ["PRIMARY", main],
    ] as const)
      new aws.route53.Record(`${role}-${type}`, {
        zoneId,
        name: "WWW.example.com",
        type,
        setIdentifier: role,
        failoverRoutingPolicies: [{ type: role }],
        ...alias(to, role === "PRIMARY"),
        ...(role === "PRIMARY" ? { healthCheckId: asked.id } : {}),
      });
}

/** Weights, where the second gets nothing while the first stands; names of their own in between. */
function weights(): void {
  const main = front("main", "us-east-1");
  for (const [name, weight] of [
    ["east", 1],
    ["west", 0],
  ] as const) {
    new aws.route53.Record(name, {
      zoneId,
      name: `${name}.example.com`,
      type: "CNAME",
      ttl: 300,
      records: [name === "east" ? main.dnsName : "elsewhere.example.net"],
    });
    new aws.route53.Record(`api-${name}`, {
      zoneId,
      name: "api.example.com",
      type: "CNAME",
      ttl: 60,
      records: [`${name}.example.com`],
      setIdentifier: name,
      weightedRoutingPolicies: [{ weight }],
      ...(name === "east"
        ? {
            healthCheckId: check({ type: "HTTP_STR_MATCH", searchString: "fine", port: 8080, measureLatency: true }).id,
          }
        : {}),
    });
  }
}

describe("records that others wrote", () => {
  test("of a failover: the second stands behind the first, whose check is as the provider's defaults have it", async () => {
    const { parts } = await read(pair);
    expect(parts).toMatchObject([
      {
        key: "dns-failover/main/us-east-1",
        name: "www.example.com",
        // Both are aliases, which answer for as long as the balancers' own records.
        ttlSeconds: 60,
        targets: [
          {
            part: "load-balancer/main/us-east-1",
            priority: 1,
            check: {
              protocol: "https",
              name: "east.example.com",
              port: 443,
              path: "/up",
              intervalSeconds: 30,
              failures: 3,
              matchesText: false,
              measuresLatency: false,
            },
            followsBalancer: true,
          },
          { part: "load-balancer/spare/eu-west-1", priority: 2, check: null, followsBalancer: false },
        ],
      },
    ]);
  });

  test("of weights: what gets none stands behind what gets some, through the names in between, the longest time of any kept", async () => {
    const { parts, claims } = await read(weights);
    expect(parts).toMatchObject([
      {
        name: "api.example.com",
        ttlSeconds: 300,
        targets: [
          {
            part: "load-balancer/main/us-east-1",
            name: "east.example.com",
            priority: 1,
            check: { protocol: "http", port: 8080, matchesText: true, measuresLatency: true },
          },
          { part: null, name: "west.example.com", priority: 2, check: null },
        ],
      },
    ]);
    expect(claims).toHaveLength(5);
  });

  test("in a chain stand one behind the other", async () => {
    const led = (name: string, role: string, to: string) =>
      new aws.route53.Record(`${role}-${name}`, {
        zoneId,
        name,
        type: "CNAME",
        ttl: 30,
        records: [to],
        setIdentifier: role,
        failoverRoutingPolicies: [{ type: role }],
      });
    const { parts } = await read(() => {
      led("next.example.com", "SECONDARY", "c.example.com");
      led("api.example.com", "PRIMARY", "a.example.com");
      led("api.example.com", "SECONDARY", "next.example.com.");
      led("next.example.com", "PRIMARY", "b.example.com");
    });
    expect(parts).toMatchObject([
      {
        name: "api.example.com",
        targets: [
          { name: "a.example.com", priority: 1 },
          { name: "b.example.com", priority: 2 },
          { name: "c.example.com", priority: 3 },
        ],
      },
    ]);
    expect(parts).toHaveLength(1);
  });

  test("that only divide callers are no failover", async () => {
    const { parts } = await read(() => {
      for (const weight of [90, 10])
        new aws.route53.Record(`w${weight}`, {
          zoneId,
          name: "api.example.com",
          type: "CNAME",
          ttl: 60,
          records: [`${weight}.example.com`],
          setIdentifier: `${weight}`,
          weightedRoutingPolicies: [{ weight }],
        });
    });
    expect(parts).toEqual([]);
  });

  test("with a check of another program, or one worked out of others: what it asks is unknown, and why", async () => {
    const checked = (healthCheckId: aws.route53.RecordArgs["healthCheckId"]) =>
      new aws.route53.Record("first", {
        zoneId,
        name: "api.example.com",
        type: "CNAME",
        ttl: 60,
        records: ["a.example.com"],
        setIdentifier: "a",
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        healthCheckId,
      });
    const elsewhere = await read(() => checked("0f3a"));
    expect(elsewhere.parts).toMatchObject([{ targets: [{ check: { known: false, why: "elsewhere" } }] }]);
    const counted = () => {
      const all = new aws.route53.HealthCheck("all", {
        type: "CALCULATED",
        childHealthThreshold: 1,
        childHealthchecks: ["0f3a"],
      });
      checked(all.id);
    };
    const found = await read(counted);
    expect(found.parts).toMatchObject([{ targets: [{ check: { known: false, why: "unreadable" } }] }]);
    // It is billed as what it is.
    const { parts } = readParts("aws", resourceGraph(await recordForeign(counted)));
    expect(parts.map(({ kind }) => kind)).toEqual(["dns-failover", "supporting"]);
  });

  test("for two names before the same doors are two, which share a check that is claimed and billed once", async () => {
    const resources = await recordForeign(() => {
      const main = front("main", "us-east-1");
      const healthCheckId = check().id;
      for (const name of ["a.example.com", "b.example.com"])
        new aws.route53.Record(name, {
          zoneId,
          name,
          type: "A",
          setIdentifier: "only",
          failoverRoutingPolicies: [{ type: "PRIMARY" }],
          ...alias(main),
          healthCheckId,
        });
    });
    const { parts, claims } = reader.read(resourceGraph(resources));
    expect(claims).toHaveLength(3);
    const doors = loadBalancerReader.read(resourceGraph(resources)).parts;
    const lines = costOf([...doors, ...parts], null).lines.filter(({ item }) => item.startsWith("dns-"));
    expect(lines.map(({ item, quantity }) => [item, quantity.expected])).toEqual([
      ["dns-health-check-aws-month", 1],
      ["dns-health-check-option-aws-month", 1],
    ]);
    expect(parts.map(({ key }) => key)).toEqual([
      "dns-failover/main/us-east-1",
      "dns-failover/b.example.com/us-east-1",
    ]);
  });

  test.each([
    ["a failover", pair],
    ["weights", weights],
  ])("of %s: of a whole program each is claimed once, and each input is in the table", async (_, program) => {
    const resources = await recordForeign(program);
    const urns = readParts("aws", resourceGraph(resources)).claims.map(({ urn }) => urn);
    expect(new Set(urns).size).toBe(urns.length);
    expect(checkEveryInput(resources, reader)).toEqual([]);
  });

  test("whatever stands in an input, the reader does not throw", async () => {
    neverThrows(reader, await recordForeign(pair));
    neverThrows(reader, await recordForeign(weights));
  });
});
