// What a program imports as nines/kubernetes: components that plan and build. index.ts beside it builds whole stacks.
export { Service } from "./service";
export type { Adopted, Adoption } from "../adoption";
export type { ServiceCache } from "../service-facts";
export type { ClusterArgs, ServiceArgs, ServiceTransform } from "./service-args";
