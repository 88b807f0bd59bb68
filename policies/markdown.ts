import type { Rule } from "./rule";

const cell = (text: string): string => text.replace(/\|/g, "\\|").replace(/\n/g, " ");

function table(rules: readonly Rule[]): readonly string[] {
  return [
    "| rule | what it asks, and why | dev | staging | prod | peers |",
    "|---|---|---|---|---|---|",
    ...rules.map(
      ({ id, title, about, severity, peers }) =>
        `| \`${id}\` | ${cell(title)}. ${cell(about)} | ${severity.dev} | ${severity.staging} | ${severity.prod} | ${cell(peers.join(", ")) || "-"} |`,
    ),
  ];
}

/** What one provider refuses, in its own words. */
function refusals(deployable: readonly Rule[], by: "AWS" | "Kubernetes"): readonly string[] {
  const own = deployable.filter(({ about }) => about.startsWith(`${by}: `));
  return [
    `## What ${by} would refuse (${own.length})`,
    "",
    "| rule | argument | its words |",
    "|---|---|---|",
    ...own.map(({ id, title, about }) => `| \`${id}\` | ${cell(title)} | ${cell(about.slice(by.length + 2))} |`),
    "",
  ];
}

/** docs/rules.md: every rule with its severity by tier and the same thought in other checkers. */
export function rulesMarkdown(rules: readonly Rule[]): string {
  const judged = rules.filter(({ id }) => !id.startsWith("deployable/"));
  const deployable = rules.filter(({ id }) => id.startsWith("deployable/"));
  return [
    "# Rules",
    "",
    "<!-- Written by `npm run docs:rules` from policies/; change the rule, not this page. -->",
    "",
    `${rules.length} rules judge what was registered, not what was intended. A mandatory rule that fails ends with exit 5, and stops \`pulumi up\` under the policy`,
    "pack; an advisory one is printed. A reading that is not known before the deploy is *undecided*, never passed (`--strict` makes a mandatory one an exit 11).",
    "Severity follows the environment's tier, prod for a program without a plan; one finding may be milder than its rule (plain HTTP inside a private network, a",
    "cache whose loss only slows down). A waiver in the environment or the stack names a rule, perhaps a part, a reason and an end date; from the day after, the rule counts again.",
    "",
    `## What was built (${judged.length})`,
    "",
    ...table(judged),
    "",
    "Those that follow are checked on recorded inputs, so a `transform` is seen too. [limits.md](limits.md) has each of AWS's rules, those that cannot be broken, and those",
    "out of reach; and the rules of Kubernetes' API server.",
    "",
    ...refusals(deployable, "AWS"),
    ...refusals(deployable, "Kubernetes"),
  ].join("\n");
}
