import type { StackConfig } from "../model";
import type { MistakeList } from "./request-mistakes";

/** A mean above the peak. */
export function checkLoad(config: Partial<StackConfig>, list: MistakeList): void {
  const load = config.load?.requestsPerSecond;
  if (load && load.peak < load.mean) {
    list.add(
      "yaml",
      ["load", "requestsPerSecond", "peak"],
      load.peak,
      `needs at least the mean, ${load.mean}`,
      "swapped?",
    );
  }
}
