import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { foreignProject } from "../../preview/foreign/project-file";
import { stackConfig } from "../../preview/foreign/stack-config";
import type { Recording } from "../../preview/record";
import { recordProject, type ProjectRunOptions } from "../../preview/record-project";

const repository = join(__dirname, "..", "..");

/** Somebody's project: a folder of files that knows nothing of nines, with the repository's node_modules. */
export interface AProgram {
  readonly root: string;
  write(file: string, text: string): void;
  record(
    stack?: string,
    given?: Partial<Pick<ProjectRunOptions, "keepEnvironment" | "timeoutSeconds">> & {
      readonly config?: Readonly<Record<string, string>>;
    },
  ): Promise<Recording>;
  delete(): void;
}

/** By default a Pulumi.yaml of runtime nodejs, called `shop`. */
export function aProgram(files: Readonly<Record<string, string>>, { installed = true } = {}): AProgram {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "nines-program-")));
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const all = { "Pulumi.yaml": "name: shop\nruntime: nodejs\n", "package.json": '{ "name": "shop" }\n', ...files };
  for (const [file, text] of Object.entries(all)) write(file, text);
  if (installed) symlinkSync(join(repository, "node_modules"), join(root, "node_modules"));
  return {
    root,
    write,
    async record(stack = "dev", { config = {}, ...given } = {}) {
      const project = foreignProject(root);
      const configured = stackConfig(project, stack, config);
      if (!configured.ok) throw new Error(JSON.stringify(configured.mistakes));
      return recordProject(project, {
        ...configured.config,
        stack,
        keepEnvironment: false,
        timeoutSeconds: 60,
        ...given,
      });
    },
    delete: () => rmSync(root, { recursive: true, force: true }),
  };
}
