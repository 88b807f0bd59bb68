// WHAT IS KNOWN, whichever provider: failure rates, how people deploy, how long things take to start and fail over. What one
// provider sells, limits and defaults is in the folder of its name. Data with source and date in; typed look-ups out.
// Imports types from model and nothing else: no provider SDK, no schema library, no other folder.
export * from "./interval";
export * from "./failures";
export * from "./target";
export * from "./targets";
export * from "./deploys";
export * from "./starts";
export * from "./spot";
