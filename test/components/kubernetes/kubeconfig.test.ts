import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contextsOnMachine } from "../../../components/kubernetes/kubeconfig";
import { describeMistakes, said } from "../../../model";
import { previewStack } from "../../../preview/stack";
import { workings } from "../../../preview/workings";
import { recordStack, requestFor, shippedOn, tables } from "../../stacks";

const stack = shippedOn("kubernetes").find((each) => each.stack === "model-serving-prod")!;
const request = requestFor(stack);

/** A kubeconfig of contexts `name` or `name=cluster`, each with a cluster of its own name unless it says another. */
function config(contexts: readonly string[], clusters: readonly string[] = contexts): string {
  return [
    "apiVersion: v1",
    "kind: Config",
    "clusters:",
    ...clusters.map((name) => `- name: ${name}\n  cluster: { server: "https://${name}.example.com" }`),
    "users:",
    '- name: admin\n  user: { token: "hunter2" }',
    "contexts:",
    ...contexts.map((each) => {
      const [name, cluster = name] = each.split("=");
      return `- name: ${name}\n  context: { cluster: ${cluster}, user: admin }`;
    }),
    "",
  ].join("\n");
}
const all = ["prod-us-east-1", "prod-us-west-2", "prod-eu-west-1"];

function looked(files: Readonly<Record<string, string | Error>>, KUBECONFIG?: string) {
  const { mistakes, notes } = contextsOnMachine(request, {
    env: { KUBECONFIG },
    home: "/home/ann",
    read: (file) => {
      const text = files[file];
      if (text instanceof Error) throw text;
      return text;
    },
  });
  return {
    notes,
    mistakes: mistakes.map(said).map(({ key, given, allowed, fix }) => `${key} | ${given} | ${allowed} | ${fix}`),
  };
}
const home = "/home/ann/.kube/config";
const clean = { mistakes: [], notes: [] };

describe("contexts of this machine", () => {
  test("where there is no kubeconfig nothing is asked of it", () => {
    expect(looked({})).toEqual(clean);
    // One that is stated and not there is none either, and the one at home does not stand in for it.
    expect(looked({ [home]: config([]) }, "/ci/kubeconfig")).toEqual(clean);
    expect(looked({ [home]: config(all) })).toEqual(clean);
  });

  test("what it does not hold is one mistake each, with the name that is near", () => {
    expect(looked({ [home]: config(["prod-us-east-1", "prod-us-west2", "other"]) })).toEqual({
      notes: [],
      mistakes: [
        "environments.prod.kubernetes.clusters.us-west-2.context | prod-us-west-2 | the kubeconfig (/home/ann/.kube/config) has no context of this name | did you mean prod-us-west2? kubectl config get-contexts lists them",
        "environments.prod.kubernetes.clusters.eu-west-1.context | prod-eu-west-1 | the kubeconfig (/home/ann/.kube/config) has no context of this name | did you mean prod-us-west2? kubectl config get-contexts lists them",
      ],
    });
    // An empty file is one that holds nothing.
    expect(looked({ [home]: "" }).mistakes).toHaveLength(3);
  });

  test("several paths are read together; of a context in two files the first counts, and that is told", () => {
    const files = { "/a": config(all.slice(0, 2)), "/b": config(all.slice(1)) };
    expect(looked(files, "/a:/none::/b")).toEqual({
      mistakes: [],
      notes: ["context prod-us-west-2 is in /a and in /b: /a counts, since it comes first"],
    });
    // The same path twice is one file.
    expect(looked({ "/a": config(all) }, "/a:/a")).toEqual(clean);
    // A cluster may stand in another file than its context.
    expect(looked({ "/a": config(all, []), "/b": config([], all) }, "/a:/b")).toEqual(clean);
  });

  test("a context twice in one file: kubectl refuses that file, so nothing more is said of what it holds", () => {
    expect(looked({ [home]: config([...all.slice(0, 2), all[0]!], all) }).mistakes).toEqual([
      "kubeconfig | nothing | /home/ann/.kube/config has context prod-us-east-1 twice, and kubectl refuses the whole file | remove one of the two, by hand",
    ]);
    expect(looked({ [home]: config(all, [...all, all[0]!]) }).mistakes).toEqual([
      "kubeconfig | nothing | /home/ann/.kube/config has cluster prod-us-east-1 twice, and kubectl refuses the whole file | remove one of the two, by hand",
    ]);
  });

  test("a context without its cluster", () => {
    expect(looked({ [home]: config([...all.slice(0, 2), `${all[2]}=gone`], all) }).mistakes).toEqual([
      "environments.prod.kubernetes.clusters.eu-west-1.context | prod-eu-west-1 | the context of /home/ann/.kube/config names cluster gone, which the kubeconfig (/home/ann/.kube/config) does not have | write the cluster's entry again, as your provider's command does",
    ]);
  });

  test.each([
    ["is no YAML: line 4", "contexts:\n- name: a\n  context: { user: hunter2\n- name"],
    ["is no kubeconfig: it needs apiVersion: v1, kind: Config, contexts and clusters", "hunter2"],
    ["cannot be read", new Error("EACCES hunter2")],
  ])("a file that %s says where, and never what it holds", (why, text) => {
    const { mistakes } = looked({ [home]: text });
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]).toContain(`${home} ${why}`);
    expect(mistakes[0]).not.toContain("hunter2");
  });
});

describe("a machine that lacks contexts", () => {
  const before = process.env["KUBECONFIG"];
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "nines-kubeconfig-"));
    writeFileSync(join(folder, "config"), config(all.slice(0, 1)));
    process.env["KUBECONFIG"] = join(folder, "config");
  });
  afterAll(() => {
    if (before === undefined) delete process.env["KUBECONFIG"];
    else process.env["KUBECONFIG"] = before;
    rmSync(folder, { recursive: true });
  });

  test("previews all the same, and is told; with an engine the program stops before its first resource", async () => {
    const given = { project: "nines", asOf: "2026-11-21", baseline: null };
    const previewed = await previewStack(stack, { ...tables, program: () => () => undefined }, given, {
      ...workings,
      judge: () => [],
    });
    expect(previewed).toMatchObject({ ok: true });
    const told = "refusedHere" in previewed ? previewed.refusedHere : undefined;
    expect(told).toMatch(/^model-serving-prod: pulumi up from this machine would be refused\n/);
    const { mistakes } = contextsOnMachine(request);
    expect(mistakes.map(({ given: name }) => name)).toEqual(all.slice(1));

    process.env["PULUMI_NODEJS_MONITOR"] = "127.0.0.1:1";
    try {
      await expect(recordStack(stack)).rejects.toThrow(describeMistakes("stack model-serving-prod", mistakes));
    } finally {
      delete process.env["PULUMI_NODEJS_MONITOR"];
    }
  });
});
