import type { SecretReference } from "../../model";
import type { SecretKey } from "./container";

/** The Secret that holds what a workload's secrets are created for. */
export function createdSecret(workload: string): string {
  return `${workload}-secrets`;
}

/** The Secret that holds a workload's variables that are known only after deploy. */
export function laterSecret(workload: string): string {
  return `${workload}-environment`;
}

/** The Secret that holds what a cache asks its callers for. */
export function cacheSecret(cache: string): SecretKey {
  return { name: `${cache}-auth`, key: "password" };
}

/** Where a secret is: `name` or `name/key` of a Secret that is there, else a key of the workload's own. */
export function secretKeyOf(workload: string, variable: string, reference: SecretReference): SecretKey {
  if ("create" in reference) return { name: createdSecret(workload), key: variable };
  const [name = "", key = variable] = reference.existing.split("/");
  return { name, key };
}

/** Where each of a container's secrets is, by environment variable. */
export function secretKeysOf(
  workload: string,
  secrets: Readonly<Record<string, SecretReference>> = {},
): Readonly<Record<string, SecretKey>> {
  return Object.fromEntries(
    Object.entries(secrets).map(([variable, reference]) => [variable, secretKeyOf(workload, variable, reference)]),
  );
}

/** The Secret that holds what a copy of a cache shows to the group that it follows. */
export function copiedSecret(cache: string): SecretKey {
  return { name: `${cache}-copied-auth`, key: "password" };
}
