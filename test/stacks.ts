import * as path from "node:path";
import { requestOf } from "../capacity";
import { deploy } from "../components";
import type { Transforms } from "../components/kubernetes";
import type { Plan, Request, Resource, Target } from "../model";
import { loadTables } from "../preview/load-stacks";
import { recordInProcess } from "../preview/record";
import { planIn } from "../preview/report";
import { folderOnDisk } from "../preview/stack-folder";
import { pulumiConfig, stackFiles, type StackFile } from "../preview/stack-files";

const folder = folderOnDisk(path.join(__dirname, ".."));
export const tables = loadTables(folder);

/** The stacks that the repository ships. */
export const shipped: readonly StackFile[] = stackFiles(folder);

/** Those of a target. */
export function shippedOn(target: Target): readonly StackFile[] {
  return shipped.filter(({ config }) => (config["nines:target"] ?? config["target"]) === target);
}

export interface RecordedStack {
  readonly plan: Plan;
  readonly resources: readonly Resource[];
  readonly outputs: Readonly<Record<string, unknown>>;
}

/** Runs a stack as `pulumi preview` would, with its tables or others in their place. */
export async function recordStack(
  file: StackFile,
  given: Partial<Pick<typeof tables, "systems" | "environments">> & { readonly transform?: Transforms } = {},
): Promise<RecordedStack> {
  const { resources, outputs } = await recordInProcess(
    () => deploy({ systems: tables.systems, environments: tables.environments, ...given }),
    {
      project: "nines",
      stack: file.stack,
      ...pulumiConfig(file),
    },
  );
  const plan = planIn(resources);
  if (plan === null) throw new Error(`${file.stack} registered no plan`);
  return { plan, resources, outputs };
}

/** The checked request of a shipped stack. */
export function requestFor(file: StackFile): Request {
  const asked = requestOf({
    stack: file.stack,
    file: file.file,
    config: file.config,
    systems: tables.systems,
    environments: tables.environments,
    locate: file.locate,
  });
  if (!asked.ok) throw new Error(JSON.stringify(asked.mistakes, undefined, 1));
  return asked.request;
}

/** A shipped stack with other configuration. */
export function configured(stack: string, config: Readonly<Record<string, unknown>>): StackFile {
  const file = shipped.find((each) => each.stack === stack);
  if (!file) throw new Error(`no stack ${stack}`);
  return { ...file, config: { ...file.config, ...config } };
}
