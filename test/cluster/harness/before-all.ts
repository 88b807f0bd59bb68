import { notBuilt } from "./cache";
import { startControlPlane } from "./start";
import { testFolder } from "./suite";

/** One control plane for every file. Where none is built each suite says so. */
export default async function beforeAll(): Promise<void> {
  if (notBuilt().length === 0) await startControlPlane(testFolder());
}
