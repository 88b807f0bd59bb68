import * as path from "node:path";
import { availabilityOf } from "../availability";
import { requestOf } from "../capacity";
import { deploy } from "../components";
import { readParts } from "../components/readers";
import { costOf } from "../cost";
import type { Request, Resource } from "../model";
import { resourceGraph } from "../model";
import type { Subject } from "../policies";
import { loadTables } from "../preview/load-stacks";
import { recordInProcess } from "../preview/record";
import { planIn } from "../preview/report";
import { folderOnDisk } from "../preview/stack-folder";
import { pulumiConfig, stackFiles } from "../preview/stack-files";

const folder = folderOnDisk(path.join(__dirname, ".."));
const tables = loadTables(folder);

/** The checked request of a shipped stack. */
export function loadRequest(stack: string): Request {
  const file = stackFiles(folder).find((each) => each.stack === stack);
  if (!file) throw new Error(`no stack ${stack}`);
  const asked = requestOf({
    stack,
    file: file.file,
    config: file.config,
    systems: tables.systems,
    environments: tables.environments,
    locate: file.locate,
  });
  if (!asked.ok) throw new Error(JSON.stringify(asked.mistakes));
  return asked.request;
}

/** What rules judge, for so many resources at least: a recorded stack over and over, each copy under names of its own. */
export async function ruleSubject(least: number): Promise<Subject> {
  const stack = "embedding-prod";
  const file = stackFiles(folder).find((each) => each.stack === stack);
  if (!file) throw new Error(`no stack ${stack}`);
  const { resources } = await recordInProcess(() => deploy(tables), { project: "nines", stack, ...pulumiConfig(file) });
  const plan = planIn(resources);
  const custom = resources.filter((resource) => resource.custom);
  const copies = Array.from({ length: Math.ceil(least / custom.length) }, (_, i) =>
    custom.map((resource) => copied(resource, i)),
  ).flat();
  const graph = resourceGraph(copies);
  const { parts, conflicts } = readParts("aws", graph);
  return {
    parts,
    resources: copies,
    graph,
    plan,
    basis: plan,
    cost: costOf(parts, plan),
    availability: plan && availabilityOf(parts, plan),
    conflicts,
    baseline: null,
    asOf: "2026-11-21",
  };
}

function copied(resource: Resource, copy: number): Resource {
  const named = (urn: string): string => `${urn}-${copy}`;
  return {
    ...resource,
    urn: named(resource.urn),
    name: `${resource.name}-${copy}`,
    dependencies: resource.dependencies.map(named),
    propertyDependencies: Object.fromEntries(
      Object.entries(resource.propertyDependencies).map(([property, urns]) => [property, urns.map(named)]),
    ),
  };
}
