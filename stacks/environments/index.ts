import type { Environment } from "../../model";
import { dev } from "./dev";
import { prod } from "./prod";
import { staging } from "./staging";

/** Environments by the name that `nines:environment` gives. */
export const environments: Readonly<Record<string, Environment>> = { dev, staging, prod };
