import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { generated, grpc, struct } from "../../runner/grpc";
import type { Properties } from "./values";

/** gRPC's UNKNOWN: a provider's ordinary refusal. */
const CODE = 2;

interface Any {
  pack(bytes: Uint8Array, name: string): void;
}
interface Status {
  setCode(code: number): void;
  setMessage(message: string): void;
  addDetails(detail: Any): void;
  serializeBinary(): Uint8Array;
}

export function grpcError(message: string): object {
  return { code: CODE, message, details: message };
}

/** Made, and not well: the engine keeps it in its state, and tries an update next time. */
export function unsteadyError(message: string, id: string, properties: Properties): object {
  const failed = new proto.ErrorResourceInitFailed();
  failed.setId(id);
  failed.setProperties(struct(properties) as never);
  failed.setReasonsList([message]);
  const detail = new (generated<new () => Any>("google-protobuf/google/protobuf/any_pb.js", "Any"))();
  detail.pack(failed.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new (generated<new () => Status>("status_pb", "Status"))();
  status.setCode(CODE);
  status.setMessage(message);
  status.addDetails(detail);
  const metadata = new grpc.Metadata();
  // Where gRPC of other languages puts structured errors.
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: CODE, message, details: message, metadata };
}
