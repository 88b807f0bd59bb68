// Makes the folder that would be published: the library compiled with its types, a manifest, a page and a licence of its own.
// Usage: node scripts/pack.js [folder]   (default: dist-package; then `npm pack ./dist-package`)
const { execFileSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");

const root = path.join(__dirname, "..");
const dist = path.join(root, "dist");
const own = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
const out = path.resolve(process.argv[2] ?? path.join(root, "dist-package"));

/** Import to file, without its ending. Node reads `exports`, and so does TypeScript, except where moduleResolution is node. */
const entries = {
  ".": "capacity/library",
  "./aws": "components/aws/library",
  "./catalog": "catalog/library",
  "./deploy": "components/index",
  "./kubernetes": "components/kubernetes/library",
  "./policies": "policies/index",
};

/** SDKs: each is needed by whoever imports what builds with it, and by nobody else. */
const peers = ["@pulumi/pulumi", "@pulumi/aws", "@pulumi/kubernetes", "@pulumi/random", "@pulumi/policy"];
/** The command line transpiles stacks/ with it: 30 MB that no program and no reader of plans needs. */
const compilers = ["@swc/core"];

if (!fs.existsSync(path.join(dist, ".built"))) {
  console.error("dist/ is not built: run npm run build");
  process.exit(1);
}
if (fs.existsSync(out) && !fs.existsSync(path.join(out, "stack.schema.json"))) {
  console.error(`${out} is there, and is no package of nines: remove it, or name another folder`);
  process.exit(1);
}
fs.rmSync(out, { recursive: true, force: true });
// By the compiler itself: with declarations, and with exports that a module finds by name. Types are checked by `npm run check`.
const compiler = path.join(root, "node_modules/typescript/bin/tsc");
const emit = ["-p", path.join(root, "tsconfig.build.json"), "--noCheck", "--outDir", out];
execFileSync(process.execPath, [compiler, ...emit], { stdio: "inherit", cwd: root });
fs.chmodSync(path.join(out, "cli/index.js"), 0o755);
const schemas = ["stack.schema.json", "demand.schema.json"];
for (const schema of schemas) fs.copyFileSync(path.join(dist, schema), path.join(out, schema));
fs.cpSync(path.join(root, "policies/policy-pack"), path.join(out, "policy-pack"), { recursive: true });
for (const [from, to] of [
  ["LICENSE", "LICENSE"],
  ["docs/package.md", "README.md"],
])
  fs.copyFileSync(path.join(root, from), path.join(out, to));
fs.cpSync(path.join(root, "templates"), path.join(out, "templates"), { recursive: true });

const versionOf = (name) => own.dependencies[name] ?? own.devDependencies[name];
const manifest = {
  name: own.name,
  version: own.version,
  description: own.description,
  license: own.license,
  keywords: ["pulumi", "aws", "ecs", "kubernetes", "capacity", "availability", "cost"],
  type: "commonjs",
  main: `${entries["."]}.js`,
  types: `${entries["."]}.d.ts`,
  exports: {
    ...Object.fromEntries(
      Object.entries(entries).map(([name, file]) => [name, { types: `./${file}.d.ts`, default: `./${file}.js` }]),
    ),
    ...Object.fromEntries(schemas.map((schema) => [`./${schema}`, `./${schema}`])),
    "./package.json": "./package.json",
  },
  typesVersions: {
    "*": Object.fromEntries(
      Object.entries(entries)
        .filter(([name]) => name !== ".")
        .map(([name, file]) => [name.slice(2), [`${file}.d.ts`]]),
    ),
  },
  bin: { nines: "cli/index.js" },
  engines: own.engines,
  dependencies: Object.fromEntries(Object.entries(own.dependencies).filter(([name]) => !name.startsWith("@pulumi/"))),
  peerDependencies: Object.fromEntries([...peers, ...compilers].map((name) => [name, versionOf(name)])),
  peerDependenciesMeta: Object.fromEntries([...peers, ...compilers].map((name) => [name, { optional: true }])),
};
fs.writeFileSync(path.join(out, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
console.log(path.relative(process.cwd(), out) || ".");
