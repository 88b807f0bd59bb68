import fc from "fast-check";
import { stringify } from "yaml";
import { manifestsIn } from "../../../preview/manifests/read";

const container = { name: "web", image: "web:1" };
const podSpec = { containers: [container] };

function deployment(selector: unknown, spec: unknown = podSpec): object {
  const template = { metadata: { labels: { app: "web" } }, spec };
  return { apiVersion: "apps/v1", kind: "Deployment", metadata: { name: "web" }, spec: { selector, template } };
}

function mistakes(object: object): readonly string[] {
  // As Kubernetes reads it: of a label "no" or "on" the text stays a text.
  const text = stringify(object, { version: "1.1" });
  const { mistakes: found, resources } = manifestsIn([{ name: "a.yaml", text }]);
  expect(resources).toHaveLength(1);
  return found.map(({ line, key, allowed }) => `${line ?? 0} ${key}: ${allowed}`);
}

const sound = { matchLabels: { app: "web" } };
const IN = "one of In, NotIn, Exists, DoesNotExist";

test.each([
  [
    deployment({ matchLabels: ["app", "web"] }),
    "spec.selector.matchLabels: a mapping of labels; this is a list, which selects nothing",
  ],
  [
    deployment({ matchLabels: "app=web" }),
    "spec.selector.matchLabels: a mapping of labels; this is no mapping, which selects nothing",
  ],
  [deployment(["app", "web"]), "spec.selector: a mapping of labels; this is a list, which selects nothing"],
  [deployment({ matchLabels: { version: 1 } }), "selector.matchLabels.version: a label's value is text"],
  [
    deployment({ matchExpressions: { key: "app" } }),
    "spec.selector.matchExpressions: a list of { key, operator, values }",
  ],
  [deployment({ matchExpressions: ["app"] }), "selector.matchExpressions.0: a mapping of key, operator and values"],
  [deployment({ matchExpressions: [{ operator: "Exists" }] }), "matchExpressions.0.key: the label that is asked for"],
  [
    deployment({ matchExpressions: [{ key: "app", operator: "Equals", values: ["web"] }] }),
    `matchExpressions.0.operator: ${IN}`,
  ],
  [
    deployment({ matchExpressions: [{ key: "app", operator: "Gt", values: ["1"] }] }),
    `matchExpressions.0.operator: ${IN}`,
  ],
  [
    deployment({ matchExpressions: [{ key: "app", operator: "In" }] }),
    "matchExpressions.0.values: In needs a list of values",
  ],
  [
    deployment({ matchExpressions: [{ key: "app", operator: "In", values: "web" }] }),
    "matchExpressions.0.values: In needs a list of values",
  ],
  [
    deployment({ matchExpressions: [{ key: "app", operator: "Exists", values: ["web"] }] }),
    "matchExpressions.0.values: Exists takes no values",
  ],
  [
    deployment(sound, { containers: container }),
    "template.spec.containers: a list of containers; this is a mapping, and none of it is counted",
  ],
  [
    deployment(sound, { containers: "web:1" }),
    "template.spec.containers: a list of containers; this is no list, and none of it is counted",
  ],
  [deployment(sound, { containers: ["web:1"] }), "spec.containers.0: a container is a mapping with name and image"],
  [
    deployment(sound, { ...podSpec, initContainers: { name: "first" } }),
    "template.spec.initContainers: a list of containers; this is a mapping, and none of it is counted",
  ],
])("%j", (object, said) => {
  const [only, ...more] = mistakes(object);
  expect(more).toEqual([]);
  expect(only).toMatch(/^\d+ Deployment web /);
  expect(only?.replace(/^\d+ Deployment web /, "")).toBe(said);
});

test("a Service, a budget, a policy, a job and a spread are held to the same, where each stands", () => {
  const named = (kind: string, apiVersion: string, spec: object): object => ({
    apiVersion,
    kind,
    metadata: { name: "a" },
    spec,
  });
  expect(mistakes(named("Service", "v1", { selector: ["app"] }))).toHaveLength(1);
  expect(mistakes(named("PodDisruptionBudget", "policy/v1", { selector: { matchLabels: ["app"] } }))).toHaveLength(1);
  const policy = { podSelector: {}, ingress: [{ from: [{ namespaceSelector: { matchLabels: "a" } }] }] };
  expect(mistakes(named("NetworkPolicy", "networking.k8s.io/v1", policy))).toHaveLength(1);
  const pods = { spec: { containers: [], initContainers: "a" } };
  expect(mistakes(named("CronJob", "batch/v1", { jobTemplate: { spec: { template: pods } } }))).toHaveLength(1);
  const spread = [{ labelSelector: { matchExpressions: [{ key: "a", operator: "in" }] } }];
  expect(mistakes(deployment(sound, { ...podSpec, topologySpreadConstraints: spread }))).toHaveLength(1);
});

test("what selects is right: any of the four operators, numbers of nodes, selectors of others' objects, and nothing at all", () => {
  const nodes = [{ matchExpressions: [{ key: "cores", operator: "Gt", values: ["4"] }] }];
  const affinity = { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: nodes } } };
  expect(mistakes(deployment(sound, { ...podSpec, affinity }))).toEqual([]);
  const others = {
    apiVersion: "example.com/v1",
    kind: "Thing",
    metadata: { name: "a" },
    spec: { selector: "app=web" },
  };
  expect(mistakes(others)).toEqual([]);
  expect(mistakes(deployment({}, { containers: null }))).toEqual([]);
  const label = fc.stringMatching(/^[a-z]{1,8}$/);
  const expression = fc.oneof(
    fc.record({
      key: label,
      operator: fc.constantFrom("In", "NotIn"),
      values: fc.array(label, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ key: label, operator: fc.constantFrom("Exists", "DoesNotExist") }),
  );
  const selector = fc.record({ matchLabels: fc.dictionary(label, label), matchExpressions: fc.array(expression) });
  fc.assert(
    fc.property(selector, (each) => expect(mistakes(deployment(each))).toEqual([])),
    { numRuns: 50 },
  );
});
