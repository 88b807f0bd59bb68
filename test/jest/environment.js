const { TestEnvironment } = require("jest-environment-node");

/** What Jest keeps of a suite under symbols of the global object: its handlers, its state, its timeout. */
const ofSuite = /^(EVENT_HANDLERS|JEST_STATE_SYMBOL|TEST_TIMEOUT_SYMBOL|.*RETRY.*)$/;

/** Suites run in Node's own realm (docs/decisions/0010), one after the other in a worker: what one changes of it is put back before the next. */
module.exports = class extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global = globalThis;
    const { console, process } = globalThis;
    const { exit, env } = process;
    const before = { ...env };
    this.putBack = () => {
      globalThis.console = console;
      process.exit = exit;
      process.env = env;
      for (const name of Object.keys(env)) if (!Object.hasOwn(before, name)) delete env[name];
      Object.assign(env, before);
      for (const symbol of Object.getOwnPropertySymbols(globalThis))
        if (ofSuite.test(symbol.description ?? "")) delete globalThis[symbol];
    };
  }

  async teardown() {
    this.putBack();
    await super.teardown();
  }

  /** None: the code is compiled for Node's own (./runtime.js). */
  getVmContext() {
    return null;
  }
};
