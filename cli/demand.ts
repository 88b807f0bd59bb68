import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { Problem, firstLine } from "../preview/problem";
import type { ExitCode } from "../preview/verdict";
import { today } from "./as-of";
import { finish, say } from "./exit";
import type { Done } from "./done";
import { addRunOptions, runOf, type RunOptions } from "./run-options";
import { keepStandardOutput, print, printRaw, progress } from "./screen";

interface Options extends RunOptions {
  readonly from?: string;
  readonly directory?: string;
  readonly to?: string;
}

export function addDemand(program: Command): void {
  const command = program
    .command("demand")
    .description(
      "what a program must carry, as a file to fill in: its replica groups, with what no resource tells left open",
    )
    .argument("[stack]", "the stack (default: the first)")
    .option(
      "--from <file or folder>",
      "of pulumi preview --json, of pulumi stack export, or manifests of Kubernetes (- is standard input)",
    )
    .option("-C, --directory <dir>", "a folder in the project (default: this one)");
  addRunOptions(command)
    .option("--to <file>", "write it there; a file that exists is not touched (default: print it)")
    .action(async (stack: string | undefined, options: Options) => finish(await demand(stack, options)));
}

async function demand(stack: string | undefined, options: Options): Promise<ExitCode> {
  keepStandardOutput();
  if (options.to !== undefined && existsSync(options.to))
    throw new Problem(`${options.to} is there already: name another file, or none to print it`);
  const [done, { exitCodes, worst }, { demandSkeleton }] = await Promise.all([
    found(stack, options),
    import("../preview/verdict"),
    import("../preview/demand-skeleton"),
  ]);
  for (const problem of done.problems) say(problem);
  if (done.problems.length > 0) return worst(done.problems.map(({ ends }) => exitCodes[ends]));
  const { mistakes, reports } = done.reports;
  if (mistakes.length > 0) {
    print((await import("../preview/mistakes")).mistakesText(mistakes));
    return exitCodes.configuration;
  }
  const [report] = reports;
  if (report === undefined) throw new Problem("there is no stack to read");
  if (report.planned !== null)
    throw new Problem(`${report.stack} is planned by nines, and states its own load: nines explain ${report.stack}`);
  const text = demandSkeleton(report);
  if (text === undefined)
    throw new Problem(
      `${report.stack} has no replica group and no store that is read, so nothing in it carries a load`,
    );
  if (options.to === undefined) printRaw(text.trimEnd());
  else write(options.to, text);
  return exitCodes.fine;
}

async function found(stack: string | undefined, options: Options): Promise<Done> {
  const { from, directory } = options;
  const given = { asOf: today(), against: undefined, demand: undefined };
  if (from !== undefined) {
    if (stack !== undefined) throw new Problem("--from reads one file: name no stack beside it");
    return (await import("./from")).previewFile(from, given);
  }
  const run = runOf(options);
  const project = { filters: [], step: progress(), directory: resolve(directory ?? "."), run };
  return (await import("./run")).previewProject(stack === undefined ? [] : [stack], { ...given, ...project });
}

function write(path: string, text: string): void {
  try {
    // wx: whoever made the file in between keeps it.
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    throw new Problem(`${path} cannot be written: ${firstLine(error)}`);
  }
  process.stderr.write(`wrote ${path}: fill it in, then nines preview --demand ${path}\n`);
}
