// Programs of others in three forms: recorded by running them, and the documents that the engine would write of the same resources.
import { join } from "node:path";
import type { Report, Resource } from "../../model";
import { foreignProject } from "../../preview/foreign/project-file";
import { stackConfig } from "../../preview/foreign/stack-config";
import { stacksOf } from "../../preview/foreign/stack-config";
import { reportsOfFile } from "../../preview/from-file";
import { recordProject } from "../../preview/record-project";
import { reportOf } from "../../preview/report";
import { workings } from "../../preview/workings";
import { exportOf, previewOf } from "../preview/a-document";

const asOf = "2026-11-21";

async function recorded(program: string): Promise<readonly Resource[]> {
  const project = foreignProject(join(__dirname, program));
  const [stack = "dev"] = stacksOf(project);
  const configured = stackConfig(project, stack, {});
  if (!configured.ok) throw new Error(JSON.stringify(configured.mistakes));
  const run = { ...configured.config, stack, keepEnvironment: false, timeoutSeconds: 60 };
  return (await recordProject(project, run)).resources;
}

function fileReport(document: unknown): Report {
  const [report] = reportsOfFile("x.json", JSON.stringify(document), { asOf }, workings);
  if (report === undefined) throw new Error("no report");
  return report;
}

/** What is decided, by rule and Part. */
function decided({ rules }: Report): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { id, part, verdict } of rules) {
    const key = `${id} ${part ?? "stack"}`;
    const worse = found.get(key) === "fail" || found.get(key) === "undecided";
    if (!worse) found.set(key, verdict);
  }
  return found;
}

describe.each(["web-components", "crosswalk", "esm", "plain-js", "outputs", "regions", "references", "dynamic"])(
  "%s",
  (program) => {
    let resources: readonly Resource[];
    let report: Report;
    beforeAll(async () => {
      resources = await recorded(program);
      report = reportOf({ stack: "s", resources, origin: "recorded", asOf }, workings);
    });

    test("a preview before the first deploy says what the recording says", () => {
      const read = fileReport(previewOf(resources));
      expect([...decided(read)]).toEqual([...decided(report)]);
      expect(read.built.map(({ key }) => key)).toEqual(report.built.map(({ key }) => key));
      expect(read.cost.perMonthUsd).toEqual(report.cost.perMonthUsd);
    });

    test("the export decides nothing otherwise that does not rest on an id", () => {
      const exported = decided(fileReport(exportOf(resources)));
      const differing = [...decided(report)].filter(
        ([key, verdict]) =>
          verdict !== "undecided" && exported.get(key) !== verdict && exported.get(key) !== "undecided",
      );
      expect(differing).toEqual([]);
    });
  },
);
