import { wordOfWorkload } from "../../model";
import { vectordb } from "../../stacks/systems/vectordb";
import { given, request, said, system, withFacts } from "./a-stack";

const kubernetes = {
  clusters: { "us-east-1": { context: "east" } },
  nodes: { platform: "eks", machine: "m7i.large" },
  serviceAccounts: { embedding: { annotations: { "eks.amazonaws.com/role-arn": "arn:aws:iam::123456789012:role/e" } } },
};
/** A stack on a cluster. */
const asked = (yaml: object = {}, facts: object = {}) =>
  given({ yaml: { target: "kubernetes", ...yaml }, environment: { kubernetes }, ...facts });

describe("nines:namePrefix", () => {
  const yaml = {
    sizes: { embedding: { memoryMiB: 4096 } },
    replicas: { embedding: { min: 4 } },
    existing: { vectors: { address: "cache.example.internal:6379", tls: true } },
    waivers: [
      { rule: "three-pods", part: "embedding", reason: "a trial", until: "2027-01-01" },
      { rule: "three-pods", part: "replica-group/embedding/us-east-1", reason: "a trial", until: "2027-01-01" },
      { rule: "three-pods", part: "node-pool/nodes/us-east-1", reason: "a trial", until: "2027-01-01" },
    ],
  };
  const plain = request(asked(yaml));
  const found = request(asked({ ...yaml, namePrefix: "dev-" }));

  test("stands before each workload, wherever the request names one", () => {
    const names = ["dev-embedding", "dev-storage-server", "dev-vectors"];
    expect(Object.keys(found.workloads).sort()).toEqual(names);
    expect(Object.keys(found.images).sort()).toEqual(names.slice(0, 2));
    expect(found.sizes).toEqual({ "dev-embedding": { memoryMiB: 4096 } });
    expect(found.replicas).toEqual({ "dev-embedding": { min: 4 } });
    expect(Object.keys(found.existing.caches)).toEqual(["dev-vectors"]);
    expect(Object.keys(found.kubernetes?.serviceAccounts ?? {})).toEqual(["dev-embedding"]);
    expect(found.waivers.map(({ part }) => part)).toEqual([
      "dev-embedding",
      "replica-group/dev-embedding/us-east-1",
      "node-pool/nodes/us-east-1",
    ]);
    expect(wordOfWorkload(found, "dev-vectors")).toBe("vectors");
  });

  test("is in no other place: taken away everywhere, it leaves the request that the stack makes without it", () => {
    const { settings, namePrefix, ...rest } = found;
    const { settings: before, namePrefix: none, ...same } = plain;
    expect(JSON.parse(JSON.stringify(rest).replaceAll("dev-", ""))).toEqual(JSON.parse(JSON.stringify(same)));
    expect([namePrefix, none]).toEqual(["dev-", ""]);
    // Settings keep the words of the YAML.
    expect(settings.filter(({ key }) => key !== "namePrefix")).toEqual(before);
    expect(settings.find(({ key }) => key === "namePrefix")).toEqual({
      key: "namePrefix",
      value: "dev-",
      from: "yaml",
    });
  });

  test("stands before callees and what variables are wired to, and not in text that somebody wrote", () => {
    const facts = withFacts("storage-server", {
      calls: { embedding: { perRequest: 1 } },
      wires: { EMBEDDING: { to: "embedding", as: "urls" } },
      environment: { EMBEDDING_NAME: "embedding" },
    });
    expect(request(asked({ namePrefix: "dev-" }, facts)).workloads["dev-storage-server"]).toMatchObject({
      calls: { "dev-embedding": { perRequest: 1 } },
      wires: { EMBEDDING: { to: "dev-embedding", as: "urls" } },
      environment: { EMBEDDING_NAME: "embedding" },
    });
  });

  test.each([
    // A Service has 63 letters, and its headless name nine of them; what has Sentinels or snapshots, 52.
    ["service", system.workloads["embedding"], 54],
    ["cache", system.workloads["vectors"], 43],
    ["store", vectordb.workloads["dvecdb"], 42],
  ])("leaves the name of a %s its last letter, and no more", (kind, facts, most) => {
    const name = "a-name-of-a-workload-of-some-length";
    const named = { system: { workloads: { ...system.workloads, [name]: facts } } };
    const longest = `${"b".repeat(most - name.length - 1)}-`;
    expect(said(asked({ namePrefix: longest }, named))).not.toContain("namePrefix");
    expect(said(asked({ namePrefix: `b${longest}` }, named))).toContain(
      `nines:namePrefix | "b${longest}" | with it the name of ${kind} ${name} is ${most + 1} letters, and names of Kubernetes hold ${most} of it | at most ${most - name.length} letters, its hyphen among them`,
    );
  });

  const form = "small letters, digits and hyphens, with a letter first and a hyphen last";
  test.each([
    ["dev", form],
    ["Dev-", form],
    ["1-", form],
    ["-", form],
    ["dev--", form],
    ["", form],
    ["embed", form],
    ["storage-", "storage-server begins with it already, and kustomize would take one name for another"],
  ])("%j is a mistake", (namePrefix, allowed) => {
    expect(said(asked({ namePrefix }))).toContain(`nines:namePrefix | "${namePrefix}" | ${allowed}`);
  });

  test("is a mistake on AWS", () => {
    expect(said(given({ yaml: { namePrefix: "dev-" } }))).toBe(
      'nines:namePrefix | "dev-" | names of target aws begin with the stack\'s; of kubernetes a prefix may stand before them | remove it',
    );
  });
});
