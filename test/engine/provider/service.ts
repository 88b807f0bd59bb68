// POSES AS AWS AND AS RANDOM: the raw ResourceProviderService that Pulumi's engine speaks to, over a cloud of its own. It imports
// nothing from catalog/, components/ or policies/: what it refuses, names and replaces was written apart from them, so that it can
// disagree (provider.test.ts holds it to that).
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { generated, grpc, listen, messageBytes, struct, type Answer, type Handler } from "../../runner/grpc";
import { refusalsOf } from "./check";
import { Cloud, Refused, Unsteady, type Thing } from "./cloud";
import { answerTo } from "./answers";
import { differences, inputOf } from "./difference";
import { grpcError, unsteadyError } from "./errors";
import { answerInvoke } from "./invokes";
import { deletesFirst, named } from "./naming";
import { forcesNew } from "./replacing";
import { plain, UNKNOWN, type Properties } from "./values";

/** The provider itself retries what is throttled, so often. */
const TRIES = 5;

export interface ServedCloud {
  readonly cloud: Cloud;
  readonly port: number;
  stop(): void;
}

type Wire = { toJavaScript(): object } | undefined;

const read = (message: Wire): Properties => (message?.toJavaScript() ?? {}) as Properties;

/** Serves a cloud on a free port until it is stopped. */
export async function serve(cloud = new Cloud()): Promise<ServedCloud> {
  const server = new grpc.Server(messageBytes);
  server.addService(generated("provider_grpc_pb", "ResourceProviderService"), methods(cloud));
  const address = await listen(server);
  return { cloud, port: Number(address.split(":").at(-1)), stop: () => server.forceShutdown() };
}

function methods(cloud: Cloud): Record<string, Handler> {
  return {
    handshake: (_, answer) => {
      const response = new proto.ProviderHandshakeResponse();
      // The engine takes secrets off before it asks, and marks them again in what is answered.
      response.setAcceptSecrets(false);
      response.setAcceptResources(false);
      response.setAcceptOutputs(false);
      answer(null, response);
    },
    attach: nothing,
    cancel: nothing,
    getPluginInfo: (_, answer) => answer(null, pluginInfo()),
    getSchema: (_, answer) => {
      const response = new proto.GetSchemaResponse();
      response.setSchema("{}");
      answer(null, response);
    },
    checkConfig: ({ request }: { request: proto.CheckRequest }, answer) =>
      answer(null, checked(read(request.getNews()))),
    diffConfig: ({ request }: { request: proto.DiffRequest }, answer) => {
      const response = new proto.DiffResponse();
      const found = differences(read(request.getOldInputs()), read(request.getNews()));
      response.setChanges(
        found.size > 0 ? proto.DiffResponse.DiffChanges.DIFF_SOME : proto.DiffResponse.DiffChanges.DIFF_NONE,
      );
      answer(null, response);
    },
    configure: (_, answer) => {
      const response = new proto.ConfigureResponse();
      response.setAcceptsecrets(false);
      response.setSupportspreview(true);
      answer(null, response);
    },
    invoke: ({ request }: { request: proto.InvokeRequest }, answer) => {
      const response = new proto.InvokeResponse();
      const found = answerInvoke(request.getTok(), read(request.getArgs()));
      if (found === undefined) return answer(grpcError(`${request.getTok()} is answered by nobody here`));
      response.setReturn(struct(found) as never);
      answer(null, response);
    },
    check: ({ request }: { request: proto.CheckRequest }, answer) => answer(null, check(request)),
    diff: ({ request }: { request: proto.DiffRequest }, answer) => answer(null, diff(request)),
    create: ({ request }: { request: proto.CreateRequest }, answer) => create(cloud, request, answer, 1),
    update: ({ request }: { request: proto.UpdateRequest }, answer) => tried(answer, () => update(cloud, request)),
    read: ({ request }: { request: proto.ReadRequest }, answer) => tried(answer, () => refresh(cloud, request)),
    delete: ({ request }: { request: proto.DeleteRequest }, answer) =>
      tried(answer, () => {
        cloud.delete(typeOf(request.getUrn()), request.getUrn(), request.getId(), read(request.getProperties()));
        return empty();
      }),
  };
}

function check(request: proto.CheckRequest): proto.CheckResponse {
  const seed = Buffer.from(request.getRandomseed_asU8()).toString("hex");
  const urn = request.getUrn();
  const type = typeOf(urn);
  const found = named(type, nameOf(urn), read(request.getOlds()), read(request.getNews()), seed);
  const failures = [...found.failures, ...refusalsOf(type, plain(found.inputs))];
  return checked(found.inputs, failures);
}

