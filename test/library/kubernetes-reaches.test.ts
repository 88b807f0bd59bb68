import * as pulumi from "@pulumi/pulumi";
import { Bucket } from "@pulumi/aws/s3";
import { Cache, Service, Store, type ServiceArgs, type StoreArgs } from "../../components/kubernetes/library";
import { readParts } from "../../components/readers";
import { resourceGraph, type Resource } from "../../model";
import { ofType, recordProgram, refused } from "./a-service";
import { leastCache as sessions, leastService as web, leastStore } from "./kubernetes-least";

const pg: StoreArgs = { ...leastStore, ports: { rest: 5432, grpc: 9090, metrics: 9091 } };

/** Where the policy of that name lets its pods out to, DNS apart. */
function letOut(resources: readonly Resource[], name = "web"): readonly unknown[] {
  const found = ofType(resources, "kubernetes:networking.k8s.io/v1:NetworkPolicy").find(
    ({ inputs }) => (inputs["metadata"] as unknown as { readonly name: string }).name === name,
  );
  const { egress } = found?.inputs["spec"] as unknown as { readonly egress: readonly unknown[] };
  expect(JSON.stringify(egress[0])).toContain('"port":53');
  return egress.slice(1);
}
const tcp = (...ports: readonly number[]) => ports.map((port) => ({ protocol: "TCP", port }));
const pods = (name: string) => ({ podSelector: { matchLabels: { "app.kubernetes.io/name": name } } });
const space = (name: string) => ({ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": name } } });

describe("what the pods of a service are let out to", () => {
  test("nothing but DNS, where it says nothing", async () => {
    expect(letOut((await recordProgram(() => void new Service("web", web))).resources)).toEqual([]);
  });

  test("a store, a cache and a service of the program, each on its ports", async () => {
    const { resources } = await recordProgram(() => {
      const db = new Store("pg", pg);
      const cache = new Cache("sessions", { ...sessions, callers: ["web"] });
      const users = new Service("users", { ...web, port: 9000, ports: [9001] });
      new Service("web", { ...web, reaches: [db, cache, users, db] });
    });
    expect(letOut(resources)).toEqual([
      { to: [pods("pg")], ports: tcp(5432, 9090) },
      { to: [pods("sessions")], ports: tcp(6379, 26379) },
      { to: [pods("users")], ports: tcp(9000, 9001) },
    ]);
    expect(readParts("kubernetes", resourceGraph(resources)).conflicts).toEqual([]);
  });

  test("those whose url a variable is, without another word; of a url that is made of one nobody knows", async () => {
    const { resources } = await recordProgram(() => {
      const db = new Store("pg", pg);
      const cache = new Cache("sessions", sessions);
      const users = new Service("users", web);
      new Service("web", {
        ...web,
        environment: { PG_URL: db.url, CACHE_URL: cache.url, USERS: pulumi.interpolate`${users.url}/v1` },
      });
    });
    expect(letOut(resources)).toEqual([
      { to: [pods("pg")], ports: tcp(5432, 9090) },
      { to: [pods("sessions")], ports: tcp(6379, 26379) },
    ]);
  });

  test("pods of another namespace, by the name that every namespace has as a label", async () => {
    const { resources } = await recordProgram(() => {
      const db = new Store("pg", { ...pg, namespace: { create: "data" } });
      new Service("web", { ...web, namespace: { create: "shop" }, reaches: [db] });
    });
    expect(letOut(resources)).toEqual([{ to: [{ ...space("data"), ...pods("pg") }], ports: tcp(5432, 9090) }]);
  });

  test("somebody else's: pods beside it, a namespace, addresses, and a port anywhere", async () => {
    const { resources } = await recordProgram(
      () =>
        void new Service("web", {
          ...web,
          reaches: [
            { pods: { app: "search" }, ports: [9200] },
            { namespace: "monitoring", ports: [4317, 4318] },
            { cidr: "10.20.0.0/16", ports: [5432] },
            { ports: [5671] },
          ],
          callsLeave: true,
        }),
    );
    expect(letOut(resources)).toEqual([
      { to: [{ podSelector: { matchLabels: { app: "search" } } }], ports: tcp(9200) },
      { to: [space("monitoring")], ports: tcp(4317, 4318) },
      { to: [{ ipBlock: { cidr: "10.20.0.0/16" } }], ports: tcp(5432) },
      { ports: tcp(5671) },
      { ports: tcp(443) },
    ]);
  });

  test("a store calls too", async () => {
    const { resources } = await recordProgram(() => {
      const users = new Service("users", web);
      new Store("pg", { ...pg, reaches: [users] });
    });
    expect(letOut(resources, "pg")[0]).toEqual({ to: [pods("users")], ports: tcp(8080) });
  });
});

describe("mistakes", () => {
  const said = (make: () => ServiceArgs) => refused(() => recordProgram(() => void new Service("web", make())));

  test("all at once, each by what it is", async () => {
    const message = await said(() => ({
      ...web,
      port: 80_800,
      reaches: [
        { ports: [0] },
        { namespace: "Data", ports: [] },
        { cidr: "10.20.0.0/33", ports: [5432] },
        { cidr: "10.20.0.0/16", namespace: "data", ports: [5432] },
        { pods: {}, port: 5432 },
        new Bucket("assets"),
        pulumi.output({ ports: [5432] }),
        "pg",
        undefined,
      ] as unknown as ServiceArgs["reaches"] & object,
    }));
    const keys = [...message.matchAll(/^ {2}(\S+) {3}got (.*)/gm)].map(([, key, given]) => [key, given]);
    expect(keys).toEqual([
      ["reaches[0].ports", "[0]"],
      ["reaches[1].namespace", "Data"],
      ["reaches[1].ports", "[]"],
      ["reaches[2].cidr", "10.20.0.0/33"],
      ["reaches[3].cidr", "10.20.0.0/16"],
      ["reaches[4].port", "5432"],
      ["reaches[4].pods", "{}"],
      ["reaches[4].ports", "nothing"],
      ["reaches[5]", "Bucket"],
      ["reaches[6]", "an Output"],
      ["reaches[7]", "pg"],
      ["reaches[8]", "nothing"],
      ["port", "80800"],
    ]);
    expect(message).toContain("did you mean ports?");
  });

  test.each<[string, () => unknown]>([
    ["one component", () => new Service("users", web)],
    ["text", () => "pg"],
  ])("%s is no list", async (_, reaches) => {
    expect(await said(() => ({ ...web, reaches: reaches() }) as ServiceArgs)).toMatch(
      /^1 mistake in Service "web"\n {2}reaches {3}got/,
    );
  });

  test("calls, which is a word of stacks, says what it is here", async () => {
    expect(await said(() => ({ ...web, calls: { pg: {} } }) as ServiceArgs)).toMatch(
      /^1 mistake in .*\n {2}calls {3}got a word of stacks\n.*\n\s+reaches: \[db\]/,
    );
  });

  test("who is not let in is not reached: by its callers, and from another namespace", async () => {
    expect(await said(() => ({ ...web, reaches: [new Store("pg", { ...pg, callers: ["api"] })] }))).toMatch(
      /^1 mistake in .*\n {2}reaches\[0\] {3}got default\/pg\n\s+lets in api\n\s+add "web" to its callers/,
    );
    expect(
      await said(() => {
        const cache = new Cache("sessions", { ...sessions, callers: [] });
        return { ...web, environment: { CACHE_URL: cache.url } };
      }),
    ).toMatch(/^1 mistake in .*\n {2}environment\.CACHE_URL {3}got default\/sessions\n\s+lets in nobody/);
    expect(
      await said(() => ({
        ...web,
        namespace: { create: "shop" },
        reaches: [new Store("pg", { ...pg, callers: ["web"] })],
      })),
    ).toMatch(/lets in workloads of its own namespace alone, default\n/);
  });
});
