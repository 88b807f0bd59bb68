import type { SecretReference } from "../model";

/** Where a secret is kept, by its reference. */
export function storeOf(reference: SecretReference): "secret-manager" | "parameter" {
  if ("create" in reference) return reference.create;
  return /:secretsmanager:|\/aws\/reference\/secretsmanager\//.test(reference.existing)
    ? "secret-manager"
    : "parameter";
}
