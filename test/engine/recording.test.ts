import { recordStack, shipped } from "../stacks";
import { resourcesIn } from "./harness/preview-document";
import { startStack } from "./harness/stack-run";
import { engineSuite } from "./harness/suite";

engineSuite("what the engine registers is what is recorded", () => {
  // Types, names, parents, inputs, and what each waits for: a preview of a new stack, so that unknowns are compared too.
  test.each(shipped.map((file) => [file.stack, file] as const))("%s", async (stack, file) => {
    const run = await startStack(stack);
    try {
      const registered = resourcesIn(await run.engine.previewDocument("--show-sames"));
      const { resources } = await recordStack(file);
      expect(registered.map(({ urn }) => urn)).toEqual(resources.map(({ urn }) => urn));
      // Former names are the engine's business: it says nothing of those that nobody bore.
      expect(registered).toEqual(resources.map(({ aliases, ...resource }) => (void aliases, resource)));
    } finally {
      run.end();
    }
  });
});
