import { converges, undisturbed, type Undisturbed } from "./harness/failures";
import { engineSuite } from "./harness/suite";

const STACK = "embedding-prod";

engineSuite(`${STACK}: a create fails, and the next up ends where an undisturbed one does`, () => {
  let calm: Undisturbed;
  beforeAll(async () => {
    calm = await undisturbed(STACK);
  });

  test.each([1, 2, 3, 5, 8, 13, 21, "last"] as const)("create %s", async (which) => {
    const failAt = which === "last" ? calm.creates : which;
    const failed = await converges(STACK, { failAt }, calm);
    expect(failed.printed).toContain(`create ${failAt} was arranged to fail`);
  });
});
