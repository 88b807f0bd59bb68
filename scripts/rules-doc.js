// Writes docs/rules.md from the rules themselves; a test holds the file against them.
require("./transpile");
const fs = require("node:fs");
const path = require("node:path");
const { rules } = require("../policies/index.ts");
const { rulesMarkdown } = require("../policies/markdown.ts");

fs.writeFileSync(path.join(__dirname, "../docs/rules.md"), rulesMarkdown(rules));
