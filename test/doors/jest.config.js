// The tests that run rendered doors by a real Envoy (docs/cluster.md, "Doors"): npm run test:doors.
const base = require("../../jest.config.js");

/** @type {import("jest").Config} */
module.exports = {
  ...base,
  rootDir: "../..",
  // Few suites, each with servers of its own: they share nothing (docs/decisions/0010).
  runtime: undefined,
  testEnvironment: "node",
  roots: ["<rootDir>/test/doors"],
  testPathIgnorePatterns: ["/node_modules/"],
  // Checks and names are asked at their own pace.
  testTimeout: 300000,
  maxWorkers: 1,
};
