import fc from "fast-check";
import { MistakesError, type Resource, type Value } from "../../../model";
import { manifestsIn } from "../../../preview/manifests/read";
import { filesOf } from "../../../preview/render/files";
import { renderedObjects } from "../../../preview/render/objects";
import { anObject, provider, reportOfObjects } from "./a-cluster";

function rendered(...resources: readonly Resource[]) {
  const { stack, resources: reported } = reportOfObjects(resources);
  const found = renderedObjects(stack, reported);
  if (found.mistakes.length > 0) throw new MistakesError(found.mistakes);
  return { files: filesOf(stack, found.objects), rendered: found };
}

function paths(...resources: readonly Resource[]): readonly string[] {
  return rendered(...resources).files.map(({ path }) => path);
}

function mistakes(...resources: readonly Resource[]): readonly string[] {
  try {
    rendered(...resources);
    return [];
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    return error.mistakes.map(({ key, allowed, fix }) => `${key}: ${allowed}; ${fix}`);
  }
}

const config = (name: string, namespace = "shop", data: Value = { a: "1" }, more: Partial<Resource> = {}): Resource =>
  anObject("kubernetes:core/v1:ConfigMap", { data, metadata: { name, namespace } }, more);

describe("files of a stack", () => {
  test("one object a file, as text that a person can read", () => {
    const { files } = rendered(
      anObject("kubernetes:apps/v1:Deployment", {
        spec: { template: { spec: { containers: [{ image: "a", name: "web", env: [] }] } }, replicas: 3 },
        metadata: { namespace: "shop", name: "web", annotations: { "pulumi.com/skipAwait": "true" } },
        kind: "Deployment",
        apiVersion: "apps/v1",
      }),
    );
    expect(files).toEqual([
      {
        path: "shop/deployment-web.yaml",
        text: `# Written by nines render shop-prod: changes belong there
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          env: []
          image: a
`,
      },
    ]);
  });

  test("names are those of kind, name and namespace; without a namespace it stands on top", () => {
    expect(
      paths(
        config("b"),
        config("a"),
        config("a", "other"),
        anObject("kubernetes:core/v1:Namespace", { metadata: { name: "shop" } }),
        anObject("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", { metadata: { name: "system:reader" } }),
      ),
    ).toEqual([
      "clusterrole-system_reader.yaml",
      "namespace-shop.yaml",
      "other/configmap-a.yaml",
      "shop/configmap-a.yaml",
      "shop/configmap-b.yaml",
    ]);
  });

  test("several clusters have a folder each, by context or by the provider's name", () => {
    const providers = [provider("east", { context: "prod/us-east-1" }), provider("west")];
    const of = (at: number): Partial<Resource> => ({ provider: providers[at]!.urn, urn: `urn:pulumi:s::p::t::${at}` });
    expect(paths(...providers, config("a", "shop", {}, of(0)), config("a", "shop", {}, of(1)))).toEqual([
      "prod_us-east-1/shop/configmap-a.yaml",
      "west/shop/configmap-a.yaml",
    ]);
    expect(paths(...providers, config("a", "shop", {}, of(0)))).toEqual(["shop/configmap-a.yaml"]);
  });

  test("two kinds of one name are told apart by their groups", () => {
    const service = (group: string): Resource => anObject(`kubernetes:${group}:Service`, { metadata: { name: "a" } });
    expect(paths(service("core/v1"), service("serving.knative.dev/v1"))).toEqual([
      "service-a.yaml",
      "service.serving.knative.dev-a.yaml",
    ]);
    const role = (name: string): Resource =>
      anObject("kubernetes:rbac.authorization.k8s.io/v1:ClusterRole", { metadata: { name } });
    expect(paths(role("a:b"), role("a_b"))).toEqual([
      "clusterrole.rbac.authorization.k8s.io-a_b-2.yaml",
      "clusterrole.rbac.authorization.k8s.io-a_b.yaml",
    ]);
  });

  test("are the same bytes, whichever order resources and keys came in, and read back as what was recorded", () => {
    const leaf = fc.oneof(
      fc.string(),
      fc.constantFrom(
        "no",
        "0644",
        "1e3",
        "null",
        "~",
        "2026-11-21",
        "12:30",
        "a: b",
        "# c",
        "{{ x }}",
        "a\nb\n",
        "- a",
        "\u2028",
      ),
      fc.integer(),
      fc.boolean(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
      fc.constant(null),
    );
    const { tree } = fc.letrec<{ tree: Value }>((tie) => ({
      tree: fc.oneof(
        { depthSize: "small" },
        leaf,
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(
          fc.string().filter((key) => key !== "$unknown" && key !== "resources" && key !== "__proto__"),
          tie("tree"),
          { maxKeys: 3 },
        ),
      ),
    }));
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 4 }), (data) => {
        const objects = data.map((each, index) => config(`c${index}`, "shop", each));
        const first = rendered(...objects).files;
        expect(rendered(...objects.map(reversed).reverse()).files).toEqual(first);
        const read = manifestsIn(first.map(({ path, text }) => ({ name: path, text })));
        expect({ mistakes: read.mistakes, notRead: read.notRead }).toEqual({ mistakes: [], notRead: [] });
        expect(read.resources.map(({ inputs }) => inputs["data"])).toEqual(data);
      }),
      { numRuns: 150 },
    );
  });
});

