import { shippedOn } from "../stacks";
import { comparable } from "./harness/comparable";
import { converges, undisturbed, type Undisturbed } from "./harness/failures";
import { startStack } from "./harness/stack-run";
import { engineSuite } from "./harness/suite";

engineSuite("a create fails, and the next up ends where an undisturbed one does", () => {
  describe.each(
    shippedOn("aws")
      .map(({ stack }) => stack)
      .filter((stack) => !stack.endsWith("-prod")),
  )("%s", (stack) => {
    let calm: Undisturbed;
    beforeAll(async () => {
      calm = await undisturbed(stack);
    });

    test.each(["first", "middle", "last"] as const)("the %s create", async (which) => {
      const failAt = { first: 1, middle: Math.ceil(calm.creates / 2), last: calm.creates }[which];
      const failed = await converges(stack, { failAt }, calm);
      expect(failed.printed).toContain(`create ${failAt} was arranged to fail`);
    });
  });
});

engineSuite("other mishaps", () => {
  const stack = "embedding-staging";
  let calm: Undisturbed;
  beforeAll(async () => {
    calm = await undisturbed(stack);
  });

  test.each(["aws:ecs/service:Service", "aws:elasticache/replicationGroup:ReplicationGroup"])(
    "%s is made and does not come up: the next up waits for it, and makes no second",
    async (type) => {
      const failed = await converges(stack, { unsteadyType: type }, calm);
      expect(failed.printed).toContain("did not become steady");
    },
  );

  test("throttled for longer than the provider tries: the next up goes on", async () => {
    const failed = await converges(stack, { throttleAt: 20, throttledTimes: 9 }, calm);
    expect(failed.printed).toContain("ThrottlingException");
  });

  test("throttled for a while: nobody notices", async () => {
    const run = await startStack(stack);
    try {
      run.served.cloud.arrange({ throttleAt: 20, throttledTimes: 3 });
      const up = await run.engine.up();
      expect(up.exitCode).toBe(0);
      expect(run.served.cloud.mishaps.throttledTimes).toBe(0);
      expect(comparable(await run.engine.state())).toEqual(calm.state);
    } finally {
      run.end();
    }
  });

  test("a quota is reached: the refusal is printed, and once it is raised the next up goes on", async () => {
    const run = await startStack(stack);
    try {
      run.served.cloud.quotas["fargate-vcpus"] = 1;
      const refused = await run.engine.up();
      expect(refused.exitCode).not.toBe(0);
      expect(refused.printed).toContain("limit on the number of vCPUs");
      run.served.cloud.quotas["fargate-vcpus"] = 1000;
      expect((await run.engine.up()).exitCode).toBe(0);
      expect(comparable(await run.engine.state())).toEqual(calm.state);
    } finally {
      run.end();
    }
  });
});
