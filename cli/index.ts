#!/usr/bin/env node
// THE COMMAND LINE. In: arguments, the clock, the terminal. Out: text, JSON, an exit code; nothing else in the project reads or
// writes these. One file a command; each loads what it needs when it runs. Imports preview and policies; nobody imports this.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, CommanderError } from "commander";
import { addDemand } from "./demand";
import { finish, guardSilentEnd, say } from "./exit";
import { addExplain } from "./explain";
import { addInit } from "./init";
import { addPolicies } from "./policies";
import { addPreview } from "./preview";
import { addRender } from "./render";

/** What the command says it is; package.json lies above dist/ as it lies above the sources. */
function version(): string {
  for (const folder of ["..", join("..", "..")]) {
    try {
      const content = JSON.parse(readFileSync(join(__dirname, folder, "package.json"), "utf8")) as {
        readonly name?: string;
        readonly version?: string;
      };
      if (content.name === "nines" && content.version !== undefined) return content.version;
    } catch {
      // Not in this folder.
    }
  }
  return "unknown";
}

async function main(): Promise<void> {
  guardSilentEnd();
  const program = new Command("nines")
    .description("Replicas, cost and nines before anything is deployed")
    .version(version())
    .showSuggestionAfterError()
    .exitOverride();
  // Before the commands are added: they take the setting over.
  program.configureHelp({ helpWidth: 100 });
  addPreview(program);
  addExplain(program);
  addDemand(program);
  addRender(program);
  addPolicies(program);
  addInit(program);
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) return finish(error.exitCode);
    say(error);
    finish(1);
  }
}

void main();
