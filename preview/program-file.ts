import type { Report, Resource } from "../model";
import { jsonIn } from "./json-in-text";
import { isPreviewDocument, previewDocument, type PreviewDocument } from "./preview-document";
import { hasUrn, isObject, resourceFromState, stands } from "./state-resources";

/** What a file given to `--from` or `--against` holds. */
export type ProgramFile =
  /** Printed by `nines preview --json`. */
  | { readonly kind: "reports"; readonly reports: readonly Report[] }
  /** From `pulumi stack export`. */
  | {
      readonly kind: "state";
      readonly stack: string;
      readonly resources: readonly Resource[];
      /** Operations that were cut off: what became of them nobody knows. */
      readonly pending: readonly string[];
      /** Entries that are no resources, or have no URN that could be one. */
      readonly unreadable: number;
    }
  /** From `pulumi preview --json`. */
  | { readonly kind: "preview"; readonly stack: string; readonly document: PreviewDocument };

/** The forms that are read, for a sentence. */
export const ACCEPTED =
  "accepted are the documents of pulumi stack export, of pulumi preview --json, and of nines preview --json, and manifests of Kubernetes";

/** Reads a file into resources, or says in words what it is instead. */
export function programFile(
  text: string,
): { readonly ok: true; readonly file: ProgramFile } | { readonly ok: false; readonly is: string } {
  const content = jsonIn(text);
  if (depthOf(content) > DEEPEST) return { ok: false, is: `is nested more than ${DEEPEST} deep, which no stack is` };
  const file = isObject(content) ? fileOf(content) : undefined;
  if (file !== undefined) return { ok: true, file };
  return { ok: false, is: whatItIs(text, content) };
}

/** Of lists and objects in each other; what reads them goes down by recursion. */
const DEEPEST = 500;

/** Level by level, since a file may be nested deeper than functions can call each other. */
function depthOf(content: unknown): number {
  let level: readonly unknown[] = [content];
  let depth = 0;
  while (level.length > 0 && depth <= DEEPEST) {
    level = level.flatMap(inside);
    depth += 1;
  }
  return depth;
}

function inside(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.values(value) : [];
}

function fileOf(content: Readonly<Record<string, unknown>>): ProgramFile | undefined {
  if (content["schema"] === 1) {
    const listed: unknown = "reports" in content ? content["reports"] : [content];
    return Array.isArray(listed) && listed.every(isReport) ? { kind: "reports", reports: listed } : undefined;
  }
  const deployment = deploymentOf(content);
  if (deployment !== undefined) {
    const listed: unknown = deployment["resources"] ?? [];
    if (!Array.isArray(listed)) return undefined;
    const readable = listed.filter(hasUrn);
    const resources = readable.filter(stands).map(resourceFromState);
    const unreadable = listed.length - readable.length;
    return { kind: "state", stack: stackOf(resources), resources, pending: pendingOf(deployment), unreadable };
  }
  // Engine events have a sequence and what happened; a plan of --save-plan has steps under another name.
  if (!("sequence" in content) && isPreviewDocument(content)) {
    const document = previewDocument(content);
    return { kind: "preview", stack: stackOf([...document.after, ...document.before]), document };
  }
  return undefined;
}

/** Of an export, or of the file that a backend on disk keeps. */
function deploymentOf(content: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const checkpoint = content["checkpoint"];
  const deployment = isObject(checkpoint) ? checkpoint["latest"] : content["deployment"];
  return isObject(deployment) ? deployment : undefined;
}

function pendingOf(deployment: Readonly<Record<string, unknown>>): readonly string[] {
  const pending: unknown = deployment["pending_operations"];
  if (!Array.isArray(pending)) return [];
  return pending.filter(isObject).flatMap(({ resource, type }) => {
    const urn = isObject(resource) ? resource["urn"] : undefined;
    return typeof urn === "string" ? [`${String(type)} ${urn}`] : [];
  });
}

/** `prod` of `urn:pulumi:prod::project::type::name`. */
function stackOf(resources: readonly Resource[]): string {
  return resources[0]?.urn.split("::")[0]?.replace("urn:pulumi:", "") ?? "";
}

/** Enough of one to compare with; what a report of ours holds below that is ours. */
function isReport(content: unknown): content is Report {
  if (!isObject(content) || typeof content["stack"] !== "string" || !isObject(content["cost"])) return false;
  return isObject(content["cost"]["perMonthUsd"]) && Array.isArray(content["built"]) && isObjects(content["resources"]);
}

function isObjects(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => isObject(each) && isObject(each["inputs"]));
}

/** What somebody who gave another file sees named. */
function whatItIs(text: string, content: unknown): string {
  if (text.trim() === "") return "is empty";
  if (!isObject(content)) return content === undefined ? "is not JSON" : "is JSON, and no document";
  if (content["schema"] === 1 && "reports" in content) return "is a report of which something is missing";
  if ("sequence" in content)
    return "is a stream of engine events (PULUMI_ENABLE_STREAMING_JSON_PREVIEW, --event-log), which say nothing of what refers to what";
  if ("resourcePlans" in content) return "is a plan of pulumi preview --save-plan";
  if ("format_version" in content || "terraform_version" in content) return "is Terraform's";
  if ("AWSTemplateFormatVersion" in content) return "is a CloudFormation template";
  if ("result" in content && "summary" in content) return "is the summary of pulumi --output json, without inputs";
  if ("deployment" in content) return "is a stack export whose deployment cannot be read";
  const keys = Object.keys(content).slice(0, 4);
  return keys.length === 0 ? "is an empty document" : `is JSON of another kind (${keys.join(", ")})`;
}
