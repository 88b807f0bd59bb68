import type * as callbackProto from "@pulumi/pulumi/proto/callback_pb";
import type { AskProgram } from "../ask-program";

/** What asking needs of gRPC and of the SDK; given, so that the program's own copies serve in its own process. */
export interface Caller {
  readonly CallbacksClient: new (target: string, credentials: unknown) => Client;
  readonly CallbackInvokeRequest: new () => callbackProto.CallbackInvokeRequest;
  readonly insecure: () => unknown;
}

interface Client {
  invoke(
    request: callbackProto.CallbackInvokeRequest,
    answered: (error: { readonly details: string } | null, response: callbackProto.CallbackInvokeResponse) => void,
  ): void;
  close(): void;
}

/** Asks functions of the program over the server that its SDK opened for them. */
export function askProgram(caller: () => Caller): AskProgram {
  const clients = new Map<string, { readonly client: Client; asked: number }>();
  return ({ target, token }, request) =>
    new Promise((resolve, reject) => {
      const { CallbacksClient, CallbackInvokeRequest, insecure } = caller();
      const open = clients.get(target) ?? { client: new CallbacksClient(target, insecure()), asked: 0 };
      clients.set(target, open);
      open.asked += 1;
      const asked = new CallbackInvokeRequest();
      asked.setToken(token);
      asked.setRequest(request);
      open.client.invoke(asked, (error, response) => {
        open.asked -= 1;
        // An open connection would keep the program's process from ending.
        if (open.asked === 0) {
          clients.delete(target);
          open.client.close();
        }
        if (error === null) resolve(response.getResponse_asU8());
        else reject(new Error(error.details));
      });
    });
}
