import { createSocket, type Socket } from "node:dgram";

const HEADER = 12;
const [TYPE_A, TYPE_AAAA, CLASS_IN] = [1, 28, 1];
const NO_SUCH_NAME = 3;
/** What CoreDNS says of its own zone, and longer than any test: whoever asks again sooner does so by its own settings. */
const LIFE_SECONDS = 3600;

/** The cluster's DNS and the world's: what names lead to is what the test says. Nothing is asked further. */
export class Names {
  private readonly addresses = new Map<string, readonly string[]>();
  private readonly asked = new Map<string, number>();

  private constructor(private readonly socket: Socket) {
    socket.on("message", (question, { port, address }) => {
      const answer = this.answer(question);
      if (answer !== null) socket.send(answer, port, address);
    });
  }

  static async start(): Promise<Names> {
    const socket = createSocket("udp4");
    await new Promise<void>((resolve, reject) => {
      socket.once("error", reject);
      socket.bind(0, "127.0.0.1", resolve);
    });
    return new Names(socket);
  }

  get port(): number {
    return this.socket.address().port;
  }

  /** The addresses of a name from now on; none: it is known and has none. */
  lead(name: string, addresses: readonly string[]): void {
    this.addresses.set(name, addresses);
  }

  /** From now on there is no such name. */
  forget(name: string): void {
    this.addresses.delete(name);
  }

  /** How often addresses of a name were asked for. */
  askedFor(name: string): number {
    return this.asked.get(name) ?? 0;
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.socket.close(resolve));
  }

  private answer(question: Buffer): Buffer | null {
    const read = questionOf(question);
    if (read === null) return null;
    const { name, type, end } = read;
    const known = this.addresses.get(name);
    if (type === TYPE_A) this.asked.set(name, this.askedFor(name) + 1);
    const records = type === TYPE_A ? (known ?? []).map(recordOf) : [];
    const header = Buffer.alloc(HEADER);
    question.copy(header, 0, 0, 2);
    // An answer, of an authority, recursion as asked.
    header.writeUInt16BE(0x8580 | (known === undefined ? NO_SUCH_NAME : 0), 2);
    header.writeUInt16BE(1, 4);
    header.writeUInt16BE(records.length, 6);
    return Buffer.concat([header, question.subarray(HEADER, end), ...records]);
  }
}

function questionOf(message: Buffer): { readonly name: string; readonly type: number; readonly end: number } | null {
  const labels: string[] = [];
  let at = HEADER;
  for (let length = message[at]; length !== 0; length = message[at]) {
    if (length === undefined || length > 63) return null;
    labels.push(message.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = message.readUInt16BE(at + 1);
  return type === TYPE_A || type === TYPE_AAAA ? { name: labels.join(".").toLowerCase(), type, end: at + 5 } : null;
}

function recordOf(address: string): Buffer {
  const record = Buffer.alloc(16);
  // The name of the question, by a pointer.
  record.writeUInt16BE(0xc000 | HEADER, 0);
  record.writeUInt16BE(TYPE_A, 2);
  record.writeUInt16BE(CLASS_IN, 4);
  record.writeUInt32BE(LIFE_SECONDS, 6);
  record.writeUInt16BE(4, 10);
  address.split(".").forEach((part, i) => record.writeUInt8(Number(part), 12 + i));
  return record;
}
