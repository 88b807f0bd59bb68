import { NAME_AND_KEY, type Environment, type Path, type ServiceWorkload } from "../model";
import type { TargetCatalog } from "../catalog";
import type { MistakeList } from "./request-mistakes";

/** Variables that others set, too. @param who sets them, in words */
export function checkSetOnce(
  path: Path,
  variables: object | undefined,
  others: readonly (object | undefined)[],
  who: string,
  list: MistakeList,
): void {
  for (const variable of Object.keys(variables ?? {}))
    if (others.some((each) => Object.hasOwn(each ?? {}, variable)))
      list.add("system", [...path, variable], variable, `${who} sets the same variable`, "keep one of the two");
}

/** Settings of ConfigMaps and secrets of a store: where there are such, and each variable once. */
export function checkReferences(
  name: string,
  facts: Pick<ServiceWorkload, "environment" | "secrets" | "configMaps" | "wires">,
  { target }: Pick<TargetCatalog, "target">,
  environment: Pick<Environment, "kubernetes"> | undefined,
  list: MistakeList,
): void {
  const path = ["workloads", name] as const;
  for (const [variable, map] of Object.entries(facts.configMaps ?? {})) {
    const where = [...path, "configMaps", variable];
    const twice = [facts.environment, facts.secrets, facts.wires].some((each) => Object.hasOwn(each ?? {}, variable));
    if (target !== "kubernetes")
      list.add("system", where, map, `${target} has no ConfigMaps`, "say the value itself in environment");
    else if (twice)
      list.add(
        "system",
        where,
        map,
        "the environment, a secret or a wire sets the same variable",
        "keep one of the two",
      );
  }
  for (const [variable, reference] of Object.entries(facts.secrets ?? {})) {
    if ("existing" in reference && target === "kubernetes" && !NAME_AND_KEY.test(reference.existing))
      list.add(
        "system",
        [...path, "secrets", variable, "existing"],
        reference.existing,
        "its name, or name/key",
        "A Secret of the namespace",
      );
    if (!("create" in reference) || reference.from === undefined) continue;
    const where = [...path, "secrets", variable, "from"];
    if (target !== "kubernetes")
      list.add(
        "system",
        where,
        reference.from,
        "a key of external-secrets, on Kubernetes alone",
        "existing: its name or ARN",
      );
    else if (environment !== undefined && environment.kubernetes?.secretStore === undefined)
      list.add(
        "system",
        where,
        reference.from,
        "external-secrets fetches it, and the environment names no store",
        'kubernetes.secretStore: { kind: "ClusterSecretStore", name: "..." }, and "external-secrets" in kubernetes.has',
      );
  }
}
