import { judge } from "../../policies";
import { rule, verdicts } from "./fixture";
import { calling, entering, leaving, store, toDb } from "./callees-cases";
import { cluster, container, later, pod, policy, web, webKey, type Content } from "./manifests";

const ID = "callees-reachable";

test("what is closed is said by variable, Service and port, and no value is", () => {
  const [found] = judge(leaving([]), [rule(ID)]);
  expect(found).toMatchObject({
    part: webKey,
    verdict: "fail",
    severity: "advisory",
    message: "NetworkPolicy shop/web lets nothing out to PG_URL: Service shop/db on 5432",
  });
  expect(JSON.stringify(found)).not.toContain("hush");
  expect(judge(leaving([toDb]), [rule(ID)])[0]?.message).toBe("may call PG_URL: Service shop/db on 5432");
  expect(judge(entering([]), [rule(ID)])[0]?.message).toBe(
    "NetworkPolicy shop/db does not let it in: PG_URL: Service shop/db on 5432",
  );
});

test.each([
  ["db:5433", "PG"],
  ["http://db:5433", "PG"],
  ["jdbc:postgresql://db:5433/shop", "PG"],
  ["db.shop.svc.cluster.local", "PG"],
  ["db.shop:5433", "PG"],
  ["elsewhere:5433,db:5433", "BROKERS"],
  ["db", "PG_HOST"],
])("%s in %s leads to the Service", (value, name) => {
  expect(verdicts(ID, leaving([], value, name))).toEqual(["fail"]);
});

test.each([
  ["db", "MODE"],
  ["cache:5433", "PG"],
  ["https://db.example.com", "PG"],
  ["db.other:5433", "PG"],
  // The Service has no such port.
  ["db:80", "PG"],
  ["", "PG"],
  [later, "PG"],
])("%j in %s leads to no Service that is here", (value, name) => {
  expect(verdicts(ID, leaving([], value, name))).toEqual([]);
});

test("a pod that no policy holds, and one whose policies close one way alone, is let through there", () => {
  expect(verdicts(ID, cluster([calling("db:5433"), ...store()]))).toEqual([]);
  // Ingress alone: the way out is open.
  const given = policy({ policyTypes: ["Ingress"], egress: null });
  expect(verdicts(ID, cluster([calling("db:5433"), ...store(), given]))).toEqual([]);
});

test("policies add up", () => {
  const given = [calling("db:5433"), ...store(), policy({ egress: [] }), policy({ egress: [toDb] }, "more")];
  expect(verdicts(ID, cluster(given))).toEqual(["pass"]);
});

test("without an address of its own a name leads to the pods: its port is theirs", () => {
  const given = (port: number) =>
    cluster([calling(`db:${port}`), ...store({ clusterIP: "None" }), policy({ egress: [toDb] })]);
  expect(verdicts(ID, given(5432))).toEqual(["pass"]);
  expect(verdicts(ID, given(5433))).toEqual(["fail"]);
});

test("pods of another namespace are reached by labels of the namespace, which nobody knows but for its name", () => {
  const peer = (labels: Content): Content => ({
    to: [{ namespaceSelector: { matchLabels: labels }, podSelector: { matchLabels: { app: "db" } } }],
  });
  const given = (rule: Content, ...more: readonly Content[]) =>
    verdicts(ID, cluster([calling("db.data:5433"), ...store({}, "data"), policy({ egress: [rule] }), ...more]));
  const named = (name: string) => peer({ "kubernetes.io/metadata.name": name });
  expect(given(toDb)).toEqual(["fail"]);
  expect(given(named("data"))).toEqual(["pass"]);
  expect(given(named("shop"))).toEqual(["fail"]);
  expect(given(peer({ team: "data" }))).toEqual(["undecided"]);
  const space = { apiVersion: "v1", kind: "Namespace", metadata: { name: "data", labels: { team: "data" } } };
  expect(given(peer({ team: "data" }), space)).toEqual(["pass"]);
  expect(given(peer({ team: "shop" }), space)).toEqual(["fail"]);
});

test("every address is let out by 0.0.0.0/0, and of some nobody knows whether they are the pods'", () => {
  const block = (over: Content) => leaving([{ to: [{ ipBlock: { cidr: "0.0.0.0/0", ...over } }] }]);
  expect(verdicts(ID, block({}))).toEqual(["pass"]);
  expect(verdicts(ID, block({ except: ["10.0.0.0/8"] }))).toEqual(["undecided"]);
});

test("a variable is followed into the ConfigMap that is here, and into no Secret", () => {
  const from = (ref: Content, ...more: readonly Content[]) =>
    verdicts(
      ID,
      cluster([
        web({}, pod({ containers: [container({ env: [{ name: "PG", valueFrom: ref }] })] })),
        ...store(),
        policy({ egress: [] }),
        ...more,
      ]),
    );
  const held = (kind: string, content: Content): Content => ({
    apiVersion: "v1",
    kind,
    metadata: { name: "pg", namespace: "shop" },
    ...content,
  });
  const map = held("ConfigMap", { data: { url: "db:5433" } });
  expect(from({ configMapKeyRef: { name: "pg", key: "url" } }, map)).toEqual(["fail"]);
  expect(from({ configMapKeyRef: { name: "pg", key: "uri" } }, map)).toEqual([]);
  expect(from({ configMapKeyRef: { name: "pg", key: "url" } })).toEqual([]);
  const secret = held("Secret", { stringData: { url: "db:5433" } });
  expect(from({ secretKeyRef: { name: "pg", key: "url" } }, secret)).toEqual([]);
});
