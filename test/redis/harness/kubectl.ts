import { spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { redisFiles } from "../../../components/kubernetes/redis-scripts";
import type { Group } from "./group";
import type { Server } from "./server";

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

const ok = (out = ""): Answer => ({ code: 0, out, errors: "" });

/** Asks the test what kubectl would say, and ends as it would. */
const standIn = (port: number): string => `#!${process.execPath}
const request = require("node:http").request({ port: ${port}, method: "POST" }, (answer) => {
  let text = "";
  answer.on("data", (bytes) => { text += bytes; });
  answer.on("end", () => {
    const { code, out, errors } = JSON.parse(text);
    process.stdout.write(out);
    process.stderr.write(errors);
    process.exitCode = code;
  });
});
request.end(JSON.stringify(process.argv.slice(2)));
`;

/**
 * Stands for kubectl on a person's PATH, with a group a context: what it runs in a pod runs in that container, what it scales starts and
 * ends containers.
 */
export class Kubectl {
  /** Every call, without what all have. */
  readonly calls: string[] = [];
  /** Contexts whose nodes do not answer: pods that are to go stay. */
  readonly silent = new Set<string>();
  private readonly folder = mkdtempSync(path.join(tmpdir(), "nines-kubectl-"));

  private constructor(
    private readonly groups: Readonly<Record<string, Group>>,
    private readonly server: HttpServer,
  ) {
    chmodSync(this.folder, 0o755);
    const port = (server.address() as AddressInfo).port;
    writeFileSync(path.join(this.folder, "kubectl"), standIn(port), { mode: 0o755 });
  }

  static async over(groups: Readonly<Record<string, Group>>): Promise<Kubectl> {
    let kubectl: Kubectl | undefined = undefined as Kubectl | undefined;
    const server = createServer((request, response) => {
      let text = "";
      request.on("data", (bytes: Buffer) => {
        text += bytes.toString();
      });
      request.on("end", () => {
        const answered = kubectl?.answer(JSON.parse(text) as readonly string[]) ?? Promise.resolve(ok());
        void answered.then((answer) => response.end(JSON.stringify(answer)));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    kubectl = new Kubectl(groups, server);
    return kubectl;
  }

  async end(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve));
    rmSync(this.folder, { recursive: true });
  }

  /** Runs the script that a group's ConfigMap carries, as a person does. */
  async takeOver(
    group: Group,
    ...words: readonly string[]
  ): Promise<{ readonly code: number; readonly printed: string }> {
    const file = path.join(this.folder, "take-over.sh");
    writeFileSync(file, redisFiles(group.settings)["take-over.sh"] ?? "");
    const env = { PATH: `${this.folder}:${process.env["PATH"] ?? ""}`, WAIT_SECONDS: "15" };
    const child = spawn("sh", [file, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
    let printed = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (bytes: Buffer) => {
        printed += bytes.toString();
      });
    const code = await new Promise<number>((resolve) => child.once("close", (status) => resolve(status ?? -1)));
    return { code, printed };
  }

  private async answer(given: readonly string[]): Promise<Answer> {
    const [, context = "", , , ...words] = given;
    const [verb = "", ...rest] = words;
    this.calls.push([context, ...words].join(" "));
    const group = this.groups[context];
    if (given[0] !== "--context" || given[2] !== "--namespace" || group === undefined)
      return { code: 1, out: "", errors: `error: context "${context}" does not exist\n` };
    if (verb === "exec") return this.exec(group, rest);
    if (verb === "scale") return this.scale(context, group, rest);
    if (verb === "rollout") return this.rollout(group, rest);
    if (verb === "get" && rest[0] === "statefulset")
      return ok(String(this.setOf(group, rest[1]).filter(({ isUp }) => isUp).length));
    if (verb === "get" && rest[0] === "pods") {
      const sentinels = rest[2]?.endsWith("=sentinel") ?? false;
      const up = (sentinels ? group.sentinels : group.members).filter(({ isUp }) => isUp);
      return ok(up.map(({ ordinal }) => `pod/${sentinels ? "redis-sentinel" : "redis"}-${ordinal}\n`).join(""));
    }
    return { code: 1, out: "", errors: `error: unknown command ${words.join(" ")}\n` };
  }

  /** `redis-0 -- sh /etc/nines/promote.sh WORD...` */
  private async exec(group: Group, [pod, , , file = "", ...words]: readonly string[]): Promise<Answer> {
    const member = group.members.find(({ ordinal }) => pod === `redis-${ordinal}`);
    if (member === undefined || !member.isUp)
      return { code: 1, out: "", errors: `Error from server (NotFound): pods "${pod}" not found\n` };
    const { code, out, printed } = await member.script(path.basename(file), ...words);
    return { code, out, errors: printed.replace(out, "") };
  }

  private async scale(context: string, group: Group, [, set, replicas]: readonly string[]): Promise<Answer> {
    const count = Number(replicas?.replace("--replicas=", ""));
    for (const each of this.setOf(group, set)) {
      if (each.ordinal < count && !each.isUp) each.start();
      if (each.ordinal >= count && each.isUp && !this.silent.has(context)) await each.stop("SIGTERM");
    }
    return ok(`statefulset.apps/${set} scaled\n`);
  }

  private async rollout(group: Group, [word, what]: readonly string[]): Promise<Answer> {
    if (word === "status") {
      const ready = async () => {
        const codes = await Promise.all(
          this.setOf(group, what?.split("/")[1]).map((each) => each.script("ready.sh", "sentinel")),
        );
        return codes.every(({ code }) => code === 0);
      };
      while (!(await ready())) await new Promise((resolve) => setTimeout(resolve, 200));
    }
    return ok(`${what} ${word}\n`);
  }

  private setOf(group: Group, name = ""): readonly Server[] {
    return name.endsWith("-sentinel") ? group.sentinels : group.members;
  }
}
