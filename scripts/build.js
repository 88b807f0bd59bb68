// Compiles dist/: the library, the command line and the policy pack, beside their own package.json and the stack's JSON Schema.
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
const dist = path.join(root, "dist");
const own = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));

fs.rmSync(dist, { recursive: true, force: true });
execFileSync(
  process.execPath,
  [path.join(root, "node_modules/typescript/bin/tsc"), "-p", path.join(root, "tsconfig.build.json")],
  { stdio: "inherit", cwd: root },
);

write("package.json", {
  name: own.name,
  version: own.version,
  license: own.license,
  type: "commonjs",
  bin: { nines: "cli/index.js" },
});
fs.chmodSync(path.join(dist, "cli/index.js"), 0o755);

const { stackSchema } = require(path.join(dist, "model/schema"));
write("stack.schema.json", stackSchema());

fs.writeFileSync(path.join(dist, ".built"), "");

const pack = path.join(dist, "policy-pack");
fs.mkdirSync(pack, { recursive: true });
for (const file of fs.readdirSync(path.join(root, "policies/policy-pack")))
  fs.copyFileSync(path.join(root, "policies/policy-pack", file), path.join(pack, file));

function write(file, value) {
  fs.writeFileSync(path.join(dist, file), `${JSON.stringify(value, null, 2)}\n`);
}
