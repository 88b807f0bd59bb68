const { createRequire, isBuiltin } = require("node:module");
const { compileFunction } = require("node:vm");
const { default: Runtime } = require("jest-runtime");

/** What this worker has compiled, by file. */
const compiled = new Map();

/**
 * Jest's runtime, but that packages are loaded once a worker, by Node itself, and not again for each suite (docs/decisions/0010).
 * Our own modules and the tests are evaluated anew for each suite, as ever, from code that is compiled once.
 */
module.exports = class extends Runtime {
  constructor(...given) {
    super(...given);
    const { executor } = this;
    executor.compile = (source, filename) => {
      const known = compiled.get(filename);
      if (known?.source === source) return known.run;
      const run = compileFunction(source, executor.injectedModuleParameters, { filename });
      compiled.set(filename, { source, run });
      return run;
    };
  }

  requireModule(from, name, options, isRequireActual) {
    const isPackage = name !== undefined && !/^[./]/.test(name) && !isBuiltin(name) && !options?.isInternalModule;
    return isPackage ? createRequire(from)(name) : super.requireModule(from, name, options, isRequireActual);
  }
};
