// The tests that need a real control plane (CONTRIBUTING.md, "A real control plane"): npm run test:cluster.
const base = require("../../jest.config.js");

/** @type {import("jest").Config} */
module.exports = {
  ...base,
  rootDir: "../..",
  // Few suites, each with servers of its own: they share nothing (docs/decisions/0010).
  runtime: undefined,
  testEnvironment: "node",
  roots: ["<rootDir>/test/cluster"],
  testPathIgnorePatterns: ["/node_modules/"],
  // Nothing here is about time: a busy machine may take its own.
  testTimeout: 600000,
  // One cluster, and each file brings its own nodes.
  maxWorkers: 1,
  globalSetup: "<rootDir>/test/cluster/harness/before-all.ts",
  globalTeardown: "<rootDir>/test/cluster/harness/after-all.ts",
};
