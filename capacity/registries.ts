import type { Chosen, Environment, RegistryLogin, Request, StackConfig, Target, Workload } from "../model";
import type { MistakeList } from "./request-mistakes";

/** Of images that name no host (distribution/reference, its default domain). */
const NO_HOST = "docker.io";

/** An image with its host: what comes before the first slash is one where it has a dot or a port, or is localhost. */
function withHost(reference: string): string {
  const [first = "", ...path] = reference.split("/");
  return path.length > 0 && (/[.:]/.test(first) || first === "localhost") ? reference : `${NO_HOST}/${reference}`;
}

/** What opens the registry of an image; undefined where anybody may pull. */
export function loginFor({ registries }: Pick<Chosen, "registries">, reference: string): RegistryLogin | undefined {
  // What is handed over while the program runs names nobody.
  if (reference === "") return undefined;
  return Object.entries(registries).find(([host]) => isOf(host, reference))?.[1];
}

const isOf = (host: string, reference: string): boolean => withHost(reference).startsWith(`${host}/`);

/** Secrets of the namespace that open the registries of a pod's images, sorted; nothing where anybody may pull all of them. */
export function pullSecretsOf(
  { chosen }: Pick<Request, "chosen">,
  references: readonly string[],
): { readonly pullSecrets?: readonly string[] } {
  const names = new Set(references.flatMap((each) => loginFor(chosen, each)?.secret ?? []));
  return names.size === 0 ? {} : { pullSecrets: [...names].sort() };
}

interface Word {
  readonly own: keyof RegistryLogin;
  readonly others: keyof RegistryLogin;
  readonly allowed: string;
  readonly fix: string;
}

const words: { readonly [target in Target]?: Word } = {
  aws: {
    own: "secretArn",
    others: "secret",
    allowed: "a Secret of Kubernetes opens nothing on AWS",
    fix: "secretArn: the ARN of a secret of Secrets Manager that holds user name and password",
  },
  kubernetes: {
    own: "secret",
    others: "secretArn",
    allowed: "pods pull with a Secret of their namespace, and never ask Secrets Manager",
    fix: "secret: the name of one of type kubernetes.io/dockerconfigjson, for example pull",
  },
};

/** A registry that is asked says what opens it on the stack's target; of an environment, which stacks share, only where an image is from there. */
export function checkRegistries(
  config: Partial<StackConfig>,
  environment: Pick<Environment, "registries"> | undefined,
  images: readonly string[],
  list: MistakeList,
): void {
  const word = config.target === undefined ? undefined : words[config.target];
  if (word === undefined) return;
  for (const [host, login] of Object.entries(config.registries ?? {})) {
    if (login[word.others] !== undefined)
      list.add("yaml", ["registries", host, word.others], login[word.others], word.allowed, word.fix);
    else if (login[word.own] === undefined)
      list.add("yaml", ["registries", host], login, "nothing says what opens it", word.fix);
  }
  if (config.registries !== undefined) return;
  for (const [host, login] of Object.entries(environment?.registries ?? {})) {
    if (login[word.own] !== undefined || !images.some((image) => isOf(host, image))) continue;
    const beside = login[word.others] === undefined ? "" : `; ${word.others} may stay, for stacks of the other target`;
    list.add("environment", ["registries", host], login, word.allowed, `add ${word.fix}${beside}`);
  }
}

/** Images that a stack pulls beyond those of its caches. */
export function imagesOf(
  { images = {} }: Partial<StackConfig>,
  workloads: Readonly<Record<string, Workload>>,
): readonly string[] {
  const beside = Object.values(workloads).flatMap((each) => {
    if (each.kind === "service") return Object.values(each.sidecars ?? {}).map(({ image }) => image);
    return each.kind === "store" && each.snapshots !== undefined ? [each.snapshots.image] : [];
  });
  return [...Object.values(images), ...beside];
}
