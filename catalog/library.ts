// What a program imports as nines/catalog: facts with their sources, whichever provider, and AWS' own under `aws`.
export * from "./index";
export * as aws from "./aws";
