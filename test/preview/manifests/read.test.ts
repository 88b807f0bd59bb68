import fc from "fast-check";
import { stringify } from "yaml";
import { manifestsIn } from "../../../preview/manifests/read";

function read(...texts: readonly string[]) {
  return manifestsIn(texts.map((text, index) => ({ name: `${String.fromCharCode(97 + index)}.yaml`, text })));
}

function mistakes(...texts: readonly string[]): readonly string[] {
  return read(...texts).mistakes.map(
    ({ file, line, key, allowed, fix }) => `${file}:${line ?? 0} ${key}: ${allowed}; ${fix}`,
  );
}

const service = (name: string, rest = ""): string =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n${rest}`;
const pod = (resources: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: web }\nspec:\n  containers:\n    - name: web\n      resources: ${resources}\n`;

describe("an object", () => {
  test("is a resource as Pulumi would register it", () => {
    const text =
      "apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { replicas: 3 }\n";
    expect(read(text).resources).toEqual([
      {
        urn: "urn:pulumi:manifests::manifests::kubernetes:apps/v1:Deployment::shop/web",
        type: "kubernetes:apps/v1:Deployment",
        name: "shop/web",
        custom: true,
        inputs: {
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: { name: "web", namespace: "shop" },
          spec: { replicas: 3 },
        },
        parent: null,
        dependencies: [],
        propertyDependencies: {},
        protect: false,
        ignoreChanges: [],
        deleteBeforeReplace: false,
        replaceOnChanges: [],
      },
    ]);
  });

  test.each([
    ["v1", "Service", "kubernetes:core/v1:Service"],
    ["networking.k8s.io/v1", "Ingress", "kubernetes:networking.k8s.io/v1:Ingress"],
    ["monitoring.coreos.com/v1", "PrometheusRule", "kubernetes:monitoring.coreos.com/v1:PrometheusRule"],
  ])("%s %s is a %s", (apiVersion, kind, type) =>
    expect(read(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a }\n`).resources[0]?.type).toBe(type),
  );

  test("is the same one whichever file, list, line end or separator it came by", () => {
    const objects = fc.array(
      fc.record({
        kind: fc.constantFrom("Service", "ConfigMap"),
        name: fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/),
        data: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string()),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(objects, (some) => {
        const unique = [...new Map(some.map((each) => [`${each.kind} ${each.name}`, each])).values()];
        const whole = unique.map(({ kind, name, data }) => ({ apiVersion: "v1", kind, metadata: { name }, data }));
        const texts = whole.map((each) => stringify(each, { version: "1.1" }));
        const forms = [
          read(texts.join("---\n")),
          read(...texts),
          read(`\uFEFF---\n${texts.join("\n---   # next\n")}\n---\n\n...\n`),
          read(stringify({ apiVersion: "v1", kind: "List", items: whole }, { version: "1.1" })),
          read(JSON.stringify({ kind: "List", apiVersion: "v1", items: whole })),
          read(texts.map((text) => text.replaceAll("\n", "\r\n")).join("---\r\n")),
        ];
        for (const { resources, mistakes: found, notRead } of forms)
          expect({ resources, found, notRead }).toEqual({ resources: forms[0]!.resources, found: [], notRead: [] });
        expect(forms[0]!.resources.map(({ inputs }) => inputs)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  test("of a typed list is what the list says", () => {
    const list =
      "apiVersion: apps/v1\nkind: DeploymentList\nitems:\n  - metadata: { name: a }\n  - metadata: { name: b }\n";
    expect(read(list).resources.map(({ urn }) => urn.split("::").slice(2).join(" "))).toEqual([
      "kubernetes:apps/v1:Deployment a",
      "kubernetes:apps/v1:Deployment b",
    ]);
  });

  test("has anchors, merge keys and words as Kubernetes reads them", () => {
    const text = `apiVersion: v1
kind: ConfigMap
metadata: { name: a, annotations: &all { x: "1" } }
spec:
  again: *all
  merged: { <<: *all, y: "2" }
  mode: 0644
  on: yes
  time: 22:22
  text: "0644"
`;
    expect(read(text).resources[0]?.inputs["spec"]).toEqual({
      again: { x: "1" },
      merged: { x: "1", y: "2" },
      mode: 0o644,
      true: true,
      time: "22:22",
      text: "0644",
    });
  });

  test("that is a Secret keeps its keys and none of its values", () => {
    const secret = `apiVersion: v1
kind: Secret
metadata:
  name: a
  annotations: { kubectl.kubernetes.io/last-applied-configuration: "hunter2" }
data: { password: aHVudGVyMg== }
stringData: { user: hunter2 }
`;
    const { resources } = read(secret);
    expect(JSON.stringify(resources)).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(resources[0]?.inputs).toMatchObject({
      data: { password: { $unknown: "secret" } },
      stringData: { user: { $unknown: "secret" } },
    });
  });

  test("that Helm runs at a release is named, and what it leaves behind stays", () => {
    const hook = (kind: string, moment: string): string =>
      `apiVersion: v1\nkind: ${kind}\nmetadata: { name: a, annotations: { helm.sh/hook: "${moment}" } }\n`;
    const { resources, hooks } = read(
      [hook("Job", "pre-install,pre-upgrade"), hook("ServiceAccount", "pre-install"), hook("ConfigMap", "test")].join(
        "---\n",
      ),
    );
    expect(resources.map(({ type }) => type)).toEqual(["kubernetes:core/v1:ServiceAccount"]);
    expect(hooks).toEqual(["Job a (pre-install, pre-upgrade)", "ConfigMap a (test)"]);
  });
});

describe("what is no object", () => {
  test.each([
    [
      "name: {{ .Release.Name }}\nkind: Service\napiVersion: v1\n",
      "a template, in line 1: helm template writes it out: read that",
    ],
    [
      "apiVersion: v1\nkind: Service\n{{- if .Values.on }}\nmetadata: {}\n{{ end }}\n",
      "a template, in line 3: helm template writes it out: read that",
    ],
    [
      'apiVersion: v1\nkind: Service\nmetadata: { name: "{{ .Values.name }}" }\n',
      "a template, in line 3: helm template writes it out: read that",
    ],
    ["on: push\njobs: {}\n", "nothing of Kubernetes: it says no apiVersion and kind"],
    [
      "a: [\n",
      "neither YAML nor JSON: line 2, broken here: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
    ["# nothing\n---\n", "it is empty"],
    ["apiVersion: v1\nkind: Config\nclusters: []\n", "Config is a kubeconfig, which says who may reach a cluster"],
  ])("%j is listed, with why", (text, why) => {
    const { resources, mistakes: found, notRead } = read(text);
    expect({ resources, found, notRead }).toEqual({ resources: [], found: [], notRead: [{ file: "a.yaml", why }] });
  });

  test("a template language inside a text is nobody's template", () => {
    const rule = `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  text: |\n    {{ define "a" }}\n    {{ end }}\n`;
    expect(read(rule).resources).toHaveLength(1);
  });

  test("what a kustomization names as its patch is not the object that it changes", () => {
    const files = [
      { name: "base/kustomization.yaml", text: "resources: [web.yaml]\n" },
      { name: "base/web.yaml", text: service("web") },
      {
        name: "prod/kustomization.yml",
        text: "resources: [../base]\npatches:\n  - path: ./web.yaml\n  - patch: |\n      a: 1\n",
      },
      { name: "prod/web.yaml", text: service("web") },
    ];
    const { resources, mistakes: found, notRead } = manifestsIn(files);
    expect(found).toEqual([]);
    expect(resources).toHaveLength(1);
    expect(notRead).toEqual([
      { file: "base/kustomization.yaml", why: "kustomize's own: run kustomize build base and read what it prints" },
      { file: "prod/kustomization.yml", why: "kustomize's own: run kustomize build prod and read what it prints" },
      {
        file: "prod/web.yaml",
        why: "a patch of prod/kustomization.yml, and no object by itself: run kustomize build prod",
      },
    ]);
  });
});

describe("mistakes, all at once", () => {
  test("a key that is there twice hides nothing that the document holds besides", () => {
    const twice = pod("{ requests: { cpu: 1000, memory: 4Gi } }").replace("spec:", "spec: {}\nspec:");
    expect(mistakes(twice).map((each) => each.split(":", 2).join(":"))).toEqual([
      "a.yaml:5 YAML",
      "a.yaml:8 Pod web resources.requests.cpu",
    ]);
    // Of somebody else's file it is nobody's mistake.
    expect(mistakes("a: 1\na: 2\n", service("b"))).toEqual([]);
  });

  test("of YAML, with their lines", () => {
    expect(
      mistakes(
        "apiVersion: v1\nkind: Service\nmetadata:\n\tname: a\n---\napiVersion: v1\nkind: Service\nkind: Pod\n",
        "apiVersion: v1\nkind: [\n",
      ),
    ).toEqual([
      "a.yaml:4 YAML: a tab indents nothing in YAML; put spaces in its place",
      "a.yaml:8 YAML: the key kind is there already, in line 7; keep one of the two",
      "a.yaml:6 Pod metadata.name: an object needs a name, as text; write metadata.name (in quotes, if it is a number)",
      "b.yaml:3 YAML: broken here: Flow sequence in block collection must be sufficiently indented and end with a ]; check quotes, colons and indentation",
    ]);
  });

  test("an alias that stands in what it names, and one that unfolds without end", () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `  l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(", ")}]`,
    );
    const [endless, bomb] = [
      service("a", "spec: &s { again: *s }\n"),
      service("b", `spec:\n  l0: &l0 [x]\n${levels.join("\n")}\n`),
    ];
    expect(mistakes(endless, bomb).map((each) => each.slice(0, 60))).toEqual([
      "a.yaml:1 YAML: this cannot be read: the alias at spec.again ",
      "b.yaml:1 YAML: this cannot be read: Excessive alias count in",
    ]);
  });

  test("the same object twice, in two files and in one, whatever its version", () => {
    const hpa = (version: string): string =>
      `apiVersion: autoscaling/${version}\nkind: HorizontalPodAutoscaler\nmetadata: { name: a, namespace: s }\n`;
    expect(mistakes(`${service("a")}---\n${service("b")}`, `# again\n${service("a")}---\n${service("b")}`)).toEqual([
      "b.yaml:2 Service a: it is in a.yaml too, line 1; keep one of the two; where both are right, read their folders one by one; the two share 1 more object",
    ]);
    const files = ["east/a.yaml", "east/b.yaml", "west/a.yaml", "west/b.yaml"];
    const folders = manifestsIn(files.map((name) => ({ name, text: service(name.slice(-6, -5)) })));
    expect(folders.mistakes.map(({ file, fix }) => `${file}: ${fix}`)).toEqual([
      "west/a.yaml: keep one of the two; where both are right, read their folders one by one; the two share 1 more object",
    ]);
    const built = manifestsIn([
      { name: "base/a.yaml", text: service("a") },
      { name: "overlays/prod/a.yaml", text: service("a") },
      { name: "overlays/prod/kustomization.yaml", text: "resources: [../../base]\n" },
    ]);
    expect(built.mistakes.map(({ fix }) => fix)).toEqual([
      "read what kustomize build overlays/prod prints, of one folder at a time",
    ]);
    expect(mistakes(`${hpa("v1")}---\n${hpa("v2")}`)).toEqual([
      "a.yaml:5 HorizontalPodAutoscaler s/a: it is in line 1 already; keep one of the two",
    ]);
    expect(mistakes(service("a"), service("a", "  namespace: other\n"))).toEqual([]);
  });

  test.each([
    [
      "{ requests: { cpu: 1000, memory: 4Gi } }",
      "requests.cpu: that is 1,000 whole cores beside 4,096 MiB, which no pod has; for thousandths of a core write 1000m",
    ],
    [
      "{ requests: { cpu: 1000000, memory: 64Ti } }",
      "requests.cpu: that is 1,000,000 cores, and no node ever holds it: no machine that is sold has 4,096 cores; cores as 2 or thousandths as 500m",
    ],
    [
      "{ limits: { memory: 65Ti } }",
      "limits.memory: that is 68,157,440 MiB, and no node ever holds it: no machine that is sold has 67,108,864 MiB; such as 512Mi or 4Gi",
    ],
    [
      '{ requests: { memory: "1e30" }, limits: { memory: "1e30" } }',
      "requests.memory: that is 9.5e+23 MiB, and no node ever holds it: no machine that is sold has 67,108,864 MiB; such as 512Mi or 4Gi",
    ],
    ["{ requests: { cpu: 500 M } }", "requests.cpu: this is no quantity; write 500m"],
    ["{ requests: { memory: 2gb } }", "requests.memory: this is no quantity; write 2Gi"],
    [
      "{ limits: { memory: 512 } }",
      "limits.memory: that is 512 bytes, in which nothing starts (m is for thousandths); for MiB write 512Mi",
    ],
    ["{ limits: { memory: [1] } }", "limits.memory: this is no quantity; such as 512Mi or 4Gi"],
    [
      "{ requests: { cpu: 2 }, limits: { cpu: 1500m } }",
      "requests.cpu: the limit is 1500m, and a request must be at most that; raise the limit or lower the request",
    ],
  ])("amounts: %s", (resources, said) => {
    expect(mistakes(pod(resources))).toEqual([`a.yaml:7 Pod web resources.${said}`]);
  });

  test.each([
    "{ requests: { cpu: 0.5, memory: 4G } }",
    "{ requests: { cpu: 1e0, memory: 4Gi }, limits: { cpu: 1 } }",
    "{ requests: { cpu: 4096, memory: 64Ti } }",
    "{ requests: { memory: 4Gi }, limits: { memory: 65Ti } }",
    "{}",
    "{ requests: null }",
  ])("amounts that are right: %s", (resources) => expect(mistakes(pod(resources))).toEqual([]));

  test.each([
    [
      service("a".repeat(64)),
      "a.yaml:4 Service aaa metadata.name: 64 characters; a Service has at most 63; shorten it",
    ],
    [service("a".repeat(63)), undefined],
    [
      service("Web_1"),
      "a.yaml:4 Service Web_1 metadata.name: names are of small letters, digits, - and ., and begin and end with a letter or a digit; such as web-1",
    ],
    [
      service("1.5"),
      "a.yaml:4 Service metadata.name: an object needs a name, as text; write metadata.name (in quotes, if it is a number)",
    ],
    [
      service("a", "  labels: { version: 1.0 }\n"),
      "a.yaml:5 Service a metadata.labels.version: a label's value is text; write it in quotes",
    ],
    [`apiVersion: v1\nkind: Pod\nmetadata: { generateName: a- }\n`, undefined],
    [`apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: { name: "system:Reader" }\n`, undefined],
  ])("names: %#", (text, said) => {
    const found = mistakes(text).map((each) => each.replaceAll(/a{60,}/g, "aaa"));
    expect(found).toEqual(said === undefined ? [] : [said]);
  });

  test("an item of a List without its apiVersion is told what it lacks", () => {
    const text = `apiVersion: v1\nkind: List\nitems:\n  - { kind: ConfigMap, metadata: { name: b } }\n  - { apiVersion: v1, kind: ConfigMap, metadata: { name: a } }\n`;
    const { mistakes: found } = read(text);
    expect(found.map(({ given }) => given)).toEqual(["kind, metadata without apiVersion"]);
  });

  test("a document without a kind, among objects", () => {
    expect(mistakes(`${service("a")}---\nfoo: 1\n`)).toEqual([
      "a.yaml:6 document: among objects of Kubernetes each says its apiVersion and kind; add them, or take it out",
    ]);
  });
});
