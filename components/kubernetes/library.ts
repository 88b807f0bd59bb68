// What a program imports as nines/kubernetes: components that plan and build. index.ts beside it builds whole stacks.
export { Cache } from "./cache";
export { Store } from "./library-store";
export { Service } from "./service";
export type { Adopted, Adoption } from "../adoption";
export type { ServiceCache } from "../service-facts";
export type { CacheArgs, CacheTransform } from "./cache-args";
export type { StoreAddresses, StoreArgs, StoreTransform } from "./library-store-args";
export type { Reachable, Reached, Reaches } from "./reaches";
export type { ClusterArgs, ServiceArgs, ServiceTransform } from "./service-args";
