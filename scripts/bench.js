// Runs bench/index.ts, transpiled on the way.
require("./transpile");
require("../bench/index.ts");
