import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foreignProject } from "../../preview/foreign/project-file";
import { takeHold } from "../../preview/foreign/child/fast";
import { stackConfig } from "../../preview/foreign/stack-config";
import { recordProject } from "../../preview/record-project";

const fleet = foreignProject(join(__dirname, "../../bench/fleet"));

async function recorded(fast: boolean) {
  const configured = stackConfig(fleet, "bench", { "fleet:copies": "2" });
  if (!configured.ok) throw new Error(JSON.stringify(configured.mistakes));
  return recordProject(fleet, {
    ...configured.config,
    stack: "bench",
    keepEnvironment: false,
    timeoutSeconds: 60,
    fast,
  });
}

test("a program registers the same whether the SDK was made fast or runs as it comes", async () => {
  const [fast, plain] = [await recorded(true), await recorded(false)];
  expect(fast.resources.filter(({ type }) => type.startsWith("aws:"))).toHaveLength(5 + 2 * 44);
  expect(fast).toEqual({ ...plain, slowedBy: [] });
  expect(fast.slowedBy).toEqual([]);
});

describe("an SDK that is not as expected", () => {
  let sdk: string;
  beforeEach(() => {
    sdk = mkdtempSync(join(tmpdir(), "nines-sdk-"));
  });
  afterEach(() => rmSync(sdk, { recursive: true }));

  const write = (name: string, text: string): void => {
    mkdirSync(join(sdk, name, ".."), { recursive: true });
    writeFileSync(join(sdk, `${name}.js`), text);
  };
  const task = () => ({ file: join(sdk, "out.json"), sdk, project: "p", stack: "s", typescript: false, fast: true });

  test("is left alone, and each thing that was not there is named", () => {
    const { missing, recording } = takeHold(task());
    expect(missing).toEqual([
      "modules that no preview needs",
      "the monitor's client",
      "answers in words",
      "objects in messages",
      "promises that keep their stack",
      "debug messages",
      "places of resources",
      "resources in turn",
    ]);
    expect(recording()).toBeNull();
  });

  test("keeps its client where that may call what our monitor does not answer", () => {
    write("proto/resource_pb", "");
    write("proto/provider_pb", "");
    const methods =
      "supportsFeature invoke call readResource registerResource registerResourceOutputs registerPackage signalAndWaitForShutdown";
    const client = (names: string) =>
      `exports.ResourceMonitorClient = class {}; exports.ResourceMonitorClient.service = { ${names
        .split(" ")
        .map((name) => `${name}: {}`)
        .join(", ")} };`;
    write("proto/resource_grpc_pb", client(`${methods} registerSomethingNew`));
    expect(takeHold(task()).missing).toContain("the monitor's client");
    rmSync(join(sdk, "proto/resource_grpc_pb.js"));
    jest.resetModules();
    write("proto/resource_grpc_pb", client(methods));
    const { missing, recording } = takeHold(task());
    expect(missing).not.toContain("the monitor's client");
    expect(recording()).toMatchObject({ resources: [], finished: false });
  });

  test("begins a few resources a turn, whether those before are done or wait for one that comes later", async () => {
    const rpc = join(sdk, "runtime/rpc");
    write(
      "runtime/rpc",
      "exports.begun = []; exports.serializeResourceProperties = async (x) => { exports.begun.push(x); return x; };",
    );
    expect(takeHold(task()).missing).not.toContain("resources in turn");
    const { begun, serializeResourceProperties: serialise } = createRequire(`${rpc}.js`)(rpc) as {
      readonly begun: readonly unknown[];
      readonly serializeResourceProperties: (properties: unknown) => Promise<unknown>;
    };
    const last = { done: (found: unknown): void => void found };
    const ofLast = new Promise((done) => (last.done = done));
    const all = Array.from({ length: 200 }, (_, index) => serialise(index < 199 ? ofLast : "last"));
    void all[199]?.then((found) => last.done(found));
    expect(begun).toHaveLength(0);
    await new Promise((turn) => setImmediate(turn));
    expect(begun).toHaveLength(64);
    expect(new Set(await Promise.all(all))).toEqual(new Set(["last"]));
  });
});
