// THE NOUNS: what is asked (System, Environment, StackConfig, Request), what is planned (Plan, Part, Infeasible), what was
// registered and read back (Resource, Reading), and what is said of it (Report). Types, their schemas and the few functions
// that belong to a noun; no arithmetic, no provider, and no import from any other folder.
export * from "./part";
export * from "./parts";
export * from "./network";
export * from "./replica-group";
export * from "./load-balancer";
export * from "./balancer-route";
export * from "./redis-cache";
export * from "./alert";
export * from "./machine";
export * from "./node-pool";
export * from "./cluster";
export * from "./database";
export * from "./table";
export * from "./queue";
export * from "./bucket";
export * from "./cdn";
export * from "./function";
export * from "./file-system";
export * from "./volume";
export * from "./address";
export * from "./search";
export * from "./broker";
export * from "./supporting";
export * from "./resource";
export * from "./resource-graph";
export * from "./reading";
export * from "./system";
export * from "./environment";
export * from "./stack-config";
export * from "./mistake";
export * from "./nearest";
export { printable, withoutCiphertext, withoutSecrets, type Path } from "./secret";
export * from "./request";
export * from "./plan";
export * from "./registered-plan";
export * from "./report";
