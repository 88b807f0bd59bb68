import { recordStack, shippedOn } from "../stacks";
import { saysWhatIsRecorded } from "./harness/forms";
import { resourcesIn } from "./harness/preview-document";
import { startStack } from "./harness/stack-run";
import { engineSuite } from "./harness/suite";

engineSuite("what the engine registers is what is recorded", () => {
  // Types, names, parents, inputs, and what each waits for: a preview of a new stack, so that unknowns are compared too.
  test.each(shippedOn("aws").map((file) => [file.stack, file] as const))("%s", async (stack, file) => {
    const run = await startStack(stack);
    try {
      const document = await run.engine.previewDocument();
      const registered = resourcesIn(document);
      const { resources } = await recordStack(file);
      expect(registered.map(({ urn }) => urn)).toEqual(resources.map(({ urn }) => urn));
      // Former names are the engine's business: it says nothing of those that nobody bore.
      expect(registered).toEqual(resources.map(({ aliases, ...resource }) => (void aliases, resource)));
      expect(saysWhatIsRecorded(run, document)).toEqual([]);
    } finally {
      run.end();
    }
  });
});
