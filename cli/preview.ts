import { resolve } from "node:path";
import { InvalidArgumentError, Option, type Command } from "commander";
import type { Mistake, Report, Reports } from "../model";
import { visible } from "../model/visible";
import { Problem } from "../preview/problem";
import type { Demand } from "../preview/demand-file";
import type { ExitCode } from "../preview/verdict";
import { asOf, today } from "./as-of";
import { demandIn, withDemandMistakes } from "./demand-in";
import { finish, say } from "./exit";
import type { Filter } from "./project";
import type { Done } from "./done";
import { addRunOptions, runOf, type RunOptions } from "./run-options";
import { keepStandardOutput, print, printRaw, progress } from "./screen";

interface Options extends RunOptions {
  readonly from?: string;
  readonly against?: string;
  readonly demand?: string;
  readonly filter: readonly Filter[];
  readonly asOf?: string;
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly strict?: boolean;
  readonly directory?: string;
}

export function addPreview(program: Command): void {
  const command = program
    .command("preview")
    .description(
      "what would be created or changed, how many replicas, what it costs, how long it stays up, which rules it breaks",
    )
    .argument("[stack...]", "stacks (default: all)")
    .addOption(
      new Option(
        "--from <file or folder>",
        "read it instead of running a project: of pulumi preview --json, of pulumi stack export, or manifests of Kubernetes (- is standard input)",
      ).argParser(once),
    )
    .option(
      "--against <ref or file>",
      "compare with a git ref, a report (--json), a pulumi stack export, or beside manifests with other manifests",
    )
    .option("--demand <file>", "what a program that nines did not plan must carry (nines demand writes one to fill in)")
    .addOption(
      new Option("--filter <key=value>", "only stacks of a system or an environment; repeatable")
        .argParser((text: string, before: readonly Filter[]) => [...before, filter(text)])
        .default([], "all"),
    )
    .option("--as-of <date>", "the day to judge by, YYYY-MM-DD (default: today)", asOf)
    .addOption(new Option("--json", "print reports as JSON").conflicts("markdown"))
    .option("--markdown", "print a comment for a pull request")
    .option("-C, --directory <dir>", "a folder in the project (default: this one)");
  addRunOptions(command)
    .option(
      "--strict",
      "a mandatory rule that cannot be decided counts (exit 11), and a machine that could not deploy (exit 2)",
    )
    .action(async (stacks: readonly string[], options: Options) => {
      requireProject(options, (name) => command.getOptionValueSource(name) === "cli");
      finish(await preview(stacks, options));
    });
}

function once(text: string, before: string | undefined): string {
  if (before === undefined) return text;
  throw new InvalidArgumentError("reads one file, and two are named");
}

/** What only running a program can heed. */
const OF_A_RUN = { config: "--config", directory: "--directory", keepEnv: "--keep-env", timeout: "--timeout" } as const;

function requireProject({ from }: Options, isGiven: (name: string) => boolean): void {
  const given = Object.entries(OF_A_RUN).flatMap(([name, flag]) => (isGiven(name) ? [flag] : []));
  if (from === undefined || given.length === 0) return;
  throw new Problem(
    `--from reads a file and runs nothing: ${given.join(", ")} ${given.length === 1 ? "has" : "have"} no meaning beside it`,
  );
}

function filter(text: string): Filter {
  const [key, ...value] = text.split("=");
  if ((key === "system" || key === "environment") && value.join("=") !== "") return { key, value: value.join("=") };
  throw new InvalidArgumentError("needs system=<name> or environment=<name>");
}

async function preview(names: readonly string[], options: Options): Promise<ExitCode> {
  keepStandardOutput();
  const done = await previewed(names, options);
  for (const note of done.notes) process.stderr.write(`${note}\n`);
  for (const problem of done.problems) say(problem);
  const { refusedHere = [] } = done;
  const { exitCodes, exitOf, worst } = await import("../preview/verdict");
  const code = worst([
    ...done.problems.map(({ ends }) => exitCodes[ends]),
    ...done.reports.mistakes.map(() => exitCodes.configuration),
    ...refusedHere.flatMap(() => (options.strict === true ? [exitCodes.configuration] : [])),
    ...done.reports.reports.map((report) => exitOf(report, options.strict === true)),
  ]);
  const problems = done.problems.length === 0 ? {} : { problems: done.problems.map(({ message }) => message) };
  if (options.json === true) printRaw(JSON.stringify({ ...done.reports, ...problems } satisfies Reports, null, 2));
  else if (options.markdown === true) {
    const { markdownOf } = await import("../preview/markdown");
    printRaw(markdownOf(done.reports));
  } else print(await screens(done.reports, code));
  // Last, where it is seen: above, the report would push it off the screen.
  for (const text of refusedHere) process.stderr.write(`\n${visible(text)}\n`);
  return code;
}

async function previewed(names: readonly string[], options: Options): Promise<Done> {
  const demand = await demandIn(options.demand);
  if (!demand.ok)
    return { reports: { schema: 1, reports: [], removed: [], mistakes: demand.mistakes }, problems: [], notes: [] };
  const done =
    options.from === undefined
      ? await ofProject(names, options, demand.demand)
      : await ofFile(options.from, names, options, demand.demand);
  return withDemandMistakes(done, demand.demand);
}

async function ofProject(names: readonly string[], options: Options, demand: Demand | undefined): Promise<Done> {
  const { previewProject } = await import("./run");
  return previewProject(names, {
    filters: options.filter,
    asOf: options.asOf ?? today(),
    against: options.against,
    step: progress(),
    demand,
    directory: resolve(options.directory ?? "."),
    run: runOf(options),
  });
}

async function ofFile(
  path: string,
  names: readonly string[],
  options: Options,
  demand: Demand | undefined,
): Promise<Done> {
  if (names.length > 0 || options.filter.length > 0)
    throw new Problem("--from reads one file: name no stack and no filter beside it");
  const { previewFile } = await import("./from");
  return previewFile(path, {
    asOf: options.asOf ?? today(),
    asOfAsked: options.asOf !== undefined,
    against: options.against,
    demand,
  });
}

async function screens({ reports, removed, mistakes }: Reports, code: ExitCode): Promise<string> {
  const [{ textOf }, { tableOf }, { mistakesText }] = await Promise.all([
    import("../preview/text"),
    import("../preview/table"),
    import("../preview/mistakes"),
  ]);
  const blocks: string[] = reports.map((report: Report) => textOf(report));
  if (reports.length + removed.length > 1) blocks.push(tableOf({ schema: 1, reports, removed, mistakes }));
  if (mistakes.length > 0) blocks.push(mistakesText(mistakes satisfies readonly Mistake[]));
  return `${blocks.join("\n\n")}${blocks.length > 0 ? "\n" : ""}exit ${code}`;
}
