import { createHash } from "node:crypto";
import * as path from "node:path";
import { notThere, suiteIfThere } from "../../needs";
import { cacheFolder, missingParts, notBuilt } from "./cache";
import { Cluster } from "./cluster";
import { pins, type Part } from "./pins";
import { remembered } from "./running";

/** Where the control plane of the tests lies: another checkout has another. */
export function testFolder(): string {
  return path.join(cacheFolder(), `tests-${createHash("sha256").update(__dirname).digest("hex").slice(0, 12)}`);
}

/** A suite that needs a real control plane, and what is built beside it: where one is not it is skipped, by its name. */
export function clusterSuite(name: string, suite: (cluster: () => Cluster) => void, ...beside: readonly Part[]): void {
  const lacking = [...notBuilt(), ...missingParts().filter((part) => beside.includes(part))];
  if (lacking.length > 0)
    return suiteIfThere(`${lacking.join(", ")} not built: npm run cluster:up`, name, () => suite(notThere));
  describe(`${name} (Kubernetes ${pins.kubernetes})`, () => {
    let cluster: Cluster | undefined;
    beforeAll(() => {
      cluster = new Cluster(remembered(testFolder())!);
    });
    suite(() => cluster!);
    // Behind the suite's own, which delete what ran there: without its node no pod ever ends.
    afterAll(async () => {
      await cluster?.removeNodes();
      cluster?.close();
    });
  });
}
