const processes = require("./test/processes/paths.js");

/** @type {import("jest").Config} */
module.exports = {
  // Packages are loaded once a worker and not once a suite (docs/decisions/0010).
  testEnvironment: "<rootDir>/test/jest/environment.js",
  runtime: "<rootDir>/test/jest/runtime.js",
  roots: ["<rootDir>/test"],
  testMatch: ["**/*.test.ts"],
  // They need Pulumi's engine (npm run test:engine), a control plane (npm run test:cluster), Envoy (npm run test:doors), minutes (npm run test:redis), or processes (npm run test:processes).
  testPathIgnorePatterns: [
    "/node_modules/",
    "<rootDir>/test/engine/",
    "<rootDir>/test/cluster/",
    "<rootDir>/test/doors/",
    "<rootDir>/test/redis/long/",
    ...processes,
  ],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  testTimeout: 120000,
  maxWorkers: 2,
};
