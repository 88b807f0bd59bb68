// Copied beside the compiled library: dist/policy-pack/index.js loads dist/policies/pack.js.
require("../policies/pack.js");
