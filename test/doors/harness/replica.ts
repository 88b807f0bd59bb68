import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Issued } from "./certificates";

/** What a replica does with requests, and what it says to the door's checks. */
export interface Behaviour {
  /** Status of requests; "reset": the connection ends without an answer; "hang": nothing comes. */
  readonly requests: number | "reset" | "hang";
  readonly checks: number | "hang";
  /** How long a request takes, in milliseconds. @default 0 */
  readonly takesMs?: number;
}

export const well: Behaviour = { requests: 200, checks: 200 };

/** A request as a replica saw it. */
export interface Seen {
  readonly host: string;
  /** Name that the connection asked for; null: without TLS. */
  readonly sni: string | null;
}

/** A pod, or with a certificate the door of another region, at an address of its own. */
export class Replica {
  behaviour: Behaviour = well;
  readonly requests: Seen[] = [];
  readonly checks: Seen[] = [];
  private failing = { host: "", checks: 0 };
  private server: http.Server | https.Server | null = null;
  private readonly sockets = new Set<Socket>();

  constructor(
    readonly address: string,
    private readonly port: number,
    private readonly checkPath: string,
    private certificate: Issued | null = null,
  ) {}

  async start(): Promise<void> {
    if (this.server !== null) return;
    const listener: http.RequestListener = (request, response) => {
      this.serve(request, response);
    };
    const server =
      this.certificate === null ? http.createServer(listener) : https.createServer({ ...this.certificate }, listener);
    server.keepAliveTimeout = 600_000;
    server.on("connection", (socket: Socket) => {
      this.sockets.add(socket);
      socket.once("close", () => this.sockets.delete(socket));
      socket.on("error", () => undefined);
    });
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.port, this.address, resolve);
    });
    this.server = server;
  }

  /** As a container that is killed: connections break, new ones are refused. */
  async kill(): Promise<void> {
    const { server } = this;
    this.server = null;
    if (server === null) return;
    for (const socket of this.sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** So many checks that ask for a host fail from now on, and those after them do not: each route asks for itself. */
  failChecks(host: string, checks: number): void {
    this.failing = { host, checks };
  }

  /** Another certificate, for connections from now on. */
  async certify(certificate: Issued): Promise<void> {
    this.certificate = certificate;
    await this.kill();
    await this.start();
  }

  private serve(request: http.IncomingMessage, response: http.ServerResponse): void {
    const isCheck = request.url === this.checkPath;
    const { servername } = request.socket as Partial<TLSSocket>;
    const sni = typeof servername === "string" ? servername : null;
    (isCheck ? this.checks : this.requests).push({ host: request.headers.host ?? "", sni });
    const fails = isCheck && this.failing.checks > 0 && this.failing.host === request.headers.host;
    if (fails) this.failing.checks -= 1;
    const does = fails ? 503 : isCheck ? this.behaviour.checks : this.behaviour.requests;
    if (does === "hang") return;
    if (does === "reset") {
      request.socket.destroy();
      return;
    }
    const answer = (): void => void response.writeHead(does, { "x-replica": this.address }).end();
    const takesMs = isCheck ? 0 : (this.behaviour.takesMs ?? 0);
    if (takesMs === 0) answer();
    else setTimeout(answer, takesMs);
  }
}
