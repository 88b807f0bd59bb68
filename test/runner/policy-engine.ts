import { spawn } from "node:child_process";
import * as path from "node:path";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import type { Resource, Value } from "../../model";
import { isRecord, nameOfUrn } from "../../model";
import { UNKNOWN } from "../../preview/wire";
import { generated, grpc, messageBytes, struct } from "./grpc";

const root = path.join(__dirname, "../..");

export interface Diagnostic {
  readonly policy: string;
  readonly mandatory: boolean;
  /** As reported, without the policy's own description in front. */
  readonly message: string;
}

/** A running policy pack, asked as Pulumi's engine asks it. */
export interface Pack {
  info(): Promise<{ readonly name: string; readonly version: string; readonly policies: readonly string[] }>;
  /** Each resource with its inputs as it registers, then the stack with its outputs, where most is unknown during a preview. */
  judge(resources: readonly Resource[]): Promise<readonly Diagnostic[]>;
  stop(): void;
}

/** What stands in a secret's place: the engine hands policies the value itself. */
export const SECRET_VALUE = "kept-away-from-every-screen";

type Call = (request: unknown, answer: (error: Error | null, response: never) => void) => void;
interface Client {
  readonly getAnalyzerInfo: Call;
  readonly analyze: Call;
  readonly analyzeStack: Call;
  close(): void;
}

/** Starts the pack in a folder as the language host does: its first line is the port. */
export async function startPack(folder: string): Promise<Pack> {
  const child = spawn(
    process.execPath,
    [path.join(root, "node_modules/@pulumi/pulumi/cmd/run-policy-pack"), "127.0.0.1:1", folder],
    {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      timeout: 120_000,
      killSignal: "SIGKILL",
      env: { PATH: process.env["PATH"], HOME: process.env["HOME"] },
    },
  );
  const said: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => said.push(chunk.toString()));
  const port = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once("close", (code) => reject(new Error(`the pack ended with ${code}: ${said.join("")}`)));
  });
  const AnalyzerClient = generated<new (address: string, credentials: unknown, options: object) => Client>(
    "analyzer_grpc_pb",
    "AnalyzerClient",
  );
  const client = new AnalyzerClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), messageBytes);
  const ask = <T>(method: "getAnalyzerInfo" | "analyze" | "analyzeStack", request: unknown): Promise<T> =>
    new Promise((resolve, reject) => {
      client[method](request, (error, response) => (error === null ? resolve(response) : reject(error)));
    });
  return {
    async info() {
      const info = await ask<analyzer.AnalyzerInfo>("getAnalyzerInfo", emptyOf());
      return {
        name: info.getName(),
        version: info.getVersion(),
        policies: info.getPoliciesList().map((policy) => policy.getName()),
      };
    },
    async judge(resources) {
      const found: Diagnostic[] = [];
      for (const resource of resources) {
        found.push(...diagnostics(await ask<analyzer.AnalyzeResponse>("analyze", asRegistered(resource))));
      }
      const stack = new analyzer.AnalyzeStackRequest();
      stack.setResourcesList(resources.map(asPreviewed));
      return [...found, ...diagnostics(await ask<analyzer.AnalyzeResponse>("analyzeStack", stack))];
    },
    stop() {
      client.close();
      child.kill("SIGKILL");
    },
  };
}

function emptyOf(): unknown {
  const { getAnalyzerInfo } = generated<{ readonly getAnalyzerInfo: { readonly requestType: new () => unknown } }>(
    "analyzer_grpc_pb",
    "AnalyzerService",
  );
  return new getAnalyzerInfo.requestType();
}

function diagnostics(response: analyzer.AnalyzeResponse): readonly Diagnostic[] {
  return response.getDiagnosticsList().map((each) => ({
    policy: each.getPolicyname(),
    mandatory: each.getEnforcementlevel() === analyzer.EnforcementLevel.MANDATORY,
    message: each.getMessage().slice(each.getDescription().length).trimStart(),
  }));
}

function asRegistered(resource: Resource): analyzer.AnalyzeRequest {
  return new analyzer.AnalyzeRequest()
    .setUrn(resource.urn)
    .setType(resource.type)
    .setName(resource.name)
    .setProperties(struct(wire(resource.inputs) as object) as never)
    .setOptions(options(resource));
}

/** Components keep no outputs; a provider's preview answers with inputs, filled up, and unknowns. */
function asPreviewed(resource: Resource): analyzer.AnalyzerResource {
  const outputs = resource.custom
    ? { ...(wire(resource.inputs) as object), id: UNKNOWN, arn: UNKNOWN, tagsAll: UNKNOWN }
    : {};
  const stack = new analyzer.AnalyzerResource()
    .setUrn(resource.urn)
    .setType(resource.type)
    .setName(resource.name)
    .setProperties(struct(outputs) as never)
    .setOptions(options(resource))
    .setParent(resource.parent ?? "")
    .setDependenciesList([...resource.dependencies]);
  if (resource.provider !== undefined)
    stack.setProvider(
      new analyzer.AnalyzerProviderResource()
        .setUrn(resource.provider)
        .setType(resource.provider.split("::")[2]?.split("$").at(-1) ?? "")
        .setName(nameOfUrn(resource.provider))
        .setProperties(struct({}) as never),
    );
  for (const [property, urns] of Object.entries(resource.propertyDependencies)) {
    stack
      .getPropertydependenciesMap()
      .set(property, new analyzer.AnalyzerPropertyDependencies().setUrnsList([...urns]));
  }
  return stack;
}

function options(resource: Resource): analyzer.AnalyzerResourceOptions {
  return new analyzer.AnalyzerResourceOptions()
    .setProtect(resource.protect)
    .setIgnorechangesList([...resource.ignoreChanges])
    .setDeletebeforereplace(resource.deleteBeforeReplace)
    .setDeletebeforereplacedefined(resource.deleteBeforeReplace);
}

/** A recorded value as it crossed the wire. */
function wire(value: Value): unknown {
  if (Array.isArray(value)) return value.map((each) => wire(each as Value));
  if (!isRecord(value)) return value;
  if ("$unknown" in value) return value["$unknown"] === "secret" ? SECRET_VALUE : UNKNOWN;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wire(inner)]));
}
