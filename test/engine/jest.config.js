// The tests that need the real engine on PATH (CONTRIBUTING.md, "The real engine"): npm run test:engine.
const base = require("../../jest.config.js");

/** @type {import("jest").Config} */
module.exports = {
  ...base,
  rootDir: "../..",
  // Few suites, each with servers of its own: they share nothing (docs/decisions/0010).
  runtime: undefined,
  testEnvironment: "node",
  roots: ["<rootDir>/test/engine"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 600000,
  maxWorkers: 2,
};
