// Runs test/cluster/harness/command.ts, transpiled on the way: up, down.
require("./transpile");
require("../test/cluster/harness/command.ts");
