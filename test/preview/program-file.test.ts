import { reportsOfFile } from "../../preview/from-file";
import { programFile, type ProgramFile } from "../../preview/program-file";
import { workings } from "../../preview/workings";
import { aReport } from "./a-report";

const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "AAAB" };

function fileIn(text: string): ProgramFile | string {
  const read = programFile(text);
  return read.ok ? read.file : read.is;
}

describe("a file of a program", () => {
  test("is a report, or several", () => {
    const report = aReport();
    expect(fileIn(JSON.stringify(report))).toMatchObject({ kind: "reports", reports: [{ stack: report.stack }] });
    expect(fileIn(JSON.stringify({ schema: 1, reports: [report, report], removed: [], mistakes: [] }))).toMatchObject({
      kind: "reports",
      reports: [{}, {}],
    });
  });

  test("is a stack export: inputs without the provider's own additions, secrets unknown", () => {
    const urn = "urn:pulumi:prod::p::aws:sns/topic:Topic::a";
    const state = {
      version: 3,
      deployment: {
        resources: [
          {
            urn,
            type: "aws:sns/topic:Topic",
            custom: true,
            id: "x",
            protect: true,
            parent: "",
            dependencies: ["z", "y"],
            propertyDependencies: { name: ["y"], tags: null, x: [] },
            inputs: {
              __defaults: ["name"],
              name: "a-123",
              password: secret,
              list: [{ __defaults: [], a: "[secret]" }],
            },
          },
          { urn: `${urn}2`, type: "t", custom: true, delete: true, inputs: {} },
          { urn: `${urn}3`, type: "t", custom: true, external: true, inputs: {} },
        ],
      },
    };
    expect(fileIn(JSON.stringify(state))).toEqual({
      kind: "state",
      stack: "prod",
      pending: [],
      unreadable: 0,
      resources: [
        {
          urn,
          type: "aws:sns/topic:Topic",
          name: "a",
          custom: true,
          inputs: { password: { $unknown: "secret" }, list: [{ a: { $unknown: "secret" } }] },
          parent: null,
          dependencies: ["y", "z"],
          propertyDependencies: { name: ["y"] },
          protect: true,
          ignoreChanges: [],
          deleteBeforeReplace: false,
          replaceOnChanges: [],
        },
      ],
    });
  });

  test("is not taken at its word of providers: each says which plugin was loaded, and no report lists the engine's own", () => {
    const type = "pulumi:providers:aws";
    const own = { urn: `urn:pulumi:s::p::${type}::aws-us-east-1`, type, custom: true };
    const engines = `urn:pulumi:s::p::${type}::default_7_48_0`;
    const resources = [
      { ...own, urn: engines, inputs: { region: "eu-west-1", version: "7.48.0" } },
      { ...own, inputs: { region: "us-east-1", version: "7.48.0", __internal: {}, pluginDownloadURL: "x" } },
      {
        urn: "urn:pulumi:s::p::aws:sqs/queue:Queue::jobs",
        type: "aws:sqs/queue:Queue",
        custom: true,
        inputs: {},
        provider: `${engines}::8a1f`,
      },
    ];
    const text = JSON.stringify({ deployment: { resources } });
    const read = fileIn(text);
    if (typeof read === "string" || read.kind !== "state") throw new Error("no state");
    expect(read.resources.map(({ inputs }) => inputs)).toEqual([{ region: "eu-west-1" }, { region: "us-east-1" }, {}]);
    const [report] = reportsOfFile("x", text, { asOf: "2026-11-21" }, workings);
    expect(report?.resources.map(({ name }) => name)).toEqual(["jobs", "aws-us-east-1"]);
    expect(report?.built.map(({ key }) => key)).toEqual(["queue/jobs/eu-west-1"]);
  });

  test("may be what a backend on disk keeps", () => {
    const latest = { resources: [{ urn: "urn:pulumi:s::p::a:b/c:C::x", type: "a:b/c:C", custom: true }] };
    expect(fileIn(JSON.stringify({ version: 3, checkpoint: { stack: "s", latest } }))).toMatchObject({
      kind: "state",
      stack: "s",
      resources: [{ name: "x" }],
    });
  });

  test.each([
    ["", "is empty"],
    ["[]", "is JSON, and no document"],
    ["null", "is JSON, and no document"],
    ["not json", "is not JSON"],
    ["{}", "is an empty document"],
    ['{"schema":2,"reports":[]}', "is JSON of another kind (schema, reports)"],
    ['{"schema":1,"reports":[{"stack":"s"}]}', "is a report of which something is missing"],
    ['{"deployment":{"resources":3}}', "is a stack export whose deployment cannot be read"],
    ['{"sequence":1,"timestamp":2,"preludeEvent":{}}\n{"sequence":2,"timestamp":2}', /^is a stream of engine events/],
    ['{"manifest":{},"resourcePlans":{}}', "is a plan of pulumi preview --save-plan"],
    ['{"format_version":"1.2","resource_changes":[]}', "is Terraform's"],
  ])("%j is none, and says what it is", (text, is) => {
    expect(programFile(text)).toEqual({ ok: false, is: is instanceof RegExp ? expect.stringMatching(is) : is });
  });
});
