import fc from "fast-check";
import type { Resource, Value } from "../../../model";
import type { RenderedFile } from "../../../preview/render/files";
import { renderedObjects } from "../../../preview/render/objects";
import { suiteIfThere } from "../../needs";
import { overlayFiles, type Variant } from "../../../preview/render/overlays";
import { built } from "./a-kustomize";
import { kustomized, kustomizeLacks } from "./a-kustomize-program";
import { sorted } from "./sorted";
import { anObject } from "./a-cluster";

function variant(environment: string, resources: readonly Resource[]): Variant {
  const { objects, mistakes } = renderedObjects(environment, resources);
  expect(mistakes).toEqual([]);
  return { stack: `vectordb-${environment}`, environment, objects };
}

/** A small database as its stacks would register it: more with each environment, names of dev with a prefix. */
function database(environment: "dev" | "staging" | "prod"): readonly Resource[] {
  const prefix = environment === "dev" ? "dev-" : "";
  const namespace = `dvecdb-${environment}`;
  const name = `${prefix}vectordb`;
  const metadata = { name, namespace, labels: { "app.kubernetes.io/name": "vectordb", environment } };
  const labels = { "app.kubernetes.io/name": "vectordb" };
  const replicas = { dev: 1, staging: 2, prod: 3 }[environment];
  return [
    anObject("kubernetes:core/v1:Namespace", { metadata: { name: namespace, labels: { size: environment } } }),
    anObject("kubernetes:core/v1:ConfigMap", {
      metadata: { ...metadata, name: `${name}.conf` },
      data: { "vector.conf": `peers ${name}-0.${name}-headless.${namespace}.svc\n`, mode: "0644", on: "yes" },
    }),
    anObject("kubernetes:core/v1:Service", { metadata, spec: { selector: labels, ports: [{ port: 8080 }] } }),
    anObject("kubernetes:core/v1:ServiceAccount", { metadata, automountServiceAccountToken: false }),
    anObject("kubernetes:apps/v1:StatefulSet", {
      metadata,
      spec: {
        replicas,
        serviceName: `${name}-headless`,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels, annotations: { "a/b~c": environment } },
          spec: {
            serviceAccountName: name,
            containers: [
              {
                name: "vectordb",
                image: "registry.example.com/vectordb:1.2",
                args: environment === "prod" ? ["--quiet"] : [],
                envFrom: [{ configMapRef: { name: `${name}.conf` } }],
                ...(environment === "dev" ? {} : { resources: { requests: { cpu: replicas, memory: "4Gi" } } }),
              },
            ],
          },
        },
      },
    }),
    anObject("kubernetes:core/v1:Service", {
      metadata: { ...metadata, name: `${name}-headless` },
      spec: { clusterIP: "None", selector: labels },
    }),
    anObject("kubernetes:scheduling.k8s.io/v1:PriorityClass", { metadata: { name }, value: 1000 }),
    anObject("kubernetes:monitoring.coreos.com/v1:ServiceMonitor", {
      metadata,
      spec: { selector: { matchLabels: labels } },
    }),
    ...(environment === "dev"
      ? []
      : [
          anObject("kubernetes:policy/v1:PodDisruptionBudget", {
            metadata,
            spec: { maxUnavailable: 1, selector: { matchLabels: labels } },
          }),
        ]),
    ...(environment === "prod"
      ? [
          anObject("kubernetes:autoscaling/v2:HorizontalPodAutoscaler", {
            metadata,
            spec: {
              minReplicas: 3,
              maxReplicas: 10,
              scaleTargetRef: { apiVersion: "apps/v1", kind: "StatefulSet", name },
            },
          }),
        ]
      : []),
  ];
}

const environments = ["dev", "staging", "prod"] as const;
const folders = { dev: "development", staging: "staging", prod: "production" } as const;
const all = (): readonly Variant[] => environments.map((each) => variant(each, database(each)));

function flat(environment: (typeof environments)[number]): readonly unknown[] {
  return sorted(variant(environment, database(environment)).objects.map(({ content }) => content));
}

