import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { generated, grpc, messageBytes, struct } from "../../runner/grpc";
import type { Properties } from "../provider/values";

type Called = (request: object, answered: (error: Error | null, response: never) => void) => void;

interface Wire {
  toJavaScript(): object;
}

/** Speaks to a provider as the engine does, without one. */
export class ProviderClient {
  private readonly client: Readonly<Record<string, Called>> & { close(): void };

  constructor(port: number) {
    const Client = generated<new (address: string, credentials: unknown, options: object) => ProviderClient["client"]>(
      "provider_grpc_pb",
      "ResourceProviderClient",
    );
    this.client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), messageBytes);
  }

  /** Reasons, in order. */
  async check(type: string, name: string, inputs: Properties): Promise<readonly string[]> {
    const request = new proto.CheckRequest();
    request.setUrn(urnOf(type, name));
    request.setNews(struct(inputs) as never);
    const answer = await this.call<proto.CheckResponse>("check", request);
    return answer.getFailuresList().map((failure) => failure.getReason());
  }

  async diff(type: string, olds: Properties, news: Properties): Promise<DiffAnswer> {
    const request = new proto.DiffRequest();
    request.setUrn(urnOf(type, "one"));
    request.setOldInputs(struct(olds) as never);
    request.setNews(struct(news) as never);
    const answer = await this.call<proto.DiffResponse>("diff", request);
    return { differ: answer.getDiffsList(), replace: answer.getReplacesList() };
  }

  /** @throws what the provider refuses */
  async create(type: string, name: string, inputs: Properties, preview = false): Promise<Created> {
    const request = new proto.CreateRequest();
    request.setUrn(urnOf(type, name));
    request.setProperties(struct(inputs) as never);
    request.setPreview(preview);
    const answer = await this.call<proto.CreateResponse>("create", request);
    return { id: answer.getId(), outputs: plainOf(answer.getProperties()) };
  }

  /** Inputs as they are now; null: it is gone. */
  async read(type: string, name: string, id: string): Promise<Properties | null> {
    const request = new proto.ReadRequest();
    request.setUrn(urnOf(type, name));
    request.setId(id);
    const answer = await this.call<proto.ReadResponse>("read", request);
    return answer.getId() === "" ? null : plainOf(answer.getInputs());
  }

  end(): void {
    this.client.close();
  }

  private call<T>(method: string, request: object): Promise<T> {
    return new Promise((resolve, reject) => {
      this.client[method]!(request, (error, response) => (error === null ? resolve(response) : reject(error)));
    });
  }
}

export interface DiffAnswer {
  readonly differ: readonly string[];
  readonly replace: readonly string[];
}

export interface Created {
  readonly id: string;
  readonly outputs: Properties;
}

export function urnOf(type: string, name: string): string {
  return `urn:pulumi:stack::project::${type}::${name}`;
}

function plainOf(message: Wire | undefined): Properties {
  return (message?.toJavaScript() ?? {}) as Properties;
}
