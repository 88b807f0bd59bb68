import { readdirSync } from "node:fs";
import * as path from "node:path";
import { MistakesError } from "../../model";
import { reportOfManifests } from "../../preview/from-manifests";
import { manifestFiles } from "../../preview/manifests/files";
import { mistakesText } from "../../preview/mistakes";
import { textOf } from "../../preview/text";
import { workings } from "../../preview/workings";
import { expectGolden } from "./golden";

const folder = path.join(__dirname, "../manifests");

/** What is said of a folder; verdicts have tests of their own, and would be in every one of these. */
function screen(style: string): string {
  try {
    const report = reportOfManifests(
      { name: style, ...manifestFiles(path.join(folder, style)) },
      { asOf: "2026-11-21" },
      workings,
    );
    return textOf({ ...report, rules: [] });
  } catch (error) {
    if (error instanceof MistakesError) return mistakesText(error.mistakes);
    throw error;
  }
}

describe("manifests in ten styles", () => {
  const styles = readdirSync(folder).sort();

  test("are ten", () => expect(styles).toHaveLength(10));

  test.each(styles)("%s", (style) => expectGolden(`manifests/${style}.txt`, `${screen(style)}\n`));

  test("no value of a Secret is in any report", () => {
    const report = reportOfManifests(
      { name: "list", ...manifestFiles(path.join(folder, "list")) },
      { asOf: "2026-11-21" },
      workings,
    );
    expect(JSON.stringify(report)).toContain("mail");
    expect(JSON.stringify(report)).not.toMatch(/not to be seen|bm90IHRv/);
  });
});
