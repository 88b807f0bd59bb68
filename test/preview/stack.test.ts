import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Planned, Request } from "../../model";
import { baselineOfOption } from "../../preview/baseline";
import type { Tables } from "../../preview/load-stacks";
import { previewStack, type Workings } from "../../preview/stack";
import { stackFile } from "../../preview/stack-files";
import { aPlan, aReport } from "./a-report";

class Thing extends pulumi.CustomResource {
  constructor(name: string, args: pulumi.Inputs) {
    super("test:index:Thing", name, args);
  }
}

const file = stackFile(
  "embedding-prod",
  "stacks/Pulumi.embedding-prod.yaml",
  "config:\n  nines:system: embedding\n  nines:load: {a: 1}\n  nines:key: {secure: x}\n",
);
const given = { project: "nines", asOf: "2026-11-21", baseline: null };
const mistake = { stack: "a", file: "f", key: "k", given: 1, allowed: "a", fix: "b" };

function tables(program: () => unknown): Tables {
  return { systems: {}, environments: {}, program: () => program };
}

function workings(overrides: Partial<Workings> = {}): Workings {
  return {
    requestOf: () => ({ ok: true, request: {} as Request }),
    plan: () => ({ ok: true, plan: aPlan() }),
    certainPlan: () => ({ ok: true, plan: aPlan() }),
    readParts: () => ({ parts: [], claims: [], conflicts: [] }),
    costOf: () => aReport().cost,
    availabilityOf: () => null,
    judge: () => [],
    replaces: () => false,
    onMachine: () => ({ mistakes: [], notes: [] }),
    ...overrides,
  };
}

describe("one stack", () => {
  test("runs with the configuration as Pulumi gives it", async () => {
    const found = await previewStack(
      file,
      tables(() => {
        const config = new pulumi.Config("nines");
        new Thing("a", {
          system: config.require("system"),
          load: config.requireObject("load"),
          key: config.requireSecret("key"),
          stack: pulumi.getStack(),
        });
      }),
      given,
      workings(),
    );
    expect(found).toMatchObject({
      ok: true,
      report: {
        stack: "embedding-prod",
        asOf: "2026-11-21",
        resources: [
          {
            name: "a",
            inputs: { system: "embedding", load: { a: 1 }, key: { $unknown: "secret" }, stack: "embedding-prod" },
          },
        ],
      },
    });
  });

  test("with mistakes, or that cannot be planned, is never run", async () => {
    const never = tables(() => {
      throw new Error("was run");
    });
    const refused = {
      ok: false,
      infeasible: [
        {
          part: "a/b/c",
          field: "f",
          asked: 1,
          unit: "u",
          limit: { name: "l", value: 0, source: { title: "t", date: "d" }, raisable: true },
          alternatives: [],
        },
      ],
      partial: aPlan(),
    } as const satisfies Planned;
    expect(await previewStack({ ...file, mistakes: [mistake] }, never, given, workings())).toEqual({
      ok: false,
      mistakes: [mistake],
    });
    expect(
      await previewStack(file, never, given, workings({ requestOf: () => ({ ok: false, mistakes: [mistake] }) })),
    ).toEqual({ ok: false, mistakes: [mistake] });
    expect(
      await previewStack(file, never, given, workings({ plan: () => refused, certainPlan: () => refused })),
    ).toMatchObject({
      ok: true,
      report: { planned: { ok: false } },
    });
  });

  test("whose program throws is a sentence with its name", async () => {
    const failing = tables(() => {
      throw new Error("no such zone");
    });
    await expect(previewStack(file, failing, given, workings())).rejects.toThrow(
      "embedding-prod: the program fails: no such zone",
    );
  });
});

describe("a baseline", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "nines-test-"));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));
  const from = (path: string) =>
    baselineOfOption(
      path,
      { root, project: "nines", asOf: "2026-11-21", wanted: () => true, step: () => undefined },
      workings(),
    );

  test("is a file of reports", async () => {
    const path = join(root, "base.json");
    writeFileSync(path, JSON.stringify({ schema: 1, reports: [aReport()], removed: [], mistakes: [] }));
    const baseline = await from(path);
    expect([baseline.against, [...baseline.reports.keys()]]).toEqual(["base.json", ["embedding-prod"]]);
  });

  test("is a stack export, read as state", async () => {
    const path = join(root, "state.json");
    writeFileSync(
      path,
      JSON.stringify({
        deployment: {
          resources: [
            { urn: "urn:pulumi:p::n::aws:sns/topic:Topic::a", type: "aws:sns/topic:Topic", custom: true, inputs: {} },
          ],
        },
      }),
    );
    expect((await from(path)).reports.get("p")).toMatchObject({ origin: "state", resources: [{ name: "a" }] });
  });

  test("that is neither, or empty, is said", async () => {
    writeFileSync(join(root, "x.json"), "{}");
    writeFileSync(join(root, "y.json"), JSON.stringify({ deployment: { resources: [] } }));
    await expect(from(join(root, "x.json"))).rejects.toThrow(/is an empty document; accepted are/);
    await expect(from(join(root, "y.json"))).rejects.toThrow(/without resources/);
    await expect(from("no-such-ref")).rejects.toThrow(/is in no git repository/);
  });
});
