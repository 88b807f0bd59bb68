import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { renderedStacks, titleOf, type Content } from "./rendered";

/** null: no model knows the kind. */
type Answer = readonly string[] | null;

/** What the models say of each object, one process for all. */
function judged(objects: readonly Content[]): readonly Answer[] {
  const { stdout, stderr, status } = spawnSync(process.execPath, [path.join(__dirname, "validate.mjs")], {
    input: JSON.stringify(objects),
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly Answer[];
}

/** Kinds of other projects that publish no model here. */
const unmodelled = ["external-secrets.io/v1 ExternalSecret"];

const deployment = {
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", labels: { any: "label" } },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" } },
      spec: {
        containers: [
          {
            name: "web",
            image: "web:1",
            ports: [{ containerPort: 8080 }],
            resources: { requests: { cpu: "1", memory: "1Gi" } },
          },
        ],
        volumes: [{ name: "tmp", emptyDir: {} }],
      },
    },
  },
};
const spec = (over: Content) => ({ ...deployment, spec: { ...deployment.spec, ...over } });
const container = (over: Content) => {
  const { template } = deployment.spec;
  const [own] = template.spec.containers;
  return spec({ template: { ...template, spec: { ...template.spec, containers: [{ ...own, ...over }] } } });
};
const rules = (over: Content) => ({
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name: "web" },
  spec: { groups: [{ name: "web", interval: "30s", rules: [{ alert: "Down", expr: "up == 0", ...over }] }] },
});

/** What no model may let through, and the field that it must name. */
const wrong: readonly (readonly [string, Content, string])[] = [
  ["text for a number", spec({ replicas: "three" }), "replicas"],
  ["a field that there is not, at the top", { ...deployment, specs: {} }, "specs: unknown field"],
  ["a field that there is not", spec({ replica: 3 }), "spec.replica: unknown field"],
  [
    "a field that there is not, deep in a list",
    container({ resource: {} }),
    "spec.template.spec.containers[].resource: unknown field",
  ],
  ["a field of other objects", spec({ serviceName: "web" }), "spec.serviceName: unknown field"],
  ["an amount that is none", container({ resources: { requests: { cpu: { cores: 1 } } } }), "cpu"],
  ["no selector", spec({ selector: undefined }), "selector"],
  [
    "a field of a probe that there is not",
    container({ livenessProbe: { httpGet: { path: "/", port: 80, scheme: "HTTP" }, period: 3 } }),
    "spec.template.spec.containers[].livenessProbe.period: unknown field",
  ],
  ["words for a duration", rules({ for: "1 minute" }), "for"],
  ["a field of a rule that there is not", rules({ severity: "page" }), "spec.groups[].rules[].severity: unknown field"],
  [
    "a port of a Gateway beyond the last",
    {
      apiVersion: "gateway.networking.k8s.io/v1",
      kind: "Gateway",
      metadata: { name: "web" },
      spec: { gatewayClassName: "eg", listeners: [{ name: "http", port: 70_000, protocol: "HTTP" }] },
    },
    "port",
  ],
];

const right: readonly Content[] = [deployment, rules({ for: "1m", labels: { severity: "page" } })];

let rendered: readonly (readonly [string, Content])[];
let answers: readonly Answer[];
beforeAll(async () => {
  const found = (await renderedStacks()).flatMap(({ stack, objects }) =>
    objects.map((content) => [`${stack}: ${titleOf(content)}`, content] as const),
  );
  rendered = found;
  answers = judged([...wrong.map(([, content]) => content), ...right, ...found.map(([, content]) => content)]);
});

test.each(wrong.map(([what, , field], index) => ({ what, field, index })))("$what is found", ({ field, index }) => {
  expect(answers[index]?.join("\n")).toContain(field);
});

test("objects that are right have no mistakes", () => {
  expect(answers.slice(wrong.length, wrong.length + right.length)).toEqual(right.map(() => []));
});

/** Fields that are newer than their models: Envoy Gateway 1.8. Its own definitions hold them in test/cluster and test/doors. */
const newer = ["spec.healthCheck.active.http.retriableStatuses: unknown field"];

test("every object that is built of ours is one of its schema, without a field that the schema does not know", () => {
  const own = answers.slice(wrong.length + right.length);
  expect(own.length).toBeGreaterThan(10);
  const found = rendered.flatMap(([title], index) => (own[index] ?? []).map((mistake) => ({ title, mistake })));
  expect(found.filter(({ mistake }) => !newer.includes(mistake))).toEqual([]);
  // Whoever updates the models takes out what they know by then.
  expect([...new Set(found.map(({ mistake }) => mistake))]).toEqual(newer);
});

test("kinds that no model knows are named", () => {
  const own = answers.slice(wrong.length + right.length);
  const kinds = rendered.flatMap(([, { apiVersion, kind }], index) =>
    own[index] === null ? [`${String(apiVersion)} ${String(kind)}`] : [],
  );
  expect([...new Set(kinds)].sort()).toEqual(unmodelled);
});
