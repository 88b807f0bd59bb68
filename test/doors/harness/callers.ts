import * as https from "node:https";

/** Who answered how many requests, by address; what nobody answered is by its status, or by the error's code. */
export type Tally = ReadonlyMap<string, number>;

export interface Entry {
  readonly port: number;
  /** Name that callers ask for. */
  readonly name: string;
  /** The authority of the door's certificate, as PEM. */
  readonly authority: string;
}

/** Which share of the requests these answered. */
export function shareOf(tally: Tally, addresses: readonly string[]): number {
  const sum = (of: readonly number[]): number => of.reduce((all, each) => all + each, 0);
  return sum(addresses.map((each) => tally.get(each) ?? 0)) / sum([...tally.values()]);
}

/** Sends requests to a door, a few at a time, and says who answered. */
export async function call({ port, name, authority }: Entry, requests: number, atOnce = 4): Promise<Tally> {
  const agent = new https.Agent({ keepAlive: true, maxSockets: atOnce });
  const tally = new Map<string, number>();
  let sent = 0;
  const one = (): Promise<string> =>
    new Promise((resolve) => {
      const options = {
        agent,
        host: "127.0.0.1",
        port,
        servername: name,
        ca: authority,
        path: "/predict",
        headers: { host: name },
      };
      const request = https.get(options, (response) => {
        response.resume().once("end", () => {
          const by = response.headers["x-replica"];
          resolve(response.statusCode === 200 && typeof by === "string" ? by : String(response.statusCode));
        });
      });
      request.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    });
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (sent < requests) {
        sent += 1;
        const by = await one();
        tally.set(by, (tally.get(by) ?? 0) + 1);
      }
    }),
  );
  agent.destroy();
  return tally;
}
