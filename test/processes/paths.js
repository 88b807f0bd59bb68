/** Tests that start processes, each of them a second or more: the command line on programs, the package, Pulumi's hosts of languages and policies, Redis. */
module.exports = [
  "/test/cli/.*\\.test\\.ts$",
  "/test/pack/.*\\.test\\.ts$",
  "/test/programs/.*\\.test\\.ts$",
  "/test/redis/[^/]*\\.test\\.ts$",
  "/test/runner/.*\\.test\\.ts$",
  "/test/preview/record-project[^/]*\\.test\\.ts$",
];
