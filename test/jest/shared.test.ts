// What suites of one worker share (docs/decisions/0010), and what they do not.

function again<T>(load: () => T): T {
  let found!: T;
  jest.isolateModules(() => (found = load()));
  return found;
}

test("a package is loaded once, whoever asks for it", () => {
  const load = () => [require("zod"), require("@pulumi/pulumi/runtime"), require("@pulumi/aws/sns")] as const;
  const first = again(load);
  for (const [index, each] of again(load).entries()) expect(each).toBe(first[index]);
});

test("a file of ours is evaluated anew", () => {
  const load = () => require("../../model") as typeof import("../../model");
  expect(again(load).resourceGraph).not.toBe(again(load).resourceGraph);
});

test("lists, promises and errors of a suite are those of the packages", () => {
  const realm = again(() =>
    (require("node:vm") as typeof import("node:vm")).runInThisContext("[Array, Promise, Error]"),
  );
  expect(realm).toEqual([Array, Promise, Error]);
});

test("what a suite changes of the process is put back", async () => {
  const Environment = require("./environment.js") as new (
    config: object,
    context: object,
  ) => { teardown(): Promise<void> };
  const { console: told, process: here } = globalThis;
  const { env, exit } = here;
  const suite = new Environment({ projectConfig: { testEnvironmentOptions: {} } }, {});
  const path = env["PATH"];
  env["ADDED_BY_A_SUITE"] = "1";
  env["PATH"] = "elsewhere";
  here.exit = (() => undefined) as unknown as typeof exit;
  globalThis.console = { ...told };
  const before = Object.getOwnPropertyDescriptors(globalThis) as PropertyDescriptorMap;
  await suite.teardown();
  const gone = Object.getOwnPropertySymbols(before).filter((symbol) => !Object.hasOwn(globalThis, symbol));
  // This suite goes on.
  for (const symbol of gone) Object.defineProperty(globalThis, symbol, before[symbol]!);
  expect(gone).toContain(Symbol.for("EVENT_HANDLERS"));
  expect([env["ADDED_BY_A_SUITE"], env["PATH"]]).toEqual([undefined, path]);
  expect(here.exit).toBe(exit);
  expect(globalThis.console).toBe(told);
});
