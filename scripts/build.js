// Compiles dist/: the library, the command line and the policy pack, beside their own package.json and the stack's JSON Schema.
// Types are checked by `npm run check`; `--types` adds the declarations that a published package needs.
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { transformFileSync } = require("@swc/core");

const root = path.join(__dirname, "..");
const dist = path.join(root, "dist");
const own = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));

const folders = ["model", "catalog", "capacity", "availability", "components", "cost", "policies", "preview", "cli"];

fs.rmSync(dist, { recursive: true, force: true });
for (const folder of folders)
  for (const file of fs.readdirSync(path.join(root, folder), { recursive: true }))
    if (file.endsWith(".ts")) compile(path.join(folder, file));
if (process.argv.includes("--types")) declare();

write("package.json", {
  name: own.name,
  version: own.version,
  license: own.license,
  type: "commonjs",
  bin: { nines: "cli/index.js" },
});
fs.chmodSync(path.join(dist, "cli/index.js"), 0o755);

const { demandJsonSchema, stackSchema } = require(path.join(dist, "model/schema"));
write("stack.schema.json", stackSchema());
write("demand.schema.json", demandJsonSchema());

fs.writeFileSync(path.join(dist, ".built"), "");

const pack = path.join(dist, "policy-pack");
fs.mkdirSync(pack, { recursive: true });
for (const file of fs.readdirSync(path.join(root, "policies/policy-pack")))
  fs.copyFileSync(path.join(root, "policies/policy-pack", file), path.join(pack, file));

function write(file, value) {
  fs.writeFileSync(path.join(dist, file), `${JSON.stringify(value, null, 2)}\n`);
}

function compile(file) {
  const { code } = transformFileSync(path.join(root, file), {
    swcrc: false,
    configFile: false,
    jsc: { parser: { syntax: "typescript" }, target: "es2022" },
    module: { type: "commonjs" },
  });
  const out = path.join(dist, file.replace(/\.ts$/, ".js"));
  fs.mkdirSync(path.dirname(out), { recursive: true });
  fs.writeFileSync(out, code);
}

function declare() {
  const compiler = path.join(root, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "-p", path.join(root, "tsconfig.build.json"), "--emitDeclarationOnly"], {
    stdio: "inherit",
    cwd: root,
  });
}
