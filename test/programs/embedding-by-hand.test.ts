import { join } from "node:path";
import { readParts } from "../../components/readers";
import { plain, resourceGraph } from "../../model";
import { foreignProject } from "../../preview/foreign/project-file";
import { stackConfig } from "../../preview/foreign/stack-config";
import { recordProject } from "../../preview/record-project";
import { differs, strip } from "../components/strip";
import { recordStack, shipped } from "../stacks";

test("embedding-prod written by hand reads back to the Parts that nines plans for it", async () => {
  const prod = shipped.find(({ stack }) => stack === "embedding-prod");
  if (prod === undefined) throw new Error("embedding-prod is not shipped");
  const { plan } = await recordStack(prod);
  const project = foreignProject(join(__dirname, "embedding-by-hand"));
  const configured = stackConfig(project, "prod", {});
  if (!configured.ok) throw new Error(JSON.stringify(configured.mistakes));
  const { resources } = await recordProject(project, {
    ...configured.config,
    stack: "prod",
    keepEnvironment: false,
    timeoutSeconds: 60,
  });
  const { parts, claims, conflicts } = readParts("aws", resourceGraph(strip(resources)));
  expect(differs(plan.parts, parts.map(plain))).toBeUndefined();
  expect(conflicts).toEqual([]);
  const claimed = new Set(claims.map(({ urn }) => urn));
  expect(strip(resources).filter(({ urn, type }) => !claimed.has(urn) && !type.startsWith("pulumi:"))).toEqual([]);
});
