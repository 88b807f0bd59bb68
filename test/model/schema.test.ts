import fc from "fast-check";
import { z } from "zod";
import { environments } from "../../stacks/environments";
import { systems } from "../../stacks/systems";
import {
  environmentSchema,
  fromPulumi,
  salvage,
  stackConfigSchema,
  stackSchema,
  systemSchema,
} from "../../model/schema";

/** The value with another one in it, as deep as the steps lead. */
function replaced(whole: unknown, [step, ...deeper]: readonly number[], put: unknown): unknown {
  if (step === undefined || typeof whole !== "object" || whole === null) return put;
  const keys = Object.keys(whole);
  const at = keys[step % Math.max(1, keys.length)] ?? "added";
  const inner = replaced((whole as Record<string, unknown>)[at], deeper, put);
  return Array.isArray(whole) ? Object.assign([...(whole as unknown[])], { [at]: inner }) : { ...whole, [at]: inner };
}

describe("the schemas", () => {
  test("take what stacks/ holds, and change nothing in it", () => {
    for (const system of Object.values(systems)) expect(systemSchema.parse(system)).toEqual(system);
    for (const environment of Object.values(environments))
      expect(environmentSchema.parse(environment)).toEqual(environment);
  });

  test("refuse undefined where a key may be left out, as the types do", () => {
    const { prod } = environments;
    expect(environmentSchema.safeParse({ ...prod, protect: undefined }).success).toBe(false);
  });

  test("say the same of anything whether zod compiles them first or not, as a preview asks it not to", () => {
    let plain!: typeof import("../../model/schema");
    z.config({ jitless: true });
    try {
      jest.isolateModules(() => (plain = require("../../model/schema") as typeof plain));
    } finally {
      z.config({ jitless: false });
    }
    const said = (schema: z.ZodType, given: unknown) => {
      const { success, data, error } = schema.safeParse(given);
      return { success, data, issues: error?.issues };
    };
    const value = fc.oneof(fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(undefined, "zone", { mean: 1, peak: 2 }));
    const somewhere = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 4 });
    const asked = fc.constantFrom(
      ...Object.values(systems).map((whole) => [plain.systemSchema, systemSchema, whole] as const),
      ...Object.values(environments).map((whole) => [plain.environmentSchema, environmentSchema, whole] as const),
    );
    let broken = 0;
    fc.assert(
      fc.property(asked, somewhere, value, ([one, other, whole], steps, put) => {
        const given = replaced(whole, steps, put);
        const [found, expected] = [said(one, given), said(other, given)];
        if (!found.success) broken += 1;
        expect(found).toEqual(expected);
      }),
    );
    expect(broken).toBeGreaterThan(10);
  });

  test("are not loaded with the nouns: a reader does not wait for them", () => {
    jest.isolateModules(() => {
      const loaded = jest.fn(() => ({}));
      jest.doMock("zod", loaded);
      require("../../model");
      require("../../capacity");
      expect(loaded).not.toHaveBeenCalled();
      jest.dontMock("zod");
    });
  });
});

describe("fromPulumi", () => {
  test("text becomes what it says, except where the schema takes text", () => {
    expect(
      fromPulumi({
        "nines:zones": "2",
        elastic: "true",
        "nines:budget": "null",
        "nines:images": '{"embedding":"123"}',
        "nines:system": "123",
        region: "true",
        "nines:target": "aws",
        "nines:load": "{broken",
      }),
    ).toEqual({
      "nines:zones": 2,
      elastic: true,
      "nines:budget": null,
      "nines:images": { embedding: "123" },
      "nines:system": "123",
      region: "true",
      "nines:target": "aws",
      "nines:load": "{broken",
    });
  });

  test("a secret's value is dropped; done twice is done once", () => {
    const once = fromPulumi({ "nines:zones": "2", "nines:budget": '{"perMonthUsd":5}' }, ["nines:budget"]);
    expect(once).toEqual({ "nines:zones": 2, "nines:budget": { $unknown: "secret" } });
    expect(fromPulumi(once)).toEqual(once);
  });
});

describe("salvage", () => {
  test("takes out what is refused, with its holder where it was needed", () => {
    const value = {
      system: 5,
      environment: "prod",
      target: "aws",
      load: { requestsPerSecond: { mean: -1, peak: 2 } },
      images: { a: 1, b: "x" },
      zones: 2,
      lode: 3,
      waivers: [{ rule: 1 }],
    };
    expect(salvage(stackConfigSchema.partial(), value)).toEqual({
      environment: "prod",
      target: "aws",
      images: { b: "x" },
      zones: 2,
    });
  });

  test("leaves nothing of what has no form at all", () => {
    expect(salvage(stackConfigSchema.partial(), "text")).toBeUndefined();
  });
});

describe("stackSchema", () => {
  const schema = stackSchema({ systems: ["embedding"], environments: ["dev", "prod"] }) as {
    readonly properties: {
      readonly config: {
        readonly properties: Readonly<Record<string, Record<string, unknown>>>;
        readonly required: readonly string[];
        readonly propertyNames: unknown;
      };
    };
  };
  const { properties, required, propertyNames } = schema.properties.config;

  test("lists every key below nines:, and which are needed", () => {
    expect(Object.keys(properties)).toEqual(Object.keys(stackConfigSchema.shape).map((key) => `nines:${key}`));
    expect(required).toEqual(["nines:system", "nines:environment", "nines:target", "nines:load", "nines:images"]);
  });

  test("offers the names that are there, and targets that are built", () => {
    expect([
      properties["nines:system"]?.["enum"],
      properties["nines:environment"]?.["enum"],
      properties["nines:target"]?.["enum"],
    ]).toEqual([["embedding"], ["dev", "prod"], ["aws", "kubernetes"]]);
    expect((stackSchema() as typeof schema).properties.config.properties["nines:system"]).not.toHaveProperty("enum");
  });

  test("every key has a description; ranges are said", () => {
    for (const property of Object.values(properties))
      expect(property["description"]).toEqual(expect.stringMatching(/\S/));
    expect(properties["nines:utilisationCeiling"]).toMatchObject({ type: "number", exclusiveMinimum: 0, maximum: 1 });
  });

  test("an unknown key below nines: is refused, another namespace is not", () => {
    expect(propertyNames).toEqual({ anyOf: [{ enum: Object.keys(properties) }, { not: { pattern: "^nines:" } }] });
  });
});
