import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { LineCounter, parseDocument } from "yaml";
import { nearest, requestsByRegion, type Mistake, type Request } from "../../model";
import type { OnMachine } from "../found-on-machine";

/** What of a kubeconfig counts here: names. Nothing else of it is kept, and nothing of it is printed. */
export interface Kubeconfig {
  /** Files that are there, in the order in which they count. */
  readonly files: readonly string[];
  /** Of each context the files that hold it: the first one counts (kubectl, organizing cluster access: "the first file to set a value wins"). */
  readonly contexts: ReadonlyMap<string, readonly [NamedContext, ...NamedContext[]]>;
  readonly clusters: ReadonlySet<string>;
  /** What keeps all of it from being loaded. */
  readonly broken: readonly { readonly file: string; readonly why: string; readonly fix: string }[];
}

interface NamedContext {
  readonly file: string;
  readonly cluster: string | undefined;
}

/** Where a machine's kubeconfig is looked for. */
export interface Places {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** Text of a file; undefined where there is none. @throws where it cannot be read */
  readonly read: (file: string) => string | undefined;
}

const machine: Places = { env: process.env, home: homedir(), read: textOf };

/** Do the contexts that a request names stand in this machine's kubeconfig? Nobody knows where it has none: there, nothing is asked. */
export function contextsOnMachine(request: Request, places: Places = machine): OnMachine {
  const kubeconfig = kubeconfigOf(places);
  if (kubeconfig === null) return { mistakes: [], notes: [] };
  const where = kubeconfig.files.join(", ");
  const place = { stack: request.stack, file: `stacks/environments/${request.environment}.ts` };
  const mistakes: Mistake[] = kubeconfig.broken.map(({ file, why, fix }) => ({
    stack: request.stack,
    file,
    key: "kubeconfig",
    given: undefined,
    allowed: `${file} ${why}`,
    fix,
  }));
  const notes: string[] = [];
  const named = new Set(requestsByRegion(request).map(({ kubernetes }) => kubernetes?.context));
  const free = [...kubeconfig.contexts.keys()].filter((name) => !named.has(name));
  for (const { region, kubernetes } of requestsByRegion(request)) {
    if (kubernetes === null) continue;
    const { context } = kubernetes;
    const key = `environments.${request.environment}.kubernetes.clusters.${region}.context`;
    const found = kubeconfig.contexts.get(context);
    if (found === undefined) {
      // What a broken file holds nobody knows.
      if (kubeconfig.broken.length > 0) continue;
      const near = nearest(context, free);
      mistakes.push({
        ...place,
        key,
        given: context,
        allowed: `the kubeconfig (${where}) has no context of this name`,
        fix: `${near === undefined ? "" : `did you mean ${near}? `}kubectl config get-contexts lists them`,
      });
      continue;
    }
    const [first, ...others] = found;
    if (first.cluster === undefined || !kubeconfig.clusters.has(first.cluster))
      mistakes.push({
        ...place,
        key,
        given: context,
        allowed: `the context of ${first.file} names ${first.cluster === undefined ? "no cluster" : `cluster ${first.cluster}, which the kubeconfig (${where}) does not have`}`,
        fix: "write the cluster's entry again, as your provider's command does",
      });
    if (others.length > 0)
      notes.push(
        `context ${context} is in ${[first, ...others].map(({ file }) => file).join(" and in ")}: ${first.file} counts, since it comes first`,
      );
  }
  return { mistakes, notes };
}

/** null: there is none, as in a pipeline that only plans, or inside a cluster. */
export function kubeconfigOf({ env, home, read }: Places): Kubeconfig | null {
  const stated = env["KUBECONFIG"] ?? "";
  const paths = stated === "" ? [join(home, ".kube", "config")] : stated.split(delimiter).filter((path) => path !== "");
  const files: string[] = [];
  const contexts = new Map<string, [NamedContext, ...NamedContext[]]>();
  const clusters = new Set<string>();
  const broken: { readonly file: string; readonly why: string; readonly fix: string }[] = [];
  for (const file of new Set(paths)) {
    let text: string | undefined;
    try {
      text = read(file);
    } catch {
      files.push(file);
      broken.push({ file, why: "cannot be read", fix: "check what it is, and who may read it" });
      continue;
    }
    if (text === undefined) continue;
    files.push(file);
    const held = entriesOf(text);
    if (typeof held === "string") {
      broken.push({ file, why: held, fix: "mend it, or take it out of KUBECONFIG" });
      continue;
    }
    for (const name of held.twice)
      broken.push({
        file,
        why: `has ${name} twice, and kubectl refuses the whole file`,
        fix: "remove one of the two, by hand",
      });
    for (const name of held.clusters) clusters.add(name);
    for (const [name, cluster] of held.contexts) {
      const known = contexts.get(name);
      if (known === undefined) contexts.set(name, [{ file, cluster }]);
      else known.push({ file, cluster });
    }
  }
  return files.length === 0 ? null : { files, contexts, clusters, broken };
}

interface Entries {
  readonly contexts: ReadonlyMap<string, string | undefined>;
  readonly clusters: readonly string[];
  /** `context prod`: in the file's list more than once. */
  readonly twice: readonly string[];
}

/** What one file holds; text: why it is no kubeconfig. Its words are never quoted: tokens are among them. */
function entriesOf(text: string): Entries | string {
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) return `is no YAML: line ${lines.linePos(error.pos[0]).line}`;
  let content: unknown;
  try {
    content = document.toJS() as unknown;
  } catch {
    return "is no YAML: its aliases do not end";
  }
  if (content === null) return { contexts: new Map(), clusters: [], twice: [] };
  if (!isObject(content)) return "is no kubeconfig: it needs apiVersion: v1, kind: Config, contexts and clusters";
  const contexts = new Map<string, string | undefined>();
  const twice = new Set<string>();
  for (const entry of listOf(content["contexts"])) {
    const name = entry["name"];
    if (typeof name !== "string") continue;
    if (contexts.has(name)) twice.add(`context ${name}`);
    const inner = entry["context"];
    const cluster = isObject(inner) ? inner["cluster"] : undefined;
    contexts.set(name, typeof cluster === "string" && cluster !== "" ? cluster : undefined);
  }
  const clusters: string[] = [];
  for (const { name } of listOf(content["clusters"])) {
    if (typeof name !== "string") continue;
    if (clusters.includes(name)) twice.add(`cluster ${name}`);
    clusters.push(name);
  }
  return { contexts, clusters, twice: [...twice] };
}

function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
