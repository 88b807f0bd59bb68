import { given, request, said } from "./a-stack";

const regions = {
  "us-east-1": { zones: ["us-east-1a", "us-east-1b", "us-east-1c"] },
  "us-west-2": { zones: ["us-west-2a", "us-west-2b", "us-west-2c"] },
};
const kubernetes = {
  clusters: { "us-east-1": { context: "east" }, "us-west-2": { context: "west" } },
  nodes: { platform: "eks", machine: "m7i.large" },
  certificate: { secret: "door-tls" },
};
const domain = { name: "model.example.com", zone: { existing: { id: "Z0123456789" } } };

/** A stack in two regions under one name; `cluster` is changed in its environment. */
const asked = (yaml: object, cluster: object = {}) =>
  given({
    yaml: { target: "kubernetes", regions: Object.keys(regions), domain, ...yaml },
    environment: { regions, kubernetes: { ...kubernetes, ...cluster } },
  });
const ingress = { door: { ingress: { className: "haproxy" } } };
const recording = { has: ["gateway-api", "external-dns"] };

describe("what a stack says of failover", () => {
  test("has defaults, and its doors hand on where they are Gateways", () => {
    const failover = { dns: "route53" };
    expect(request(asked({ failover })).failover).toEqual({
      dns: "route53",
      doors: true,
      checkSeconds: 30,
      failures: 3,
    });
    expect(request(asked({ failover }, ingress)).failover?.doors).toBe(false);
    expect(request(asked({})).failover).toBeNull();
  });

  test.each([
    { dns: "route53", checkSeconds: 10, failures: 1 },
    { dns: "route53", checkSeconds: 30, failures: 10, doors: false },
    { dns: "none", doors: true },
  ])("%j is taken as it is", (failover) => {
    expect(request(asked({ failover })).failover).toMatchObject(failover);
  });

  test("is shown with where each setting is from", () => {
    const { settings } = request(asked({ failover: { dns: "route53", failures: 2 } }));
    expect(settings.filter(({ key }) => key.startsWith("failover")).map(({ key, from }) => `${key} ${from}`)).toEqual([
      "failover.checkSeconds default",
      "failover.dns yaml",
      "failover.doors default",
      "failover.failures yaml",
    ]);
  });

  test("callers that move by themselves may do so beside doors that hand on", () => {
    const found = request(asked({ failover: { dns: "none" }, callersMoveSeconds: 30 }));
    expect([found.failover?.doors, found.callersMoveSeconds]).toEqual([true, 30]);
  });
});

test("a stack's domain stands in the place of its environment's, and null takes it away", () => {
  const own = { name: "own.example.com", zone: { existing: { id: "Z1" } } };
  const beside = (yaml: object) =>
    request(given({ yaml, environment: { domain } })).settings.find(({ key }) => key === "domain");
  expect(beside({})).toEqual({ key: "domain", value: domain, from: "environment" });
  expect(beside({ domain: own })).toEqual({ key: "domain", value: own, from: "yaml" });
  expect(beside({ domain: null })).toEqual({ key: "domain", value: null, from: "yaml" });
  expect(request(given({ yaml: { domain: null }, environment: { domain } })).domain).toBeNull();
});

