import type { Source } from "../../model";
import type { ReplacingCase } from "./force-new-cases";

/** Which changes make Pulumi replace a resource instead of updating it. */
export interface ForceNew {
  /** Input paths, in Pulumi's names, dots for nesting and [] for any element: any change in them replaces. */
  readonly inputs: readonly string[];
  /** Inputs that replace in some cases only; without `decide` inputs do not tell in which. */
  readonly conditional?: readonly {
    readonly input: string;
    readonly when: string;
    readonly decide?: ReplacingCase;
  }[];
  readonly source: Source;
}

const provider = "https://github.com/hashicorp/terraform-provider-aws";
/** Read: the schema's ForceNew flags in the provider's own source. */
export const read = (path: string): Source => ({
  title: `terraform-provider-aws, internal/service/${path}`,
  url: provider,
  date: "2026-11-21",
});
/** Not read for this table: the provider's schema as commonly known; the plan of a real preview wins. */
export const known = (path: string): Source => ({
  title: `terraform-provider-aws, internal/service/${path}, as commonly known (not read)`,
  url: provider,
  date: "2026-11-21",
});