function checked(
  inputs: Properties,
  failures: readonly { readonly property: string; readonly reason: string }[] = [],
): proto.CheckResponse {
  const response = new proto.CheckResponse();
  response.setInputs(struct(inputs) as never);
  for (const { property, reason } of failures) {
    const failure = new proto.CheckFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

function diff(request: proto.DiffRequest): proto.DiffResponse {
  const type = typeOf(request.getUrn());
  const [olds, news] = [read(request.getOldInputs()), read(request.getNews())];
  const found = differences(olds, news);
  const response = new proto.DiffResponse();
  const kinds = proto.PropertyDiff.Kind;
  const replaces = new Set<string>();
  for (const [path, kind] of found) {
    const input = inputOf(path);
    const forced = forcesNew(type, input, olds, news);
    if (forced) replaces.add(input);
    const detail = new proto.PropertyDiff();
    detail.setInputdiff(true);
    const plainKind = { add: kinds.ADD, delete: kinds.DELETE, update: kinds.UPDATE }[kind];
    const forcedKind = { add: kinds.ADD_REPLACE, delete: kinds.DELETE_REPLACE, update: kinds.UPDATE_REPLACE }[kind];
    detail.setKind(forced ? forcedKind : plainKind);
    response.getDetaileddiffMap().set(path, detail);
  }
  response.setHasdetaileddiff(true);
  response.setReplacesList([...replaces]);
  response.setDiffsList([...new Set([...found.keys()].map(inputOf))]);
  response.setChanges(
    found.size > 0 ? proto.DiffResponse.DiffChanges.DIFF_SOME : proto.DiffResponse.DiffChanges.DIFF_NONE,
  );
  response.setDeletebeforereplace(replaces.size > 0 && deletesFirst(type, olds, news));
  return response;
}

function create(cloud: Cloud, request: proto.CreateRequest, answer: Answer, tries: number): void {
  const urn = request.getUrn();
  const type = typeOf(urn);
  const inputs = plain(read(request.getProperties()));
  const response = new proto.CreateResponse();
  if (request.getPreview()) {
    const { computed } = answerTo(type, urn, 0, inputs);
    response.setProperties(
      struct({ ...inputs, ...Object.fromEntries(Object.keys(computed).map((key) => [key, UNKNOWN])) }) as never,
    );
    return answer(null, response);
  }
  try {
    const thing = cloud.create(type, urn, inputs);
    response.setId(thing.id);
    response.setProperties(struct(outputsOf(thing)) as never);
    answer(null, response);
  } catch (error) {
    if (error instanceof Unsteady) answer(unsteadyError(error.message, error.thing.id, outputsOf(error.thing)));
    else if (error instanceof Refused && error.throttled && tries < TRIES)
      setTimeout(() => create(cloud, request, answer, tries + 1), 5);
    else answer(grpcError(error instanceof Error ? error.message : String(error)));
  }
}

function update(cloud: Cloud, request: proto.UpdateRequest): proto.UpdateResponse {
  const response = new proto.UpdateResponse();
  const urn = request.getUrn();
  const inputs = plain(read(request.getNews()));
  const thing = request.getPreview()
    ? { inputs, computed: computedIn(read(request.getOlds()), plain(read(request.getOldInputs()))) }
    : cloud.update(typeOf(urn), urn, request.getId(), inputs);
  response.setProperties(struct(outputsOf(thing)) as never);
  return response;
}

/** What of a state its inputs do not say. */
function computedIn(state: Properties, inputs: Properties): Properties {
  return Object.fromEntries(Object.entries(state).filter(([key]) => !(key in inputs)));
}

/** What is there now, as inputs and as outputs; nothing where it is gone. */
function refresh(cloud: Cloud, request: proto.ReadRequest): proto.ReadResponse {
  const response = new proto.ReadResponse();
  const thing = cloud.read(typeOf(request.getUrn()), request.getUrn(), request.getId());
  if (thing === undefined) return response;
  response.setId(thing.id);
  response.setInputs(struct({ ...read(request.getInputs()), ...thing.inputs }) as never);
  response.setProperties(struct(outputsOf(thing)) as never);
  return response;
}

function outputsOf({ inputs, computed }: Pick<Thing, "inputs" | "computed">): Properties {
  return { ...inputs, ...computed };
}

function tried(answer: Answer, work: () => unknown): void {
  try {
    answer(null, work());
  } catch (error) {
    answer(grpcError(error instanceof Error ? error.message : String(error)));
  }
}

const nothing: Handler = (_, answer) => answer(null, empty());

/** The SDK's own class of an empty answer. */
function empty(): unknown {
  const service = generated<{ readonly cancel: { readonly responseType: new () => unknown } }>(
    "provider_grpc_pb",
    "ResourceProviderService",
  );
  return new service.cancel.responseType();
}

function pluginInfo(): unknown {
  const PluginInfo = generated<new () => { setVersion(version: string): void }>("plugin_pb", "PluginInfo");
  const info = new PluginInfo();
  info.setVersion("7.48.0");
  return info;
}

function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function nameOf(urn: string): string {
  return urn.slice(urn.lastIndexOf("::") + 2);
}
