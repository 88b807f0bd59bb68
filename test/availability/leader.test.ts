import { availabilityOf } from "../../availability";
import { certainPlan } from "../../capacity";
import { asReading, type Plan, type Store } from "../../model";
import { configured, requestFor } from "../stacks";

const planned = certainPlan(requestFor(configured("vectordb-prod", {})));
const plan: Plan = planned.ok ? planned.plan : planned.partial;
const store = plan.parts.find((part): part is Store => part.kind === "store")!;

function minutes(zones: readonly string[], cause: string): number {
  const placed: Store = { ...store, placement: { kind: "zonal", zones, spread: "hard" } };
  const found = availabilityOf([asReading(placed)], plan);
  return found?.lostTo.find((lost) => lost.cause === cause)?.minutesPerYear ?? 0;
}
const three = ["us-east-1a", "us-east-1b", "us-east-1c"];
const zoneMinutes = plan.failures.zoneUnavailability * 525_600;

describe("a store whose leader stands in a zone", () => {
  test("over three zones: its zone costs writes, and no zone the reads", () => {
    expect(minutes(three, "zones")).toBeLessThan(zoneMinutes / 100);
    expect(minutes(three, "leader of dvecdb")).toBeGreaterThan(zoneMinutes);
  });

  test("in one zone: the event is counted once, as the zone's", () => {
    expect(minutes(three.slice(0, 1), "zones")).toBeCloseTo(zoneMinutes, 6);
    expect(minutes(three, "leader of dvecdb") - minutes(three.slice(0, 1), "leader of dvecdb")).toBeCloseTo(
      zoneMinutes,
      6,
    );
  });
});
