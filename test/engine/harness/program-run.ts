import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { parse, stringify } from "yaml";
import type { Resource } from "../../../model";
import { foreignProject } from "../../../preview/foreign/project-file";
import { stackConfig } from "../../../preview/foreign/stack-config";
import { recordProject } from "../../../preview/record-project";
import { serve, type ServedCloud } from "../provider/service";
import { Engine } from "./engine";
import { pluginsOf, projectFolder, type ProjectFolder } from "./project";

const root = path.join(__dirname, "../../..");

/** A project that nines did not write, with a cloud and an engine of its own. */
export interface ProgramRun {
  readonly project: ProjectFolder;
  readonly stack: string;
  readonly served: ServedCloud;
  readonly engine: Engine;
  /** What `nines preview -C` records of it, as the engine lists it: without the providers that an engine adds. */
  recorded(): Promise<readonly Resource[]>;
  end(): void;
}

/** @param folder Of the program, which is changed: its Pulumi.yaml names the two providers. */
export async function startProgram(folder: string, stack: string): Promise<ProgramRun> {
  const served = await serve();
  const file = path.join(folder, "Pulumi.yaml");
  const asShipped = readFileSync(file, "utf8");
  const project = projectFolder(folder);
  writeFileSync(file, stringify({ ...(parse(asShipped) as object), plugins: pluginsOf(folder, served.port) }));
  const engine = new Engine(project, stack);
  await engine.init();
  return {
    project,
    stack,
    served,
    engine,
    recorded: () => recordedOf(folder, stack),
    end: () => {
      served.stop();
      project.remove();
    },
  };
}

/** Somebody's program in a file, with the repository's SDKs, and the library as it is built. */
export function programIn(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "nines-engine-"));
  const library = path.join(root, "dist/components/aws/library.js");
  const all = {
    "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
    "package.json": '{ "name": "shop" }\n',
    "node_modules/nines/aws.js": `module.exports = require(${JSON.stringify(library)});\n`,
    ...files,
  };
  for (const [file, text] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  symlinkSync(path.join(root, "node_modules/@pulumi"), path.join(folder, "node_modules/@pulumi"));
  return folder;
}

async function recordedOf(folder: string, stack: string): Promise<readonly Resource[]> {
  const project = foreignProject(folder);
  const configured = stackConfig(project, stack, {});
  if (!configured.ok) throw new Error(JSON.stringify(configured.mistakes));
  const options = { ...configured.config, stack, keepEnvironment: false, timeoutSeconds: 60 };
  const { resources } = await recordProject(project, options);
  return resources.filter(({ urn }) => !isDefault(urn)).map(withoutDefault);
}

const isDefault = (urn: string): boolean => /::pulumi:providers:\w+::default$/.test(urn);

function withoutDefault({ provider, ...resource }: Resource): Resource {
  return provider === undefined || isDefault(provider) ? resource : { ...resource, provider };
}
