import { resolve } from "node:path";
import type { Command } from "commander";
import type { Demand } from "../preview/demand-file";
import type { ExitCode } from "../preview/verdict";
import { Problem } from "../preview/problem";
import { asOf, today } from "./as-of";
import { demandIn, withDemandMistakes } from "./demand-in";
import { finish, say } from "./exit";
import type { Done } from "./done";
import { addRunOptions, runOf, type RunOptions } from "./run-options";
import { keepStandardOutput, print, printRaw, progress } from "./screen";

interface Options extends RunOptions {
  readonly asOf?: string;
  readonly json?: boolean;
  readonly directory?: string;
  readonly demand?: string;
  readonly from?: string;
}

export function addExplain(program: Command): void {
  const command = program
    .command("explain")
    .description(
      "each number of one stack: what was weighed, what bound it, where each setting came from, what is assumed",
    )
    .argument("[stack]", "the stack (default: the only one)")
    .option(
      "--from <file or folder>",
      "of pulumi preview --json, of pulumi stack export, or manifests of Kubernetes (- is standard input)",
    )
    .option("--as-of <date>", "the day to judge by, YYYY-MM-DD (default: today)", asOf)
    .option("-C, --directory <dir>", "a folder in the project (default: this one)")
    .option("--demand <file>", "what a program that nines did not plan must carry");
  addRunOptions(command)
    .option("--json", "print the report as JSON")
    .action(async (stack: string | undefined, options: Options) => finish(await explain(stack, options)));
}

async function explain(stack: string | undefined, options: Options): Promise<ExitCode> {
  keepStandardOutput();
  const { exitCodes, worst } = await import("../preview/verdict");
  const stated = await demandIn(options.demand);
  if (!stated.ok) {
    print((await import("../preview/mistakes")).mistakesText(stated.mistakes));
    return exitCodes.configuration;
  }
  const { reports, problems } = withDemandMistakes(await found(stack, options, stated.demand), stated.demand);
  for (const problem of problems) say(problem);
  if (options.json === true) printRaw(JSON.stringify(reports, null, 2));
  else if (reports.mistakes.length > 0) print((await import("../preview/mistakes")).mistakesText(reports.mistakes));
  else {
    const { explainText } = await import("../preview/explain");
    for (const report of reports.reports) print(explainText(report));
  }
  // Explaining judges nothing: a broken rule is preview's to refuse.
  return worst([
    ...problems.map(({ ends }) => exitCodes[ends]),
    ...reports.mistakes.map(() => exitCodes.configuration),
    ...reports.reports.filter((report) => report.planned?.ok === false).map(() => exitCodes.infeasible),
  ]);
}

async function found(stack: string | undefined, options: Options, demand: Demand | undefined): Promise<Done> {
  const { from } = options;
  const given = { asOf: options.asOf ?? today(), against: undefined, demand };
  if (from !== undefined) {
    if (stack !== undefined) throw new Problem("--from reads one file: name no stack beside it");
    return (await import("./from")).previewFile(from, { ...given, asOfAsked: options.asOf !== undefined });
  }
  const { previewProject, stacksIn } = await import("./run");
  const directory = resolve(options.directory ?? ".");
  return previewProject(stack === undefined ? only(stacksIn(directory)) : [stack], {
    ...given,
    filters: [],
    step: progress(),
    directory,
    run: runOf(options),
  });
}

/** The stack that is meant where none is named; none where the project has no file of one. */
function only(stacks: readonly string[]): readonly string[] {
  const [first, ...others] = stacks;
  if (first === undefined || others.length === 0) return stacks;
  throw new Problem(`explain takes one stack; there are ${stacks.join(", ")}: nines explain ${first}`);
}
