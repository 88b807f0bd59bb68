// WHAT IS KNOWN OF KUBERNETES: lags of its controllers, what platforms reserve of a node and ask for it; each with source and date.
export * from "./lags";
