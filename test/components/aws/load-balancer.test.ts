import fc from "fast-check";
import { loadBalancerReader } from "../../../components/aws/load-balancer.read";
import { partKey, type Listener, type LoadBalancer as Part } from "../../../model";
import { checkEveryInput } from "../every-input";
import { differs, strip } from "../strip";
import { balancer, build, dev, domain, prod, read, recorded, region, zones } from "./a-balancer";

const port = fc.integer({ min: 1, max: 65535 });
const floor = fc.constantFrom("1.2" as const, "1.3" as const);
const anyListeners = fc.oneof(
  port.map((answering): readonly Listener[] => [{ port: answering, tlsFloor: null, redirects: false }]),
  fc
    .tuple(fc.uniqueArray(port, { minLength: 2, maxLength: 4 }), floor, fc.boolean())
    .map(([ports, tlsFloor, redirects]) =>
      ports
        .map((each, index): Listener =>
          index > 0 && redirects
            ? { port: each, tlsFloor: null, redirects: true }
            : { port: each, tlsFloor, redirects: false },
        )
        .sort((a, b) => a.port - b.port),
    ),
);
const anyBalancer = fc
  .record({
    workload: fc.constantFrom("embedding", "storage-server", "a-workload-with-a-name-that-nobody-types"),
    zones: fc.subarray(zones, { minLength: 2 }),
    internet: fc.boolean(),
    listeners: anyListeners,
    named: fc.option(
      fc.constantFrom(
        { record: true, certificate: "created" as const },
        { record: false, certificate: "created" as const },
        { record: true, certificate: "existing" as const },
      ),
    ),
    targetPort: port,
    probe: fc.record({
      intervalSeconds: fc.integer({ min: 5, max: 300 }),
      timeoutSeconds: fc.integer({ min: 2, max: 120 }),
      failures: fc.integer({ min: 2, max: 10 }),
      successes: fc.integer({ min: 2, max: 10 }),
    }),
    path: fc.webPath().map((path) => `/${path}`),
    drainSeconds: fc.integer({ min: 0, max: 3600 }),
    routing: fc.constantFrom("least-outstanding" as const, "round-robin" as const, "random" as const),
    deletion: fc.boolean(),
    logs: fc.boolean(),
    dropsInvalidHeaders: fc.boolean(),
    zonalShift: fc.boolean(),
    idleTimeoutSeconds: fc.integer({ min: 1, max: 4000 }),
  })
  .map(
    ({
      workload,
      zones: chosen,
      internet,
      listeners,
      named,
      targetPort,
      probe,
      path,
      drainSeconds,
      deletion,
      logs,
      dropsInvalidHeaders,
      ...rest
    }) => {
      const tls = listeners.some(({ tlsFloor }) => tlsFloor !== null);
      return balancer({
        ...rest,
        workload,
        placement: { kind: "zonal", zones: chosen, spread: "hard" },
        exposure: internet && tls ? "internet" : "private",
        listeners,
        domain: tls && named !== null ? { name: "embedding.example.com", ownName: null, ...named } : null,
        targets: [
          {
            part: partKey("replica-group", workload, region),
            port: targetPort,
            weight: 1,
            priority: 1,
            probe: { role: "balancer", check: { kind: "http", path }, ...probe },
            drainSeconds,
          },
        ],
        protection: { deletion, logs, dropsInvalidHeaders, rateLimitPerSecond: null },
      });
    },
  );

describe("a balancer that is built", () => {
  test.each([
    ["dev: private, two zones, no logs", dev],
    ["private, three zones", balancer()],
    ["prod: internet, TLS, a domain with its certificate", prod],
    [
      "internet, TLS 1.3, an existing certificate",
      {
        ...prod,
        listeners: [{ port: 443, tlsFloor: "1.3", redirects: false }],
        domain: { ...domain, certificate: "existing" },
      },
    ],
    ["TLS under the provider's own name", { ...prod, domain: null }],
  ] as readonly (readonly [string, Part])[])("reads back as planned: %s", async (_, part) => {
    const { parts, conflicts } = read(strip(await build(part)));
    expect(differs([part], parts)).toBeUndefined();
    expect(conflicts).toEqual([]);
  });

  test("reads back as planned, whatever the Part", async () => {
    await fc.assert(
      fc.asyncProperty(anyBalancer, async (part) => {
        const { parts, conflicts } = read(strip(await build(part)));
        expect(differs([part], parts)).toBeUndefined();
        expect(conflicts).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test("has the planned key where names are our own", async () => {
    expect(read(await build(prod)).parts).toEqual([prod]);
  });

  test.each([
    ["on the internet", prod],
    ["inside", balancer()],
    ["with a long name", balancer({ workload: "a-workload-with-a-name-that-nobody-types" })],
    ["with an existing certificate", { ...prod, domain: { ...domain, certificate: "existing" } }],
    ["with TLS under the provider's own name", { ...prod, domain: null }],
    ["with a created certificate and no record", { ...prod, domain: { ...domain, record: false } }],
  ] as readonly (readonly [string, Part])[])("has each input in the reader's table: %s", async (_, part) => {
    expect(checkEveryInput(strip(await build(part)), loadBalancerReader)).toEqual([]);
  });

  test("is claimed, every resource of it, once", async () => {
    const resources = await build(prod);
    const ours = resources.filter(
      ({ custom, parent }) => custom && parent?.includes("nines:aws:LoadBalancer") === true,
    );
    const claims = read(resources).claims.map(({ urn }) => urn);
    expect(ours.length).toBeGreaterThan(15);
    expect([...claims].sort()).toEqual(ours.map(({ urn }) => urn).sort());
  });

  test.each([
    ["the domain", prod, "https://embedding.example.com"],
    [
      "the domain and a port of its own",
      { ...prod, listeners: [{ port: 8443, tlsFloor: "1.2", redirects: false }] },
      "https://embedding.example.com:8443",
    ],
    ["the provider's name, which is known after the deployment", dev, { $unknown: "after-deploy" }],
  ] as readonly (readonly [string, Part, unknown])[])("is reached by %s", async (_, part, url) => {
    expect((await recorded(part, {})).outputs["url"]).toEqual(url);
  });

  test("waits for the bucket's policy, and for the way to the internet", async () => {
    const resources = await build(prod);
    const made = resources.find(({ type }) => type === "aws:lb/loadBalancer:LoadBalancer");
    expect(made?.dependencies.some((urn) => urn.includes("bucketPolicy:BucketPolicy"))).toBe(true);
    expect(made?.protect).toBe(true);
    expect(resources.find(({ type }) => type === "aws:s3/bucket:Bucket")?.inputs["forceDestroy"]).toBe(false);
  });
});
