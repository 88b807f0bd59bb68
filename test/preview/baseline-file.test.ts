import { baselineFile } from "../../preview/baseline-file";
import { aReport } from "./a-report";

const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "AAAB" };

describe("a file to compare with", () => {
  test("is a report, or several", () => {
    const report = aReport();
    expect(baselineFile(JSON.stringify(report))).toMatchObject({ kind: "reports", reports: [{ stack: report.stack }] });
    expect(
      baselineFile(JSON.stringify({ schema: 1, reports: [report, report], removed: [], mistakes: [] })),
    ).toMatchObject({ kind: "reports", reports: [{}, {}] });
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
    expect(baselineFile(JSON.stringify(state))).toEqual({
      kind: "state",
      stack: "prod",
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

  test.each(["", "[]", "null", "{}", "not json", '{"schema":2,"reports":[]}', '{"deployment":{"resources":3}}'])(
    "%j is none",
    (text) => {
      expect(baselineFile(text)).toBeUndefined();
    },
  );
});
