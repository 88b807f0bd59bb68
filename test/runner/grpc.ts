import { createRequire } from "node:module";

/** What a server of the SDK's gRPC package can do, as far as it is used here: the package is the SDK's dependency, not ours. */
export interface GrpcServer {
  addService(service: object, methods: Readonly<Record<string, Handler>>): void;
  bindAsync(address: string, credentials: unknown, bound: (error: Error | null, port: number) => void): void;
  forceShutdown(): void;
}

export type Answer = (error: unknown, response?: unknown) => void;
export type Handler = (call: { readonly request: never }, answer: Answer) => void;

interface Grpc {
  readonly Server: new (options: Readonly<Record<string, number>>) => GrpcServer;
  readonly ServerCredentials: { createInsecure(): unknown };
  readonly credentials: { createInsecure(): unknown };
  readonly Metadata: new () => { add(key: string, value: string | Buffer): void };
}

const ofSdk = createRequire(require.resolve("@pulumi/pulumi/package.json"));

/** The very copy that the SDK loads: messages of another would not be recognised. */
export const grpc = ofSdk("@grpc/grpc-js") as Grpc;

/** What a generated file exports, a service or its client: its declarations say that they are types only. */
export function generated<T extends object>(file: string, name: string): T {
  const found = (ofSdk(file.includes("/") ? file : `./proto/${file}`) as Readonly<Record<string, T>>)[name];
  if (found === undefined) throw new Error(`${file} exports no ${name}`);
  return found;
}

/** As the engine allows: 400 MB a message. */
export const messageBytes = {
  "grpc.max_receive_message_length": 400 * 1024 * 1024,
  "grpc.max_send_message_length": 400 * 1024 * 1024,
};

/** Serves on a free port of the loopback; gives the address. */
export function listen(server: GrpcServer): Promise<string> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error === null) resolve(`127.0.0.1:${port}`);
      else reject(error);
    });
  });
}

/** A message of properties. */
export function struct(properties: object): object {
  const { Struct } = ofSdk("google-protobuf/google/protobuf/struct_pb.js") as {
    readonly Struct: { fromJavaScript(value: object): object };
  };
  return Struct.fromJavaScript(properties);
}
