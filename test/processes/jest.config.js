// The tests that start processes, of ours and of Redis (CONTRIBUTING.md): npm run test:processes.
const base = require("../../jest.config.js");
const processes = require("./paths.js");

/** @type {import("jest").Config} */
module.exports = {
  ...base,
  rootDir: "../..",
  // Few suites, each with servers of its own: they share nothing (docs/decisions/0010).
  runtime: undefined,
  testEnvironment: "node",
  testMatch: undefined,
  testRegex: processes,
  testPathIgnorePatterns: ["/node_modules/"],
};
