import { resolve } from "node:path";
import type { Command } from "commander";
import { MistakesError, type Report } from "../model";
import type { ExitCode } from "../preview/verdict";
import { Problem } from "../preview/problem";
import { today } from "./as-of";
import { finish, say } from "./exit";
import { addRunOptions, runOf, type RunOptions } from "./run-options";
import { keepStandardOutput, print, progress } from "./screen";

interface Options extends RunOptions {
  readonly to: string;
  readonly force?: boolean;
  readonly directory?: string;
}

export function addRender(program: Command): void {
  const command = program
    .command("render")
    .description("write a stack's objects of Kubernetes as plain YAML, one a file, for GitOps; nothing is deployed")
    .argument("<stack>", "the stack")
    .requiredOption("--to <dir>", "the folder; what an earlier render wrote there is replaced")
    .option("--force", "into a folder that holds files of others: they stay")
    .option("-C, --directory <dir>", "a folder in the project (default: this one)");
  addRunOptions(command).action(async (stack: string, options: Options) => finish(await render(stack, options)));
}

async function render(stack: string, options: Options): Promise<ExitCode> {
  keepStandardOutput();
  const [{ previewProject }, { exitCodes, worst }] = await Promise.all([import("./run"), import("../preview/verdict")]);
  const { reports, problems } = await previewProject([stack], {
    filters: [],
    asOf: today(),
    against: undefined,
    step: progress(),
    demand: undefined,
    directory: resolve(options.directory ?? "."),
    run: runOf(options),
  });
  for (const problem of problems) say(problem);
  if (problems.length > 0) return worst(problems.map(({ ends }) => exitCodes[ends]));
  try {
    const [report] = reports.reports;
    if (reports.mistakes.length > 0) throw new MistakesError(reports.mistakes);
    if (report === undefined) throw new Problem(`${stack} has nothing to render`);
    if (report.planned?.ok === false) {
      print((await import("../preview/infeasible")).infeasibleText(report));
      return exitCodes.infeasible;
    }
    await write(report, options);
    return exitCodes.fine;
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    print((await import("../preview/mistakes")).mistakesText(error.mistakes));
    return exitCodes.configuration;
  }
}

/** @throws MistakesError where an object cannot be written: then none is */
async function write(report: Report, { to, force }: Options): Promise<void> {
  const [{ renderedFiles }, { writeFolder }, { renderedText }] = await Promise.all([
    import("../preview/render/files"),
    import("../preview/render/folder"),
    import("../preview/render/text"),
  ]);
  const { files, rendered } = renderedFiles(report);
  writeFolder(to, files, force === true);
  print(renderedText(to, files, rendered));
}
