import type { System } from "../../model";
import { embedding } from "./embedding";
import { modelServing } from "./model-serving";
import { vectordb } from "./vectordb";

/** Systems by the name that `nines:system` gives. */
export const systems: Readonly<Record<string, System>> = { embedding, "model-serving": modelServing, vectordb };
