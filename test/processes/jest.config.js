// The tests that start processes, of ours and of Redis (CONTRIBUTING.md): npm run test:processes.
const base = require("../../jest.config.js");
const processes = require("./paths.js");

/** @type {import("jest").Config} */
module.exports = {
  ...base,
  rootDir: "../..",
  testMatch: undefined,
  testRegex: processes,
  testPathIgnorePatterns: ["/node_modules/"],
};
