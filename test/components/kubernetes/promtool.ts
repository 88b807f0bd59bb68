import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { stringify } from "yaml";
import type { RuleGroup } from "../../../components/kubernetes/prometheus-rule";
import { ruleFile } from "../../../components/kubernetes/prometheus-rule";
import { suiteWith } from "../../needs";

/** A suite that needs promtool. */
export function promtoolSuite(name: string, suite: () => void): void {
  suiteWith(["promtool"], name, suite);
}

function run(files: Readonly<Record<string, string>>, args: readonly string[]): string {
  const folder = mkdtempSync(path.join(tmpdir(), "nines-promtool-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const { status, stdout, stderr } = spawnSync("promtool", args, { cwd: folder, encoding: "utf8" });
    return status === 0 ? "" : `exit ${status}\n${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What promtool finds wrong with the file, lint included; nothing: empty. */
export function checkRules(groups: readonly RuleGroup[]): string {
  return run({ "rules.yml": ruleFile(groups) }, ["check", "rules", "--lint=all", "--lint-fatal", "rules.yml"]);
}

export interface RuleCase {
  readonly name: string;
  /** Series, in promtool's notation, a value a minute. */
  readonly series: Readonly<Record<string, string>>;
  /** Alerts that fire, each as `name severity`, at a moment. */
  readonly firing: readonly { readonly at: string; readonly alerts: readonly string[] }[];
  /** Values of queries; null: no result. */
  readonly values?: readonly { readonly at: string; readonly query: string; readonly value: number | null }[];
}

/** What promtool finds otherwise than expected. Every alert of the groups is asked for at every moment: one that is not named must not fire. */
export function testRules(groups: readonly RuleGroup[], cases: readonly RuleCase[]): string {
  const names = [
    ...new Set(groups.flatMap(({ rules }) => rules.flatMap((rule) => ("alert" in rule ? [rule.alert] : [])))),
  ];
  const tests = cases.map((one) => ({
    name: one.name,
    interval: "1m",
    input_series: Object.entries(one.series).map(([series, values]) => ({ series, values })),
    promql_expr_test: [
      ...(one.values ?? []).map(({ at, query, value }) => ({
        // To six places: sums of floats differ in the last.
        expr: `round(sum(${query}) * 1e6)`,
        eval_time: at,
        exp_samples: value === null ? [] : [{ labels: "{}", value: Math.round(value * 1e6) }],
      })),
      ...one.firing.flatMap(({ at, alerts }) =>
        names.map((name) => {
          const severities = alerts.filter((alert) => alert.startsWith(`${name} `)).map((alert) => alert.split(" ")[1]);
          return {
            expr: `count by (alertname, severity) (ALERTS{alertname="${name}",alertstate="firing"})`,
            eval_time: at,
            exp_samples: severities.map((severity) => ({
              labels: `{alertname="${name}",severity="${severity}"}`,
              value: 1,
            })),
          };
        }),
      ),
    ],
  }));
  const file = stringify(
    { rule_files: ["rules.yml"], evaluation_interval: "1m", tests },
    { lineWidth: 0, aliasDuplicateObjects: false },
  );
  return run({ "rules.yml": ruleFile(groups), "test.yml": file }, ["test", "rules", "test.yml"]);
}
