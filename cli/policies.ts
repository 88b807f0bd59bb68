import type { Command } from "commander";
import { finish } from "./exit";
import { print, printRaw } from "./screen";

export function addPolicies(program: Command): void {
  program
    .command("policies")
    .description("every rule: its severity in dev, staging and prod, and the same thought in other checkers")
    .option("--json", "print the rules as JSON")
    .action(async (options: { readonly json?: boolean }) => {
      const { rules } = await import("../policies");
      if (options.json === true) {
        const told = rules.map(({ id, title, about, severity, peers }) => ({ id, title, about, severity, peers }));
        printRaw(JSON.stringify({ schema: 1, rules: told }, null, 2));
      } else {
        const { rulesText } = await import("../preview/rules-text");
        print(rulesText(rules));
      }
      finish(0);
    });
}
