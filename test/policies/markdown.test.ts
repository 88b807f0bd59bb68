import { readFileSync } from "node:fs";
import { join } from "node:path";
import { rules, rulesMarkdown } from "../../policies";

test("docs/rules.md is what the rules say: `npm run docs:rules` writes it", () => {
  expect(readFileSync(join(__dirname, "../../docs/rules.md"), "utf8")).toBe(rulesMarkdown(rules));
});

test("every rule stands there once", () => {
  const page = rulesMarkdown(rules);
  for (const { id } of rules) expect(page.split(`| \`${id}\` |`).length - 1).toBe(1);
});