/** The same object, its keys the other way round. */
function reversed(resource: Resource): Resource {
  return { ...resource, inputs: Object.fromEntries(Object.entries(resource.inputs).reverse()) };
}

describe("what no file can hold", () => {
  test("is refused with every place at once", () => {
    const later = { $unknown: "after-deploy" } as const;
    expect(
      mistakes(
        config("a", "shop", { url: later, list: ["b", { c: later }] }),
        config("b", "shop", { password: { $unknown: "secret" } }),
        anObject("kubernetes:core/v1:ConfigMap", { data: {}, metadata: {} }),
        anObject("kubernetes:helm.sh/v3:Release", { metadata: { name: "a" }, chart: "redis" }),
        anObject("kubernetes:apps/v1:DeploymentPatch", { metadata: { name: "a" } }),
        config("c"),
        config("c", "shop", {}, { urn: "urn:pulumi:s::p::t::again" }),
      ),
    ).toEqual([
      "a type: it changes an object of somebody else, and is none; write its objects, or keep it out of the stack that is rendered",
      "a data.url: its value is known only after a deploy; give it as text: files are written before anything is there",
      "a data.list[1].c: its value is known only after a deploy; give it as text: files are written before anything is there",
      "b data.password: a secret is written to no file; take it from a Secret of the cluster (valueFrom.secretKeyRef)",
      "unnamed metadata.name: Pulumi would make up a name, which no file can hold; name it",
      "a type: what it makes is known to its plugin alone; write its objects, or keep it out of the stack that is rendered",
      "again metadata.name: another ConfigMap has that name; name one of them otherwise",
    ]);
  });

  test("a Secret is left out and named, where its values are not to be seen", () => {
    const { files, rendered: all } = rendered(
      config("a"),
      anObject("kubernetes:core/v1:Secret", {
        metadata: { name: "b", namespace: "shop" },
        data: { $unknown: "secret" },
      }),
      anObject("kubernetes:core/v1:Secret", { metadata: { name: "c" }, type: "kubernetes.io/service-account-token" }),
      anObject("aws:s3/bucket:Bucket", { bucket: "d" }),
    );
    expect(files.map(({ path }) => path)).toEqual(["secret-c.yaml", "shop/configmap-a.yaml"]);
    expect(all.secrets).toEqual(["shop/b"]);
    expect(all.others).toEqual(["aws:s3/bucket:Bucket"]);
  });
});
