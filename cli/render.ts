import { resolve } from "node:path";
import { Option, type Command } from "commander";
import { MistakesError, type Mistake, type Report } from "../model";
import { Problem } from "../preview/problem";
import type { Rendered } from "../preview/render/objects";
import type { ExitCode } from "../preview/verdict";
import { today } from "./as-of";
import { finish, say } from "./exit";
import { addRunOptions, runOf, type RunOptions } from "./run-options";
import { keepStandardOutput, print, progress } from "./screen";

interface Options extends RunOptions {
  readonly to: string;
  readonly layout: "flat" | "overlays";
  readonly force?: boolean;
  readonly directory?: string;
}

export function addRender(program: Command): void {
  const command = program
    .command("render")
    .description("write a stack's objects of Kubernetes as plain YAML, one a file, for GitOps; nothing is deployed")
    .argument("<stack...>", "the stack; for overlays that of each environment, or one of a system for all that it has")
    .requiredOption("--to <dir>", "the folder; what an earlier render wrote there is replaced")
    .addOption(
      new Option("--layout <layout>", "overlays: base/ and overlays/ of the environments, for kustomize")
        .choices(["flat", "overlays"])
        .default("flat"),
    )
    .option("--force", "into a folder that holds files of others: they stay")
    .option("-C, --directory <dir>", "a folder in the project (default: this one)");
  addRunOptions(command).action(async (stacks: readonly string[], options: Options) =>
    finish(await render(stacks, options)),
  );
}

async function render(named: readonly string[], options: Options): Promise<ExitCode> {
  keepStandardOutput();
  const [{ previewProject, variantsOf }, { exitCodes, worst }] = await Promise.all([
    import("./run"),
    import("../preview/verdict"),
  ]);
  const directory = resolve(options.directory ?? ".");
  const [first = "", ...others] = named;
  if (options.layout === "flat" && others.length > 0)
    throw new Problem(`one stack is rendered at a time; --layout overlays takes several: ${named.join(", ")}`);
  const environments = options.layout === "flat" ? new Map([[first, ""]]) : variantsOf(directory, named);
  const { reports, problems } = await previewProject([...environments.keys()], {
    filters: [],
    asOf: today(),
    against: undefined,
    step: progress(),
    demand: undefined,
    directory,
    run: runOf(options),
    resourcesOnly: true,
  });
  for (const problem of problems) say(problem);
  if (problems.length > 0) return worst(problems.map(({ ends }) => exitCodes[ends]));
  const refused = reports.reports.filter(({ planned }) => planned?.ok === false);
  const { mistakesText } = await import("../preview/mistakes");
  try {
    if (reports.mistakes.length > 0) throw new MistakesError(reports.mistakes);
    if (refused.length === 0) await write(reports.reports, environments, options);
  } catch (error) {
    if (!(error instanceof MistakesError)) throw error;
    print(mistakesText(error.mistakes));
    return exitCodes.configuration;
  }
  if (refused.length === 0) return exitCodes.fine;
  const { infeasibleText } = await import("../preview/infeasible");
  print(refused.map(infeasibleText).join("\n\n"));
  return exitCodes.infeasible;
}

/** @throws MistakesError where an object cannot be written: then none is */
async function write(
  reports: readonly Report[],
  environments: ReadonlyMap<string, string>,
  { to, layout, force }: Options,
): Promise<void> {
  const [{ filesOf }, { writeFolder }, { renderedText }, { renderedObjects }, { overlayFiles }] = await Promise.all([
    import("../preview/render/files"),
    import("../preview/render/folder"),
    import("../preview/render/text"),
    import("../preview/render/objects"),
    import("../preview/render/overlays"),
  ]);
  const mistakes: Mistake[] = [];
  const found: (Rendered & { readonly stack: string })[] = [];
  for (const { stack, resources } of reports) {
    const rendered = renderedObjects(stack, resources);
    mistakes.push(...rendered.mistakes);
    found.push({ stack, ...rendered });
    if (rendered.mistakes.length === 0 && rendered.objects.length === 0)
      throw new Problem(`${stack} has no object of Kubernetes to write`);
  }
  if (mistakes.length > 0) throw new MistakesError(mistakes);
  const variants = found.map(({ stack, objects }) => ({
    stack,
    objects,
    environment: environments.get(stack) ?? stack,
  }));
  const files =
    layout === "overlays" ? overlayFiles(variants) : variants.flatMap(({ stack, objects }) => filesOf(stack, objects));
  for (const mended of writeFolder(to, files, force === true)) process.stderr.write(`${mended}\n`);
  print(renderedText(to, files, found));
}
