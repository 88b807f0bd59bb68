import {
  Server,
  ServerCredentials,
  type sendUnaryData,
  type status,
  type ServerUnaryCall,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import * as engineProto from "@pulumi/pulumi/proto/engine_pb";
import * as engineService from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as resourceService from "@pulumi/pulumi/proto/resource_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb.js";
import type { RecordingMonitor } from "../monitor";

/** What the program had the engine say. */
export interface Messages {
  readonly errors: string[];
  readonly warnings: string[];
}

export interface Serving {
  /** host:port of both services. */
  readonly address: string;
  readonly messages: Messages;
  /** Whether the program ended as one that ends well does; an old SDK never says so. */
  finished(): boolean;
  stop(): void;
}

/** As the engine allows: 400 MB a message. */
const limits = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

type Unary = (call: ServerUnaryCall<object, object>, answer: sendUnaryData<object>) => void;

/** Stands where Pulumi's engine would, on a free port of the loopback. */
export async function serve(monitor: RecordingMonitor): Promise<Serving> {
  const messages: Messages = { errors: [], warnings: [] };
  let finished = false;
  const server = new Server(limits);
  // The declarations of these two files say types, and they hold values.
  const { ResourceMonitorService } = resourceService as unknown as Services<"ResourceMonitorService">;
  const { EngineService } = engineService as unknown as Services<"EngineService">;
  const signalAndWaitForShutdown: Unary = (_, answer) => {
    finished = true;
    answer(null, new Empty());
  };
  server.addService(ResourceMonitorService, { ...monitorMethods(monitor), signalAndWaitForShutdown });
  server.addService(EngineService, engineMethods(messages));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) => {
      if (error === null) resolve(bound);
      else reject(error);
    });
  });
  return {
    address: `127.0.0.1:${port}`,
    messages,
    finished: () => finished,
    stop: () => server.forceShutdown(),
  };
}

type Services<Name extends string> = Readonly<Record<Name, Parameters<Server["addService"]>[0]>>;

const METHODS = [
  "supportsFeature",
  "registerResource",
  "registerResourceOutputs",
  "readResource",
  "invoke",
  "call",
  "registerPackage",
  "registerStackTransform",
  "registerStackInvokeTransform",
  "registerResourceHook",
  "registerErrorHook",
] as const;

function monitorMethods(monitor: RecordingMonitor): UntypedServiceImplementation {
  return Object.fromEntries(
    METHODS.map((name) => {
      const method = monitor[name].bind(monitor) as (
        request: object,
        answer: (error: Failure | null, response?: unknown) => void,
      ) => void;
      const unary: Unary = ({ request }, answer) =>
        method(request, (error, response) => {
          if (error !== null) answer({ code: error.code, details: error.details });
          else answer(null, isMessage(response) ? response : new Empty());
        });
      return [name, unary];
    }),
  );
}

interface Failure {
  readonly code: status;
  readonly details: string;
}

function isMessage(response: unknown): response is object {
  return typeof response === "object" && response !== null && "serializeBinary" in response;
}

function engineMethods({ errors, warnings }: Messages): UntypedServiceImplementation {
  const log: Unary = ({ request }, answer) => {
    if (request instanceof engineProto.LogRequest) {
      if (request.getSeverity() === engineProto.LogSeverity.ERROR) errors.push(request.getMessage());
      if (request.getSeverity() === engineProto.LogSeverity.WARNING) warnings.push(request.getMessage());
    }
    answer(null, new Empty());
  };
  const getRootResource: Unary = (_, answer) => answer(null, new engineProto.GetRootResourceResponse());
  const setRootResource: Unary = (_, answer) => answer(null, new engineProto.SetRootResourceResponse());
  return { log, getRootResource, setRootResource };
}
