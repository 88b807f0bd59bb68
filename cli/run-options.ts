import { InvalidArgumentError, Option, type Command } from "commander";
import type { RunChoices } from "../preview/foreign/stack";

/** How a program that nines did not write is run, as it is asked. */
export interface RunOptions {
  readonly config: Readonly<Record<string, string>>;
  readonly keepEnv?: boolean;
  readonly timeout: number;
}

/** Gives a command the options of such a run: what one command asks of a program, every command must be able to give. */
export function addRunOptions(command: Command): Command {
  return command
    .addOption(
      new Option("--config <key=value>", "configuration of a program that nines did not write; repeatable")
        .argParser((text: string, before: Readonly<Record<string, string>>) => ({ ...before, ...configuration(text) }))
        .default({}, "that of its stack"),
    )
    .option("--keep-env", "let such a program see credentials and home (default: neither)")
    .option("--timeout <seconds>", "such a program is ended after that", seconds, 60);
}

export function runOf({ config, keepEnv, timeout }: RunOptions): RunChoices {
  return { config, keepEnvironment: keepEnv === true, timeoutSeconds: timeout };
}

function configuration(text: string): Readonly<Record<string, string>> {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("needs key=value, for example aws:region=us-east-1");
  return { [text.slice(0, at)]: text.slice(at + 1) };
}

function seconds(text: string): number {
  const value = Number(text);
  if (Number.isFinite(value) && value > 0 && value <= 86_400) return value;
  throw new InvalidArgumentError("needs seconds, more than 0 and at most 86400");
}
