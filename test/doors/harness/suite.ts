import { missingParts } from "../../cluster/harness/cache";
import { pins } from "../../cluster/harness/pins";
import { lacking, suiteIfThere } from "../../needs";

function whyNot(): string | null {
  // Other systems have one loopback address; only Linux answers on all of 127.0.0.0/8.
  if (process.platform !== "linux") return "not Linux";
  const missing = missingParts().filter((part) => part === "egctl" || part === "envoy");
  return missing.length > 0 ? `${missing.join(", ")} not built: npm run cluster:up` : lacking(["openssl"]);
}

/** A suite that runs doors by Envoy: without it skipped, by its name. */
export function doorSuite(name: string, suite: () => void): void {
  suiteIfThere(whyNot(), `${name} (Envoy Gateway ${pins.egctl}, Envoy ${pins.envoy})`, suite);
}
