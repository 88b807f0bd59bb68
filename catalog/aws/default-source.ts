import type { Source } from "../../model";

/** What an absent input means. */
export interface Default {
  readonly value: string | number | boolean | null;
  /** provider: the Pulumi provider fills it in. aws: the service does. */
  readonly by: "provider" | "aws";
  readonly source: Source;
}

const day = "2026-11-21";
const github = "https://github.com/hashicorp/terraform-provider-aws";
/** Read: the schema of the provider. */
export const schema = (path: string): Source => ({
  title: `terraform-provider-aws, internal/service/${path}`,
  url: github,
  date: day,
});
/** Read: what the declarations say. */
export const declarations = (path: string): Source => ({
  title: `@pulumi/aws 7.48.0, ${path}.d.ts`,
  url: "https://github.com/pulumi/pulumi-aws",
  date: day,
});
/** Read: the API model. */
export const model = (service: string): Source => ({
  title: `AWS API model of ${service} (botocore 1.43.107)`,
  date: "2026-11-20",
});
/** Commonly known, not stated in a text that was read. */
export const unread: Source = { title: "AWS behaviour as commonly known (not read)", date: day };
