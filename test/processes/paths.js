/** Tests that start processes of ours, each of them a second or more: of the command line, the package, and Pulumi's hosts of languages and policies. */
module.exports = [
  "/test/cli/.*\\.test\\.ts$",
  "/test/pack/.*\\.test\\.ts$",
  "/test/runner/.*\\.test\\.ts$",
  "/test/preview/record-project[^/]*\\.test\\.ts$",
];