describe("base and overlays", () => {
  const files = overlayFiles(all());

  test("have the names that a reader of GitOps expects", () => {
    const paths = files.map(({ path }) => path);
    expect(paths.filter((path) => path.startsWith("base/"))).toEqual([
      "base/configmap-vectordb.conf.yaml",
      "base/kustomization.yaml",
      "base/namespace-dvecdb-prod.yaml",
      "base/priorityclass-vectordb.yaml",
      "base/service-vectordb-headless.yaml",
      "base/service-vectordb.yaml",
      "base/serviceaccount-vectordb.yaml",
      "base/servicemonitor-vectordb.yaml",
      "base/statefulset-vectordb.yaml",
    ]);
    expect(paths.filter((path) => path.startsWith("overlays/production/"))).toEqual([
      "overlays/production/horizontalpodautoscaler-vectordb.yaml",
      "overlays/production/kustomization.yaml",
      "overlays/production/poddisruptionbudget-vectordb.yaml",
    ]);
  });

  test("say what an environment has of its own, and nothing else", () => {
    const text = (path: string): string => files.find((each) => each.path === path)!.text;
    expect(text("overlays/development/kustomization.yaml").split("\npatches:")[0])
      .toBe(`# Written by nines render vectordb-dev: changes belong there
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: dvecdb-dev
namePrefix: dev-`);
    expect(text("overlays/production/kustomization.yaml"))
      .toBe(`# Written by nines render vectordb-prod: changes belong there
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: dvecdb-prod
resources:
  - ../../base
  - horizontalpodautoscaler-vectordb.yaml
  - poddisruptionbudget-vectordb.yaml
`);
    expect(text("overlays/staging/patch-statefulset-vectordb.yaml"))
      .toBe(`# Written by nines render vectordb-staging: changes belong there
- op: replace
  path: /metadata/labels/environment
  value: staging
- op: replace
  path: /spec/replicas
  value: 2
- op: replace
  path: /spec/template/metadata/annotations/a~1b~0c
  value: staging
- op: replace
  path: /spec/template/spec/containers/0/args
  value: []
- op: replace
  path: /spec/template/spec/containers/0/resources/requests/cpu
  value: 2
`);
  });

  test.each(environments)("build into the flat render: %s", (environment) => {
    expect(sorted(built(files, `overlays/${folders[environment]}`))).toEqual(flat(environment));
  });

  suiteIfThere(kustomizeLacks, "and kustomize builds them", () => {
    test.each(environments)("into it, too: %s", (environment) => {
      expect(sorted(kustomized(files, `overlays/${folders[environment]}`))).toEqual(flat(environment));
    });
  });

  test("whatever differs: three environments of any content build into what each is", () => {
    const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean());
    const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.stringMatching(/^[a-c~/.]{1,2}$/), tie("tree"), { maxKeys: 3 }),
      ),
    }));
    const contents = fc.dictionary(fc.constantFrom("a", "b", "c.d"), tree, { maxKeys: 3 });
    fc.assert(
      fc.property(fc.tuple(contents, contents, contents), (three) => {
        const variants = three.map((data, index) => {
          const environment = environments[index]!;
          const prefix = index === 0 ? "dev-" : "";
          const own = Object.entries({ ...data, always: 1 }).map(([name, value]) =>
            anObject("kubernetes:core/v1:ConfigMap", {
              metadata: { name: `${prefix}${name}`, namespace: `n-${environment}` },
              data: value,
            }),
          );
          return variant(environment, own);
        });
        const written: readonly RenderedFile[] = overlayFiles(variants);
        for (const { environment, objects } of variants)
          expect(sorted(built(written, `overlays/${folders[environment as "dev"]}`))).toEqual(
            sorted(objects.map(({ content }) => content)),
          );
      }),
      { numRuns: 100 },
    );
  });
});

describe("what one overlay cannot be", () => {
  const config = (namespace: string | undefined, name: string): Resource =>
    anObject("kubernetes:core/v1:ConfigMap", { metadata: { name, ...(namespace === undefined ? {} : { namespace }) } });
  test.each([
    [[config("a", "x"), config("b", "x")], "vectordb-dev has objects in 2 namespaces (a, b)"],
    [
      [config("a", "x"), config(undefined, "y")],
      "vectordb-dev has ConfigMap y without a namespace, and kustomize would give it one",
    ],
    [
      [config("a", "x"), anObject("kubernetes:core/v1:Namespace", { metadata: { name: "b" } })],
      "vectordb-dev has the Namespace b beside its own",
    ],
    [
      [config("a", "x"), { ...config("a", "y"), provider: "urn:pulumi:s::p::pulumi:providers:kubernetes::west" }],
      "vectordb-dev has objects of 2 clusters (the default one, west)",
    ],
  ])("%#", (resources, said) => {
    expect(() => overlayFiles([variant("dev", resources)])).toThrow(said);
  });
});
