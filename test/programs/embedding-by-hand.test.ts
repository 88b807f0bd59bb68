import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { readParts } from "../../components/readers";
import { plain, resourceGraph } from "../../model";
import { recordInProcess } from "../../preview/record";
import { differs, strip } from "../components/strip";
import { recordStack, shipped } from "../stacks";

test("embedding-prod written by hand reads back to the Parts that nines plans for it", async () => {
  const prod = shipped.find(({ stack }) => stack === "embedding-prod");
  if (prod === undefined) throw new Error("embedding-prod is not shipped");
  const { plan } = await recordStack(prod);
  const { config } = parse(readFileSync(join(__dirname, "embedding-by-hand", "Pulumi.prod.yaml"), "utf8"));
  const { resources } = await recordInProcess(() => require("./embedding-by-hand/index"), {
    project: "embedding-by-hand",
    stack: "prod",
    config,
  });
  const { parts, claims, conflicts } = readParts("aws", resourceGraph(strip(resources)));
  expect(differs(plan.parts, parts.map(plain))).toBeUndefined();
  expect(conflicts).toEqual([]);
  const claimed = new Set(claims.map(({ urn }) => urn));
  expect(strip(resources).filter(({ urn, type }) => !claimed.has(urn) && !type.startsWith("pulumi:"))).toEqual([]);
});
