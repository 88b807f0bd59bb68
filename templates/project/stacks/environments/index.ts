import type { Environment } from "nines";
import { prod } from "./prod";

/** Environments by the name that `nines:environment` gives. */
export const environments: Readonly<Record<string, Environment>> = { prod };
