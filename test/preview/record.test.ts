import * as pulumi from "@pulumi/pulumi";
import { recordInProcess, RecordingError } from "../../preview/record";
import type { Resource } from "../../model";

const options = { project: "nines", stack: "test" };

class Thing extends pulumi.CustomResource {
  declare readonly arn: pulumi.Output<string>;
  declare readonly size: pulumi.Output<number>;
  constructor(name: string, args: Record<string, unknown>, opts?: pulumi.CustomResourceOptions) {
    super("test:index:Thing", name, { arn: undefined, ...args }, opts);
  }
}

class Box extends pulumi.ComponentResource {
  readonly inner: Thing;
  constructor(name: string, args: pulumi.Inputs, opts?: pulumi.ComponentResourceOptions) {
    super("test:index:Box", name, args, opts);
    this.inner = new Thing(`${name}-inner`, { size: 1 }, { parent: this });
    this.registerOutputs({ arn: this.inner.arn });
  }
}

function named(resources: readonly Resource[], name: string): Resource {
  const found = resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`${name} is missing among ${resources.map((resource) => resource.name).join(", ")}`);
  return found;
}

describe("recording a program in this process", () => {
  test("sees parents, types of parents in the URN, and the inputs of components", async () => {
    const { resources } = await recordInProcess(
      () => new Box("box", { plan: { schema: 1, parts: [{ a: null }] } }),
      options,
    );
    const box = named(resources, "box");
    expect(box).toMatchObject({ custom: false, inputs: { plan: { schema: 1, parts: [{ a: null }] } } });
    expect(named(resources, "box-inner")).toMatchObject({
      urn: "urn:pulumi:test::nines::test:index:Box$test:index:Thing::box-inner",
      parent: box.urn,
      custom: true,
    });
    expect(box.parent).toBe("urn:pulumi:test::nines::pulumi:pulumi:Stack::nines-test");
  });

  test("has the SDK not ask where resources are written meanwhile, and leaves it as it was", async () => {
    const sdk = pulumi.Resource as unknown as { readonly stackTrace: (skip: number) => readonly unknown[] };
    const before = sdk.stackTrace;
    const places = (): number => sdk.stackTrace(0).length;
    const seen: number[] = [];
    await recordInProcess(() => void seen.push(places()), options);
    const failing = recordInProcess(() => {
      seen.push(places());
      throw new Error("no");
    }, options);
    await expect(failing).rejects.toThrow("no");
    expect(seen).toEqual([0, 0]);
    expect(sdk.stackTrace).toBe(before);
    expect(places()).toBeGreaterThan(0);
  });

  test("echoes inputs and leaves all other outputs unknown; a reference is unknown and names where it comes from", async () => {
    const { resources, outputs } = await recordInProcess(() => {
      const a = new Thing("a", { size: 3 });
      new Thing("b", { target: a.arn, twice: a.size.apply((size) => size * 2), nested: { ids: [a.id, "x"] } });
      return { arn: a.arn, size: a.size };
    }, options);
    const a = named(resources, "a");
    const b = named(resources, "b");
    expect(b.inputs).toEqual({
      target: { $unknown: "after-deploy" },
      twice: 6,
      nested: { ids: [{ $unknown: "after-deploy" }, "x"] },
    });
    expect(b.dependencies).toEqual([a.urn]);
    expect(b.propertyDependencies).toEqual({ target: [a.urn], twice: [a.urn], nested: [a.urn] });
    expect(a.propertyDependencies).toEqual({});
    expect(outputs).toEqual({ arn: { $unknown: "after-deploy" }, size: 3 });
  });

  test("drops a secret's value", async () => {
    const { resources } = await recordInProcess(
      () => new Thing("a", { password: pulumi.secret("hunter2"), open: { deep: [pulumi.secret("hunter2")] } }),
      options,
    );
    expect(named(resources, "a").inputs).toEqual({
      password: { $unknown: "secret" },
      open: { deep: [{ $unknown: "secret" }] },
    });
    expect(JSON.stringify(resources)).not.toContain("hunter2");
  });

  test("keeps the options that decide what a change does", async () => {
    const { resources } = await recordInProcess(() => {
      const first = new Thing("first", {});
      new Thing(
        "a",
        { size: 1 },
        {
          protect: true,
          ignoreChanges: ["size"],
          deleteBeforeReplace: true,
          replaceOnChanges: ["name"],
          dependsOn: [first],
        },
      );
    }, options);
    expect(named(resources, "a")).toMatchObject({
      protect: true,
      ignoreChanges: ["size"],
      deleteBeforeReplace: true,
      replaceOnChanges: ["name"],
      dependencies: [named(resources, "first").urn],
    });
    expect(named(resources, "first")).toMatchObject({ protect: false, ignoreChanges: [], deleteBeforeReplace: false });
  });

  test("refuses two resources with one URN, in a sentence", async () => {
    const run = recordInProcess(() => {
      new Thing("twin", {});
      new Thing("twin", {});
    }, options);
    await expect(run).rejects.toThrow(RecordingError);
    await expect(run).rejects.toThrow(
      /two resources of type test:index:Thing are called "twin".*give one of them another name/,
    );
  });

  test("one name under two parents is fine", async () => {
    const { resources } = await recordInProcess(() => {
      const box = new Box("twin", {});
      new Thing("x", {});
      new Thing("x", {}, { parent: box });
    }, options);
    expect(resources.filter((resource) => resource.name === "x")).toHaveLength(2);
  });

  test("gives a throw of the program back, at once or awaited, and the next run is unharmed", async () => {
    await expect(
      recordInProcess(() => {
        throw new Error("no such region");
      }, options),
    ).rejects.toThrow("no such region");
    await expect(
      recordInProcess(async () => {
        new Thing("left-over", {});
        await Promise.resolve();
        throw new Error("later");
      }, options),
    ).rejects.toThrow("later");
    const { resources } = await recordInProcess(() => new Thing("a", {}), options);
    expect(resources.map((resource) => resource.name).sort()).toEqual(["a", "nines-test"]);
  });

  test("runs of one process share nothing: resources, configuration, stack name; even when started together", async () => {
    const program = () => {
      const config = new pulumi.Config("nines");
      new Thing(config.require("name"), { stack: pulumi.getStack(), project: pulumi.getProject() });
      return { other: config.get("other") ?? null };
    };
    const [one, two] = await Promise.all([
      recordInProcess(program, { project: "p1", stack: "s1", config: { "nines:name": "one", "nines:other": "x" } }),
      recordInProcess(program, { project: "p2", stack: "s2", config: { "nines:name": "two" } }),
    ]);
    expect(one.resources.map((resource) => resource.name).sort()).toEqual(["one", "p1-s1"]);
    expect(two.resources.map((resource) => resource.name).sort()).toEqual(["p2-s2", "two"]);
    expect(named(two.resources, "two").inputs).toMatchObject({ stack: "s2", project: "p2" });
    expect([one.outputs, two.outputs]).toEqual([{ other: "x" }, { other: null }]);
  });

  test("a secret of the configuration stays secret", async () => {
    const { resources } = await recordInProcess(
      () => new Thing("a", { key: new pulumi.Config("nines").requireSecret("key") }),
      { ...options, config: { "nines:key": "hunter2" }, secretKeys: ["nines:key"] },
    );
    expect(named(resources, "a").inputs).toEqual({ key: { $unknown: "secret" } });
  });

  test("misses nothing of a deep chain, and sorts by URN", async () => {
    const { resources } = await recordInProcess(() => {
      let last = new Thing("thing-0", { size: 0 });
      for (let index = 1; index < 40; index++) last = new Thing(`thing-${index}`, { before: last.id });
    }, options);
    expect(resources).toHaveLength(41);
    const urns = resources.map((resource) => resource.urn);
    expect(urns).toEqual([...urns].sort());
  });

  test("answers data-source calls with stand-ins, and lists them", async () => {
    const { calls, resources } = await recordInProcess(async () => {
      const known = (await pulumi.runtime.invoke("aws:index/getCallerIdentity:getCallerIdentity", {})) as {
        accountId: string;
      };
      const strange = (await pulumi.runtime.invoke("other:index:lookUp", { a: 1 })) as object;
      new Thing("a", { account: known.accountId, strange });
    }, options);
    expect(named(resources, "a").inputs).toEqual({
      account: "123456789012",
      strange: { id: { $unknown: "after-deploy" } },
    });
    expect(calls).toEqual([
      { token: "aws:index/getCallerIdentity:getCallerIdentity", inputs: {}, answered: true },
      { token: "other:index:lookUp", inputs: { a: 1 }, answered: false },
    ]);
  });

  test("knows nothing of what is made from a stand-in that could be anything", async () => {
    const { resources } = await recordInProcess(async () => {
      const found = (await pulumi.runtime.invoke("aws:ssm/getParameter:getParameter", {
        name: "/aws/service/ami",
      })) as {
        name: string;
        value: string;
      };
      new Thing("a", { image: found.value, from: found.name, all: [{ image: found.value }] });
    }, options);
    const unknown = { $unknown: "after-deploy" };
    expect(named(resources, "a").inputs).toEqual({
      image: unknown,
      from: "/aws/service/ami",
      all: [{ image: unknown }],
    });
  });

  test("what is asked and read is in one order, whichever comes first", async () => {
    const asking = (turns: readonly number[]) =>
      recordInProcess(async () => {
        for (const turn of turns) {
          const name = `thing-${turn}`;
          await pulumi.runtime.invoke(`other:index:lookUp${turn % 2}`, { a: turn });
          new Thing(name, {}, { id: name });
        }
      }, options);
    const there = await asking([1, 2, 3, 4]);
    const back = await asking([4, 3, 2, 1]);
    expect(back.calls).toEqual(there.calls);
    expect(back.reads).toEqual(there.reads);
    expect(there.calls.map(({ token, inputs }) => `${token} ${String(inputs["a"])}`)).toEqual([
      "other:index:lookUp0 2",
      "other:index:lookUp0 4",
      "other:index:lookUp1 1",
      "other:index:lookUp1 3",
    ]);
    expect(there.reads.map(({ name }) => name)).toEqual(["thing-1", "thing-2", "thing-3", "thing-4"]);
  });

  test("takes off the stack limit only while it runs", async () => {
    const before = Error.stackTraceLimit;
    let inside = -1;
    await recordInProcess(() => void (inside = Error.stackTraceLimit), options);
    expect([inside, Error.stackTraceLimit]).toEqual([0, before]);
  });
});
