import { readFileSync } from "node:fs";
import * as path from "node:path";
import { z } from "zod";
import { clusterOf } from "../capacity/request-cluster";
import { environmentSchema } from "../model/schema";

interface Form {
  readonly properties?: Readonly<Record<string, Form>>;
  readonly additionalProperties?: Form | boolean;
  readonly anyOf?: readonly Form[];
  readonly oneOf?: readonly Form[];
}

/** Every word that a form takes, by its path; of a mapping by names of the user's own the name is `*`. */
function words(form: Form, above: string): readonly string[] {
  const inner = Object.entries(form.properties ?? {}).flatMap(([key, each]) => {
    const here = above === "" ? key : `${above}.${key}`;
    return [here, ...words(each, here)];
  });
  const { additionalProperties: named } = form;
  const byName = typeof named === "object" && named.properties !== undefined ? words(named, `${above}.*`) : [];
  const either = [...(form.anyOf ?? []), ...(form.oneOf ?? [])].flatMap((each) => words(each, above));
  return [...new Set([...inner, ...byName, ...either])];
}

const form = z.toJSONSchema(environmentSchema, { unrepresentable: "any" }) as Form;
const page = readFileSync(path.join(__dirname, "../docs/environment.md"), "utf8");

/** First cells of the table below a heading, without their backticks. */
function rows(heading: string): readonly string[] {
  const [, section = ""] = page.split(`## ${heading}\n`);
  const [until = ""] = section.split("\n## ");
  return until
    .split("\n")
    .filter((line) => line.startsWith("| `"))
    .map((line) => line.slice(3, line.indexOf("`", 3)));
}

test("the page has every word of an environment, and no other", () => {
  const all = Object.keys(form.properties ?? {});
  expect(all.length).toBeGreaterThan(10);
  expect([...rows("Words of every environment")].sort()).toEqual(all.sort());
});

test("and every word of its clusters, however deep", () => {
  const { kubernetes = {} } = form.properties ?? {};
  const all = words(kubernetes, "");
  expect(all).toEqual(expect.arrayContaining(["clusters.*.context", "nodes.karpenter.nodeClass", "quota.roomShare"]));
  expect([...rows("Words of `kubernetes`")].sort()).toEqual([...all].sort());
});

test("its defaults are those that are planned with", () => {
  const cluster = clusterOf(
    "kubernetes",
    { kubernetes: { clusters: { here: { context: "c" } }, nodes: { platform: "eks", machine: "m7i.large" } } },
    "shop-prod",
    "here",
  );
  const defaultOf = (word: string): string => {
    const row = page.split("\n").find((line) => line.startsWith(`| \`${word}\` |`)) ?? "";
    return row.split(" | ").at(-1)?.replace(/ \|$/, "") ?? "";
  };
  expect(defaultOf("has")).toBe(cluster?.has.map((addon) => `\`${addon}\``).join(", "));
  expect(cluster).toMatchObject({ namespace: { name: "shop-prod", create: true }, quota: null, certificate: null });
  expect(defaultOf("namespace")).toContain("the stack's name");
  expect(cluster?.door).toEqual({ gateway: "envoy-gateway" });
  expect(defaultOf("door")).toContain('`{ gateway: "envoy-gateway" }`');
  for (const word of ["quota", "certificate", "prometheusLabels", "serviceAccounts", "priorityClass"])
    expect(defaultOf(word)).toMatch(/^none/);
});