const refused: readonly (readonly [string, ReturnType<typeof given>, string])[] = [
  [
    "in one region",
    given({ yaml: { failover: { dns: "route53", doors: false }, domain } }),
    'nines:failover | "dns: route53" | the stack is built in one region, and there is none to lead callers to | regions: [...] with two or more, or remove it',
  ],
  [
    "without a domain",
    asked({ failover: { dns: "route53" }, domain: null }),
    'nines:failover | "dns: route53" | callers are led by a name, and the stack has no domain | domain: { name: model.example.com, zone: { existing: { id: Z0123456789 } } }',
  ],
  [
    "and callers that move by themselves",
    asked({ failover: { dns: "route53" }, callersMoveSeconds: 30 }),
    "nines:callersMoveSeconds | 30 | failover moves callers by DNS (route53), and callersMoveSeconds says that they move by themselves | remove one of the two; with failover.dns: none callers still move by themselves",
  ],
  [
    "by doors that are Ingresses",
    asked({ failover: { dns: "route53", doors: true } }, ingress),
    "nines:failover.doors | true | an Ingress leads to Services of its own cluster alone | door: { gateway: ... } in the environment, or doors: false",
  ],
  [
    "by nobody",
    asked({ failover: { dns: "none", doors: false } }),
    'nines:failover.dns | "none" | route53 or external-dns where doors do not hand on: as it is nothing leads callers anywhere | dns: route53, or remove failover',
  ],
  [
    "by external-dns that is not there",
    asked({ failover: { dns: "external-dns" } }),
    'nines:failover.dns | "external-dns" | the environment\'s clusters are not said to have external-dns | add "external-dns" to has of the environment\'s kubernetes, or dns: route53',
  ],
  [
    "by external-dns where Route 53 is not behind it",
    asked(
      { failover: { dns: "external-dns" } },
      {
        ...recording,
        nodes: { platform: "other", machine: "metal", allocatable: { cpuMillis: 3900, memoryMiB: 14_000, pods: 110 } },
      },
    ),
    'nines:failover.dns | "external-dns" | external-dns leads from one region to another by records of Route 53, and platform other is not said to have it behind | dns: route53, which needs no more than the hosted zone',
  ],
  [
    "by nobody that there is",
    asked({ failover: { dns: "cloudflare" } }),
    'nines:failover.dns | "cloudflare" | one of route53, external-dns, none | Who keeps the records of the name that callers use',
  ],
  ...[
    ["checkSeconds", 10],
    ["failures", 2],
  ].map(
    ([key, value]) =>
      [
        `by external-dns with ${key}`,
        asked({ failover: { dns: "external-dns", [key!]: value } }, recording),
        `nines:failover.${key} | ${value} | checks of Route 53 are made with dns: route53, not with external-dns | remove it, or dns: route53`,
      ] as const,
  ),
  [
    "checked every 20 s",
    asked({ failover: { dns: "route53", checkSeconds: 20 } }),
    "nines:failover.checkSeconds | 20 | 10 or 30 seconds | checkSeconds: 30, or 10, which costs more",
  ],
  ...[0, 11, 2.5].map(
    (failures) =>
      [
        `after ${failures} failures`,
        asked({ failover: { dns: "route53", failures } }),
        `nines:failover.failures | ${failures} | a whole number from 1 to 10 | Checks in a row that fail before a region counts as gone, for example 3`,
      ] as const,
  ),
];
test.each(refused)("failover %s is a mistake", (_, input, message) => {
  expect(said(input)).toBe(message);
});

test("external-dns with Route 53 behind it is taken", () => {
  expect(said(asked({ failover: { dns: "external-dns" } }, recording))).toBe("");
});

describe("names of doors", () => {
  /** A name of as many letters. */
  const long = (letters: number) => `${`${"a".repeat(49)}.`.repeat(4)}${"b".repeat(letters - 204)}.com`;

  test("have a region's before the stack's, and fit into what DNS takes", () => {
    expect(said(asked({ domain: { ...domain, name: long(243) } }))).toBe("");
    expect(said(asked({ domain: { ...domain, name: long(244) } }))).toBe(
      `nines:domain.name | "${long(244)}" | each region's door has a name of its own below it, here of 254 letters; DNS takes 253 | a name of at most 243 letters`,
    );
  });

  test("are none of a region that no name can hold", () => {
    const odd = { "us-east-1": regions["us-east-1"], "Rack 7": { zones: ["a", "b", "c"] } };
    const input = given({
      yaml: { target: "kubernetes", regions: Object.keys(odd), domain },
      environment: {
        regions: odd,
        kubernetes: {
          ...kubernetes,
          clusters: { "us-east-1": { context: "east" }, "Rack 7": { context: "rack" } },
          nodes: { platform: "other", machine: "metal", allocatable: { cpuMillis: 8000, memoryMiB: 32_000, pods: 50 } },
        },
      },
    });
    expect(said(input)).toContain(
      "here Rack 7.model.example.com, which DNS does not take | call the region in small letters, digits and hyphens, at most 63",
    );
  });
});
