import { endRunning } from "./running";
import { testFolder } from "./suite";

export default async function afterAll(): Promise<void> {
  await endRunning(testFolder());
}
