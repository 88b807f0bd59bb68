import type { ReadFile } from "../model";
import { counted, figure } from "./figures";
import { hanging } from "./layout";

/** Files that are listed one by one; the rest is in --json. */
const SHOWN = 8;

/** What manifests hold that is in nothing below: files that are no objects, and objects that run once. */
export function leftOut({ notRead = [], hooks = [] }: ReadFile, indent: number): readonly string[] {
  const lines = notRead.slice(0, SHOWN).flatMap(({ file, why }) => hanging("  not read", `${file}: ${why}`, indent));
  if (notRead.length > SHOWN)
    lines.push(...hanging("  not read", `and ${figure(notRead.length - SHOWN)} more: in --json`, indent));
  if (hooks.length === 0) return lines;
  const more = hooks.length > SHOWN ? ` and ${hooks.length - SHOWN} more` : "";
  const text = `${counted(hooks.length, "object")} at a moment of a release, not kept running: ${hooks.slice(0, SHOWN).join(", ")}${more}`;
  return [...lines, ...hanging("  hooks", text, indent)];
}
