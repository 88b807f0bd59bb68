import { readFileSync } from "node:fs";
import * as net from "node:net";
import * as path from "node:path";
import * as tls from "node:tls";

type Answer = string | number | null | Error | readonly Answer[];

/** One connection that speaks Redis' protocol: what a caller of the group would use. */
export class Client {
  private read = Buffer.alloc(0);
  private readonly waiting: ((answer: Answer) => void)[] = [];
  private ended: Error | null = null;

  private constructor(private readonly socket: net.Socket) {
    socket.on("data", (bytes) => {
      this.read = Buffer.concat([this.read, bytes]);
      for (let found = parse(this.read, 0); found !== null; found = parse(this.read, 0)) {
        this.read = this.read.subarray(found.next);
        this.waiting.shift()?.(found.answer);
      }
    });
    const end = (error: Error): void => {
      this.ended ??= error;
      for (const each of this.waiting.splice(0)) each(this.ended);
    };
    socket.on("error", end);
    socket.on("close", () => end(new Error("closed")));
  }

  /** Connects, by the authority of a folder of certificates where one is given, and logs in; rejects where nobody answers in time. */
  static async to(
    host: string,
    port: number,
    password: string,
    folder: string | null = null,
    withinMs = 1000,
  ): Promise<Client> {
    const socket = folder === null ? net.connect({ host, port }) : encrypted(host, port, folder);
    socket.setNoDelay(true);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        socket.destroy();
        reject(new Error(`${host}:${port} does not answer`));
      }, withinMs);
      socket.once(folder === null ? "connect" : "secureConnect", () => {
        clearTimeout(timer);
        resolve();
      });
      socket.once("error", (error: Error) => {
        clearTimeout(timer);
        reject(error);
      });
    });
    const client = new Client(socket);
    const said = await client.try(["AUTH", password], withinMs);
    if (said !== "OK") {
      client.close();
      throw said instanceof Error ? said : new Error(`AUTH: ${String(said)}`);
    }
    return client;
  }

  /** The answer; an Error where the server refuses, the line breaks, or nothing comes in time. */
  try(words: readonly (string | number)[], withinMs = 2000): Promise<Answer> {
    if (this.ended !== null) return Promise.resolve(this.ended);
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.ended ??= new Error("no answer in time");
        this.socket.destroy();
        resolve(this.ended);
      }, withinMs);
      this.waiting.push((answer) => {
        clearTimeout(timer);
        resolve(answer);
      });
      const texts = words.map(String);
      this.socket.write(
        `*${texts.length}\r\n${texts.map((text) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`).join("")}`,
      );
    });
  }

  /** The answer as text; throws where `try` gives an Error. */
  async text(...words: readonly (string | number)[]): Promise<string> {
    const said = await this.try(words);
    if (said instanceof Error) throw said;
    return Array.isArray(said) ? said.join(" ") : String(said);
  }

  close(): void {
    this.socket.destroy();
  }
}

/** As Redis itself does: the certificate is of the authority, whoever's it is. */
function encrypted(host: string, port: number, folder: string): tls.TLSSocket {
  return tls.connect({
    host,
    port,
    ca: readFileSync(path.join(folder, "ca.crt")),
    checkServerIdentity: () => undefined,
  });
}

/** The answer that begins at a place, and where the next begins; null: not all of it is there. */
function parse(read: Buffer, from: number): { readonly answer: Answer; readonly next: number } | null {
  const end = read.indexOf("\r\n", from);
  if (end < 0) return null;
  const line = read.toString("utf8", from + 1, end);
  switch (String.fromCharCode(read[from] ?? 0)) {
    case "+":
      return { answer: line, next: end + 2 };
    case "-":
      return { answer: new Error(line), next: end + 2 };
    case ":":
      return { answer: Number(line), next: end + 2 };
    case "$": {
      const length = Number(line);
      if (length < 0) return { answer: null, next: end + 2 };
      const next = end + 2 + length + 2;
      return read.length < next ? null : { answer: read.toString("utf8", end + 2, next - 2), next };
    }
    case "*": {
      const answers: Answer[] = [];
      let next = end + 2;
      for (let left = Number(line); left > 0; left -= 1) {
        const found = parse(read, next);
        if (found === null) return null;
        answers.push(found.answer);
        next = found.next;
      }
      return { answer: answers, next };
    }
    default:
      throw new Error(`not Redis' protocol: ${line}`);
  }
}
