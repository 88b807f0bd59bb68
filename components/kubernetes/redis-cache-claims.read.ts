import type { Claim, Resource, ResourceGraph } from "../../model";
import { asText, inside, listOf, valueAt } from "../leaf.read";
import { podLabels } from "./pod-placement.read";
import { proxiesOf } from "./redis-copies.read";
import type { ServerWords } from "./redis-files.read";
import { chooses, named, neighbours, selects } from "./scope.read";

const SERVICE = "kubernetes:core/v1:Service";
const SECRET = "kubernetes:core/v1:Secret";
const EXTERNAL_SECRET = "kubernetes:external-secrets.io/v1:ExternalSecret";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const BUDGET = "kubernetes:policy/v1:PodDisruptionBudget";
const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";
const PASSWORD = "random:index/randomPassword:RandomPassword";
const POD = ["spec", "template", "spec"] as const;

/** What a group is read from, and what belongs to it without saying anything of it. */
export function claimsOf(
  graph: ResourceGraph,
  set: Resource,
  found: {
    readonly part: Claim["part"];
    readonly words: ServerWords;
    readonly watchers: readonly Resource[];
    readonly classes: readonly Resource[];
    readonly claimed: ReadonlySet<string>;
  },
): readonly Claim[] {
  const { part, words, watchers, classes, claimed } = found;
  const { maps } = words;
  const proxies = proxiesOf(graph, set, words, watchers);
  const pods = [set, ...watchers, ...proxies];
  const labels = pods.map(podLabels);
  const selecting = (type: string, matches: (each: Resource, own: ReadonlyMap<string, string>) => boolean) =>
    neighbours(graph, set, type).filter((each) => labels.some((own) => matches(each, own)));
  const secrets = pods.flatMap((each) => secretsOf(graph, each));
  const nothing = [
    ...selecting(SERVICE, (each, own) => chooses(valueAt(each, "spec", "selector"), own)),
    ...selecting(BUDGET, (each, own) => selects(valueAt(each, "spec", "selector"), own)),
    ...selecting(POLICY, (each, own) => selects(valueAt(each, "spec", "podSelector"), own)),
    ...pods.flatMap((each) => {
      const account = asText(valueAt(each, ...POD, "serviceAccountName") ?? null);
      return account === undefined ? [] : (named(graph, each, ACCOUNT, account) ?? []);
    }),
    ...secrets,
    ...secrets.flatMap((secret) => graph.referenced(secret, "stringData", PASSWORD)),
    ...proxies,
  ].filter(({ urn }) => !claimed.has(urn));
  const claim =
    (carries: Claim["carries"]) =>
    (resource: Resource): Claim => ({ urn: resource.urn, part, carries });
  return [...nothing.map(claim("nothing")), ...[set, ...watchers, ...maps, ...classes].map(claim("fields"))];
}

/** Secrets that pods mount, and what fetches them. */
function secretsOf(graph: ResourceGraph, resource: Resource): readonly Resource[] {
  return listOf(valueAt(resource, ...POD, "volumes")).flatMap((volume) => {
    const name = asText(inside(volume, "secret", "secretName") ?? null);
    if (name === undefined) return [];
    return [
      ...[named(graph, resource, SECRET, name)].flatMap((each) => each ?? []),
      ...neighbours(graph, resource, EXTERNAL_SECRET).filter(
        (each) => asText(valueAt(each, "spec", "target", "name") ?? null) === name,
      ),
    ];
  });
}
