// The tests of a Redis group that take minutes: npm run test:redis.
const base = require("../../../jest.config.js");

/** @type {import("jest").Config} */
module.exports = {
  ...base,
  rootDir: "../../..",
  roots: ["<rootDir>/test/redis/long"],
  testPathIgnorePatterns: ["/node_modules/"],
  testTimeout: 600000,
  maxWorkers: 1,
};
