import type { System } from "nines";
import { web } from "./web";

/** Systems by the name that `nines:system` gives. */
export const systems: Readonly<Record<string, System>> = { web };
