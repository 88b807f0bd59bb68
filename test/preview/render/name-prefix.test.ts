import { parse } from "yaml";
import { overlayFiles, type Variant } from "../../../preview/render/overlays";
import { renderedObjects, type RenderedObject } from "../../../preview/render/objects";
import type { Environment } from "../../../model";
import { configured, recordStack, tables } from "../../stacks";
import { suiteIfThere } from "../../needs";
import { built } from "./a-kustomize";
import { kustomized, kustomizeLacks } from "./a-kustomize-program";
import { sorted } from "./sorted";

const environments = ["dev", "staging", "prod"] as const;
const folders = { dev: "development", staging: "staging", prod: "production" } as const;

async function variant(
  environment: (typeof environments)[number],
  config: Readonly<Record<string, unknown>> = {},
): Promise<Variant> {
  const stack = `vectordb-${environment}`;
  const { objects, mistakes } = renderedObjects(stack, (await recordStack(configured(stack, config))).resources);
  expect(mistakes).toEqual([]);
  return { stack, environment, objects };
}

const contents = ({ objects }: Variant): readonly unknown[] => sorted(objects.map(({ content }) => content));

describe.each([
  ["as they are shipped", { dev: "dev-", staging: undefined, prod: undefined }],
  // What the larger ones have: an autoscaler, budgets, jobs with accounts and their rights, a class of their own.
  ["with a prefix each", { dev: "dev-", staging: "staging-", prod: "prod-" }],
] as const)("the vector database's stacks %s", (_, prefixes) => {
  let variants: readonly Variant[];
  beforeAll(async () => {
    variants = await Promise.all(
      environments.map((each) => variant(each, each === "dev" ? {} : { namePrefix: prefixes[each] })),
    );
  });

  test("have overlays that say the prefix", () => {
    const files = overlayFiles(variants);
    const said = environments.map((each) => {
      const { text } = files.find(({ path }) => path === `overlays/${folders[each]}/kustomization.yaml`)!;
      const { namespace, namePrefix } = parse(text) as { readonly namespace: string; readonly namePrefix?: string };
      return [namespace, namePrefix];
    });
    expect(said).toEqual(environments.map((each) => [`dvecdb-${each}`, prefixes[each]]));
  });

  test("that build into the flat render", () => {
    const files = overlayFiles(variants);
    for (const each of variants)
      expect(sorted(built(files, `overlays/${folders[each.environment as "dev"]}`))).toEqual(contents(each));
  });

  suiteIfThere(kustomizeLacks, "by kustomize itself", () => {
    test.each(environments)("into the flat render, names in references too: %s", (environment) => {
      const each = variants.find((one) => one.environment === environment)!;
      expect(sorted(kustomized(overlayFiles(variants), `overlays/${folders[environment]}`))).toEqual(contents(each));
    });
  });
});

describe("a prefix of any stack", () => {
  const prod = tables.environments["prod"]!;
  const richer: Partial<Environment["kubernetes"] & object> = {
    quota: {},
    nodes: { platform: "eks", machine: "m7g.4xlarge", karpenter: { nodeClass: "default" } },
    door: { gateway: "istio" },
    secretStore: { kind: "SecretStore", name: "vault" },
    has: ["external-secrets", "gateway-api", "prometheus-operator", "cert-manager", "external-dns"],
  };
  const copies = {
    features: {
      address: "features.internal.example.com:6390",
      tls: { secret: "features-tls" },
      lagSeconds: 1,
      promoteMinutes: 30,
    },
  };
  const ingress = { door: { ingress: { className: "haproxy" } } } as const;

  async function objectsOf(
    stack: string,
    config: Readonly<Record<string, unknown>>,
    choice: Partial<Environment["kubernetes"] & object>,
  ): Promise<readonly RenderedObject[]> {
    const kubernetes = { ...prod.kubernetes!, ...choice };
    const recorded = await recordStack(configured(stack, config), { environments: { prod: { ...prod, kubernetes } } });
    return renderedObjects(stack, recorded.resources).objects;
  }
  /** Digests are of names too: a ConfigMap's, and by what Sentinels know each other. */
  const plain = (text: string): string =>
    text.replaceAll("blue-", "").replaceAll(/-config-[0-9a-f]{8}\b|\b[0-9a-f]{40}\b/g, "<digest>");

  test.each([
    ["model-serving-prod", { copies, regions: ["us-east-1", "eu-west-1"] }, richer],
    ["embedding-prod", { target: "kubernetes", existing: {} }, ingress],
    ["vectordb-prod", { workloads: { dvecdb: { leader: true } } }, { quota: {} }],
  ] as const)("stands before every name, and changes nothing else: %s", async (stack, config, choice) => {
    const named = await objectsOf(stack, { ...config, namePrefix: "blue-" }, choice);
    const without = await objectsOf(stack, config, choice);
    const bare = named.filter(({ kind, name }) => kind !== "Namespace" && !name.startsWith("blue-"));
    expect(bare.map(({ kind, name }) => `${kind} ${name}`)).toEqual([]);
    const texts = (objects: readonly RenderedObject[]) =>
      objects.map(({ cluster, content }) => plain(`${cluster} ${JSON.stringify(content)}`)).sort();
    expect(texts(named)).toEqual(texts(without));
    expect(named.length).toBeGreaterThan(12);
  });

  test("leaves transforms the words of the system", async () => {
    const { resources } = await recordStack(configured("vectordb-dev", {}), {
      transform: { store: { dvecdb: { configMap: { immutable: true } } } },
    });
    const { objects } = renderedObjects("vectordb-dev", resources);
    expect(objects.find(({ kind }) => kind === "ConfigMap")).toMatchObject({
      name: "dev-dvecdb-config",
      content: { immutable: true },
    });
  });
});
