import { isRecord, type Value } from "../../model";

/** One step of a JSON patch (RFC 6902), as kustomize takes it. */
export type PatchStep =
  | { readonly op: "add" | "replace"; readonly path: string; readonly value: Value }
  | { readonly op: "remove"; readonly path: string };

/** What turns one value into another, in the order of paths; a list of another length is replaced whole. */
export function patchBetween(from: Value, to: Value, path = ""): readonly PatchStep[] {
  if (isRecord(from) && isRecord(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
    return keys.flatMap((key): readonly PatchStep[] => {
      const inner = `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
      const [before, after] = [from[key], to[key]];
      if (after === undefined) return [{ op: "remove", path: inner }];
      if (before === undefined) return [{ op: "add", path: inner, value: after }];
      return patchBetween(before, after, inner);
    });
  }
  if (Array.isArray(from) && Array.isArray(to) && from.length === to.length)
    return (from as readonly Value[]).flatMap((before, index) =>
      patchBetween(before, (to as readonly Value[])[index] ?? null, `${path}/${index}`),
    );
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  return [{ op: "replace", path, value: to }];
}
