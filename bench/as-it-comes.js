// Records the fleet with its SDK as it comes, and judges it: what a project gets whose SDK is not as expected.
const path = require("node:path");

const dist = path.join(__dirname, "../dist");
const { foreignProject } = require(`${dist}/preview/foreign/project-file`);
const { stackConfig } = require(`${dist}/preview/foreign/stack-config`);
const { recordProject } = require(`${dist}/preview/record-project`);
const { reportOf } = require(`${dist}/preview/report`);
const { workings } = require(`${dist}/preview/workings`);

async function main([copies]) {
  const project = foreignProject(path.join(__dirname, "fleet"));
  const { config } = stackConfig(project, "bench", { "fleet:copies": copies });
  const { resources } = await recordProject(project, {
    ...config,
    stack: "bench",
    keepEnvironment: false,
    timeoutSeconds: 600,
    fast: false,
  });
  reportOf({ stack: "bench", resources, origin: "recorded", asOf: "2026-11-21", baseline: null }, workings);
}

void main(process.argv.slice(2));
