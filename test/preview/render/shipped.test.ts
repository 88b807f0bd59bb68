import { renderedObjects } from "../../../preview/render/objects";
import { overlayFiles, type Variant } from "../../../preview/render/overlays";
import { recordStack, shipped } from "../../stacks";
import { built } from "./a-kustomize";

const folders = { dev: "development", staging: "staging", prod: "production" } as const;

function inOrder(objects: readonly unknown[]): readonly unknown[] {
  const key = (object: unknown): string => {
    const { kind, metadata } = object as { readonly kind: string; readonly metadata: { readonly name: string } };
    return `${kind} ${metadata.name}`;
  };
  return [...objects].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

test("vectordb: each overlay builds into the flat render of its environment", async () => {
  const variants: Variant[] = [];
  for (const file of shipped.filter(({ stack }) => stack.startsWith("vectordb-"))) {
    const { objects, mistakes } = renderedObjects(file.stack, (await recordStack(file)).resources);
    expect(mistakes).toEqual([]);
    variants.push({ stack: file.stack, environment: String(file.config["environment"]), objects });
  }
  expect(variants.map(({ environment }) => environment).sort()).toEqual(["dev", "prod", "staging"]);
  const files = overlayFiles(variants);
  for (const { environment, objects } of variants) {
    const folder = `overlays/${folders[environment as keyof typeof folders]}`;
    expect(inOrder(built(files, folder))).toEqual(inOrder(objects.map(({ content }) => content)));
  }
});
