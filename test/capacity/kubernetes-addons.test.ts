import { certainPlan, requestOf } from "../../capacity";
import { addons, type Addon, type Environment, type KubernetesChoice, type Lack, type System } from "../../model";
import { configured, tables } from "../stacks";

const prod = tables.environments["prod"]!;
const kubernetes = prod.kubernetes!;
const secret = { API_KEY: { create: "secret-manager" } } as const;

/** Services with a secret, and a store with snapshots: every addon is of use to one of them. */
function embedding(): System {
  const system = tables.systems["embedding"]!;
  const facts = system.workloads["embedding"]!;
  if (facts.kind !== "service") throw new Error("embedding is a service");
  return { ...system, workloads: { ...system.workloads, embedding: { ...facts, secrets: secret, metrics: {} } } };
}

interface Asked {
  readonly without: readonly Addon[];
  readonly choice?: Partial<KubernetesChoice>;
  readonly domain?: Environment["domain"];
  readonly stack?: string;
  readonly config?: Readonly<Record<string, unknown>>;
}

function planned({ without, choice = {}, domain = null, stack = "embedding-prod", config = {} }: Asked) {
  const file = configured(stack, { target: "kubernetes", ...config });
  const asked = requestOf({
    stack,
    file: file.file,
    config: file.config,
    systems: { ...tables.systems, embedding: embedding() },
    environments: {
      prod: {
        ...prod,
        domain,
        kubernetes: { ...kubernetes, has: addons.filter((each) => !without.includes(each)), ...choice },
      },
    },
  });
  if (!asked.ok) throw new Error(JSON.stringify(asked.mistakes));
  const found = certainPlan(asked.request);
  if (!found.ok) throw new Error(JSON.stringify(found.infeasible));
  return found.plan;
}
const lacks = (asked: Asked): readonly Lack[] => planned(asked).lacks ?? [];

const domain = { name: "embedding.example.com", zone: { existing: { id: "Z0123456789" } } };
const issued = { certificate: { issuer: { kind: "ClusterIssuer", name: "letsencrypt" } } } as const;
const held = { certificate: { secret: "door-tls" } } as const;
const ingress = { door: { ingress: { className: "haproxy" } } } as const;

const cases: { readonly [addon in Addon]: { readonly asked: Omit<Asked, "without">; readonly lost: string } } = {
  "cert-manager": {
    asked: { domain, choice: held },
    lost: "the certificate in Secret door-tls is made and renewed by whoever made it",
  },
  "external-dns": {
    asked: { domain, choice: issued },
    lost: "nobody points embedding.example.com at the door: make the record by hand, and again when the door's address changes",
  },
  "external-secrets": {
    asked: {},
    lost: "API_KEY of embedding is in a Secret with empty values, which a person fills in and changes",
  },
  "gateway-api": {
    asked: { choice: ingress },
    lost: "storage-server is behind an Ingress: no replica is put out that answers with errors, and requests in flight have no limit",
  },
  "metrics-server": {
    asked: {},
    lost: "an autoscaler would get no figures, so none is made: embedding stays at 186, storage-server stays at 8 whatever comes",
  },
  "network-policy": {
    asked: {},
    lost: "policies are objects that nobody enforces: whoever is in the cluster reaches embedding, storage-server, vectors, and from there anywhere",
  },
  "prometheus-operator": {
    asked: {},
    lost: "alerts and objectives are rule files in ConfigMaps that nobody loads: have your Prometheus mount them, and say where embedding is scraped",
  },
  "volume-snapshots": {
    asked: { stack: "vectordb-prod" },
    lost: "dvecdb has no snapshot every 6 h: what is deleted, or wrong on every member, is gone",
  },
};

describe("what a cluster is not said to have", () => {
  test.each(addons.map((addon) => [addon, cases[addon]] as const))(
    "%s: what is lost is said where something would use it",
    (addon, { asked, lost }) => {
      expect(lacks({ ...asked, without: [addon] })).toEqual([{ of: addon, lost }]);
    },
  );

  test("nothing is lost where all is there, and the plan says nothing of it", () => {
    for (const { asked } of Object.values(cases))
      expect(planned({ ...asked, without: [] })).not.toHaveProperty("lacks");
  });

  test("nothing is lost by what nothing would use", () => {
    // No domain, no snapshots, a Gateway by Envoy.
    expect(lacks({ without: ["external-dns", "cert-manager", "volume-snapshots"], choice: held })).toEqual([]);
    // A certificate by its issuer needs cert-manager, and then has it.
    expect(lacks({ without: [], domain, choice: issued })).toEqual([]);
    // Records that Route 53's failover has; without it nobody has any.
    const several = { without: ["external-dns"], stack: "model-serving-prod", choice: held } as const;
    expect(lacks(several)).toEqual([]);
    const unled = lacks({ ...several, config: { failover: { dns: "none" } } });
    expect(unled.map(({ lost }) => lost)).toEqual([
      expect.stringMatching(/^nobody points us-east-1\.model\.example\.com at the door/),
      expect.stringMatching(/^nobody points us-west-2\.model\.example\.com at the door/),
      expect.stringMatching(/^nobody points eu-west-1\.model\.example\.com at the door/),
    ]);
    // No store, no secret.
    expect(lacks({ without: ["external-secrets"], stack: "vectordb-prod" })).toEqual([]);
    // Counts that nobody lets move.
    const fixed = { replicas: { dvecdb: { min: 3, max: 3 } } };
    expect(lacks({ without: ["metrics-server"], stack: "vectordb-prod", config: fixed })).toEqual([]);
    expect(lacks({ without: ["metrics-server"], stack: "vectordb-prod" })).toEqual([
      {
        of: "metrics-server",
        lost: "an autoscaler would get no figures, so none is made: dvecdb stays at 3 whatever comes",
      },
    ]);
  });

  test("several regions that lose the same say it once", () => {
    expect(lacks({ without: ["network-policy"], stack: "model-serving-prod" })).toEqual([
      {
        of: "network-policy",
        lost: "policies are objects that nobody enforces: whoever is in the cluster reaches features, model-server, and from there anywhere",
      },
    ]);
  });

  test("a store of secrets that nobody asks is a mistake", () => {
    const choice = { secretStore: { kind: "SecretStore", name: "vault" } } as const;
    expect(lacks({ without: [], choice })).toEqual([]);
    expect(() => lacks({ without: ["external-secrets"], choice })).toThrow(/secretStore.*external-secrets/);
  });
});
