import { requestOf } from "../../../capacity";
import { said, type Resource, type System } from "../../../model";
import { configured, tables } from "../../stacks";
import { stacks } from "./stacks";

const prod = tables.environments["prod"]!;
const embedding = tables.systems["embedding"]!;
const store = { kind: "ClusterSecretStore", name: "vault" } as const;

interface Facts {
  readonly environment?: Readonly<Record<string, string>>;
  readonly configMaps?: Readonly<Record<string, string>>;
  readonly secrets?: Readonly<Record<string, { readonly create: "secret-manager"; readonly from?: string }>>;
}

function mistakes(facts: Facts, target: string, choice: object = {}): readonly string[] {
  const service = embedding.workloads["embedding"]!;
  if (service.kind !== "service") throw new Error("embedding is a service");
  const system: System = { ...embedding, workloads: { ...embedding.workloads, embedding: { ...service, ...facts } } };
  const file = configured("embedding-prod", { target });
  const asked = requestOf({
    stack: "embedding-prod",
    file: file.file,
    config: file.config,
    systems: { embedding: system },
    environments: { prod: { ...prod, kubernetes: { ...prod.kubernetes!, ...choice } } },
  });
  return asked.ok
    ? []
    : asked.mistakes
        .map(said)
        .map(({ key, given, allowed }) => `${key.split(".").slice(3).join(".")} | ${given} | ${allowed}`);
}

async function recorded(name: RegExp): Promise<readonly Resource[]> {
  const [, record] = stacks.find(([title]) => name.test(title))!;
  return (await record()).resources;
}

test("a variable of a ConfigMap is a reference in the pod, and a key of a store is fetched by its own name", async () => {
  const resources = await recorded(/secrets of a store and an Ingress/);
  const deployment = resources.find(({ type, name }) => type.endsWith(":Deployment") && /^embedding/.test(name));
  const env = JSON.stringify(deployment?.inputs["spec"]);
  expect(env).toContain('{"name":"LOG_LEVEL","valueFrom":{"configMapKeyRef":{"key":"log-level","name":"settings"}}}');
  expect(env).toContain('{"name":"PLACE","valueFrom":{"configMapKeyRef":{"key":"PLACE","name":"settings"}}}');
  const fetched = resources.find(({ type, name }) => type.endsWith(":ExternalSecret") && /^embedding/.test(name));
  expect(fetched?.inputs["spec"]).toMatchObject({
    data: [{ secretKey: "API_KEY", remoteRef: { key: "shared/api", property: "key" } }],
  });
});

describe("references", () => {
  test("on Kubernetes each is taken", () => {
    const facts: Facts = {
      configMaps: { LOG_LEVEL: "settings/log-level", A: "my.settings" },
      secrets: { API_KEY: { create: "secret-manager", from: "shared/api" } },
    };
    const has = [...(prod.kubernetes?.has ?? []), "external-secrets"];
    expect(mistakes(facts, "kubernetes", { secretStore: store, has })).toEqual([]);
  });

  test("to a ConfigMap, on AWS", () => {
    expect(mistakes({ configMaps: { LOG_LEVEL: "settings" } }, "aws")).toEqual([
      "embedding.configMaps.LOG_LEVEL | settings | aws has no ConfigMaps",
    ]);
  });

  test("to a key of external-secrets, on AWS or without a store", () => {
    const facts: Facts = { secrets: { API_KEY: { create: "secret-manager", from: "shared/api" } } };
    expect(mistakes(facts, "aws")).toEqual([
      "embedding.secrets.API_KEY.from | shared/api | a key of external-secrets, on Kubernetes alone",
    ]);
    expect(mistakes(facts, "kubernetes")).toEqual([
      "embedding.secrets.API_KEY.from | shared/api | external-secrets fetches it, and the environment names no store",
    ]);
  });

  test("of a variable that something else sets", () => {
    const twice = "the environment, a secret or a wire sets the same variable";
    expect(mistakes({ configMaps: { A: "settings" }, environment: { A: "1" } }, "kubernetes")).toEqual([
      `embedding.configMaps.A | settings | ${twice}`,
    ]);
    expect(
      mistakes({ configMaps: { A: "settings" }, secrets: { A: { create: "secret-manager" } } }, "kubernetes"),
    ).toEqual([`embedding.configMaps.A | settings | ${twice}`]);
  });

  test.each(["Settings", "settings/", "a/b/c", ""])("to %j, which names no ConfigMap", (map) => {
    expect(mistakes({ configMaps: { A: map } }, "kubernetes")).toHaveLength(1);
  });
});
