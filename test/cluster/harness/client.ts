import { readFileSync } from "node:fs";
import { Agent, request, type RequestOptions } from "node:https";
import { called, type KubernetesObject } from "./objects";
import { waitFor } from "./wait";

/** Where to speak to a server, and as whom. */
export interface Access {
  readonly server: string;
  readonly token: string;
  readonly certificateFile: string;
}

/** What the server refused, in its own words. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = "Refused";
  }
}

interface Kind {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** A Kubernetes API server over HTTPS: JSON, and nothing known of any kind but what the server says of it. */
export class Client {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16 });
  private readonly certificate: Buffer;
  private readonly kinds = new Map<string, Promise<readonly Kind[]>>();

  constructor(private readonly access: Access) {
    this.certificate = readFileSync(access.certificateFile);
  }

  close(): void {
    this.agent.destroy();
  }

  /** Applied by the server (field manager nines). An unknown or doubled field is refused, not dropped. */
  async apply(object: KubernetesObject, { dryRun = false } = {}): Promise<KubernetesObject> {
    const query = `fieldManager=nines&force=true&fieldValidation=Strict${dryRun ? "&dryRun=All" : ""}`;
    return this.call("PATCH", `${await this.pathOf(object)}?${query}`, object, "application/apply-patch+yaml");
  }

  /** The object as it is now; null: there is none. */
  async get(object: KubernetesObject): Promise<KubernetesObject | null> {
    try {
      return await this.call("GET", await this.pathOf(object));
    } catch (error) {
      if (error instanceof Refused && error.code === 404) return null;
      throw error;
    }
  }

  /** All of a kind, with these labels. */
  async list(path: string, labels: Readonly<Record<string, string>> = {}): Promise<readonly KubernetesObject[]> {
    const selector = Object.entries(labels).map(([key, value]) => `${key}=${value}`);
    const query = selector.length === 0 ? "" : `?labelSelector=${encodeURIComponent(selector.join(","))}`;
    const { apiVersion, kind, items } = await this.call<List>("GET", `${path}${query}`);
    // The server says what they are once, of the list.
    return items.map((object) => ({ ...object, apiVersion, kind: kind.replace(/List$/, "") }));
  }

  async mergePatch(object: KubernetesObject, patch: unknown, subresource = ""): Promise<KubernetesObject> {
    return this.call("PATCH", `${await this.pathOf(object)}${subresource}`, patch, "application/merge-patch+json");
  }

  async create(path: string, body: unknown): Promise<KubernetesObject> {
    return this.call("POST", path, body);
  }

  /** Gone is as good as deleted. */
  async delete(object: KubernetesObject): Promise<void> {
    try {
      await this.call("DELETE", `${await this.pathOf(object)}?propagationPolicy=Background`);
    } catch (error) {
      if (!(error instanceof Refused && error.code === 404)) throw error;
    }
  }

  /** Returns when the server serves every kind of these custom resource definitions. */
  async established(definitions: readonly KubernetesObject[]): Promise<void> {
    for (const definition of definitions)
      await waitFor(`${called(definition)} is served`, async () => {
        const conditions = (await this.get(definition))?.["status"]?.conditions ?? [];
        return conditions.some(
          ({ type, status }: Readonly<Record<string, string>>) => type === "Established" && status === "True",
        );
      });
    this.kinds.clear();
  }

  /** The path of an object, by what the server says of its kind. */
  async pathOf({ apiVersion, kind, metadata }: KubernetesObject): Promise<string> {
    const root = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const known = this.kinds.get(root) ?? this.kindsOf(root);
    this.kinds.set(root, known);
    const found = (await known).find((each) => each.kind === kind && !each.name.includes("/"));
    if (found === undefined) throw new Refused(404, `the server knows no ${kind} of ${apiVersion}`);
    if (found.namespaced && metadata.namespace === undefined)
      throw new Error(`${kind} ${metadata.name} lacks metadata.namespace`);
    const namespace = found.namespaced ? `/namespaces/${metadata.namespace!}` : "";
    return `${root}${namespace}/${found.name}/${metadata.name}`;
  }

  private async kindsOf(root: string): Promise<readonly Kind[]> {
    try {
      return (await this.call<{ readonly resources: readonly Kind[] }>("GET", root)).resources;
    } catch (error) {
      this.kinds.delete(root);
      if (error instanceof Refused && error.code === 404) return [];
      throw error;
    }
  }

  /** What is not JSON: /readyz. */
  async text(path: string): Promise<string> {
    return (await this.send("GET", path, undefined, "text/plain")).text;
  }

  async call<Answer = KubernetesObject>(
    method: string,
    path: string,
    body?: unknown,
    contentType = "application/json",
  ): Promise<Answer> {
    const { code, text } = await this.send(method, path, body, contentType);
    if (code < 300) return JSON.parse(text) as Answer;
    const { message = text, details } = statusIn(text);
    // What is the matter with it stands there in part: a budget's figures only so.
    const more = (details?.causes ?? [])
      .flatMap((cause) => cause.message ?? [])
      .filter((each) => !message.includes(each));
    throw new Refused(code, [message, ...more].join(" "));
  }

  private send(method: string, path: string, body: unknown, contentType: string): Promise<Response> {
    const options: RequestOptions = {
      method,
      agent: this.agent,
      ca: this.certificate,
      timeout: 30_000,
      headers: {
        authorization: `Bearer ${this.access.token}`,
        accept: "application/json",
        "content-type": contentType,
      },
    };
    return new Promise((resolve, reject) => {
      const sent = request(new URL(path, this.access.server), options, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({ code: response.statusCode ?? 0, text: Buffer.concat(chunks).toString("utf8") }),
        );
      });
      sent.on("timeout", () => sent.destroy(new Error(`${method} ${path}: no answer in 30 s`)));
      sent.on("error", reject);
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }
}

interface List {
  readonly apiVersion: string;
  readonly kind: string;
  readonly items: readonly KubernetesObject[];
}

interface Response {
  readonly code: number;
  readonly text: string;
}

interface Status {
  readonly message?: string;
  readonly details?: { readonly causes?: readonly { readonly message?: string }[] };
}

function statusIn(text: string): Status {
  try {
    return JSON.parse(text) as Status;
  } catch {
    return {};
  }
}
