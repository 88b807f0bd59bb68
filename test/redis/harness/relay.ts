import * as net from "node:net";

interface Pair {
  readonly source: string;
  readonly near: net.Socket;
  readonly far: net.Socket;
}

/**
 * What stands at the name of a server: it passes bytes on, until the line from one source, or from all, is cut. A cut line is
 * silent, as when a switch is gone: nothing closes, nothing is refused.
 */
export class Relay {
  private readonly pairs = new Set<Pair>();
  private readonly held = new Set<net.Socket>();
  private readonly cut = new Set<string>();
  private readonly server = net.createServer({ pauseOnConnect: true }, (near) => this.join(near));

  private constructor(
    private readonly host: string,
    private readonly port: number,
  ) {}

  /** Listens at `name` for the server at `host`, both on the port. */
  static async at(name: string, host: string, port: number): Promise<Relay> {
    const relay = new Relay(host, port);
    await new Promise<void>((resolve, reject) => {
      relay.server.once("error", reject);
      relay.server.listen({ host: name, port }, resolve);
    });
    return relay;
  }

  /** Nothing more passes between a source and this server. */
  silence(source: string): void {
    this.cut.add(source);
    for (const pair of this.pairs) {
      if (pair.source !== source) continue;
      pair.near.unpipe();
      pair.far.unpipe();
      for (const socket of [pair.near, pair.far]) {
        socket.pause();
        this.held.add(socket);
      }
      this.pairs.delete(pair);
    }
  }

  /** The line is whole again: what hung on it breaks, and whoever likes connects anew. */
  restore(source: string): void {
    this.cut.delete(source);
    for (const socket of this.held) socket.destroy();
    this.held.clear();
  }

  async end(): Promise<void> {
    for (const { near, far } of this.pairs) {
      near.destroy();
      far.destroy();
    }
    for (const socket of this.held) socket.destroy();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private join(near: net.Socket): void {
    const source = near.remoteAddress ?? "";
    near.on("error", () => near.destroy());
    if (this.cut.has(source)) {
      this.held.add(near);
      return;
    }
    const far = net.connect({ host: this.host, port: this.port });
    const pair = { source, near, far };
    this.pairs.add(pair);
    near.setNoDelay(true);
    far.setNoDelay(true);
    const end = (): void => {
      if (!this.pairs.delete(pair)) return;
      near.destroy();
      far.destroy();
    };
    far.on("error", end);
    near.on("close", end);
    far.on("close", end);
    near.pipe(far);
    far.pipe(near);
  }
}
