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

describe("a store of one member", () => {
  const lone: Store = { ...store, scaling: { kind: "fixed", count: 1 } };
  const need = plan.demand.map((each) => ({ ...each, need: 1 }));
  const lost = availabilityOf([asReading(lone)], { ...plan, demand: need })?.lostTo ?? [];
  const of = (cause: string): number => lost.find((each) => each.cause === cause)?.minutesPerYear ?? 0;
  const zone = plan.failures.zoneUnavailability * 525_600;

  test("loses it once: until it runs elsewhere, as the replicas'; nothing of that is the leader's", () => {
    // 345 s until its node is given up, 210 for another, 60 for the volume, 60 to start.
    const minutes = (plan.failures.replicaFailuresPerYear * 675) / 60;
    expect(of("replicas")).toBeCloseTo(minutes, 2);
    expect(of("leader of dvecdb")).toBeLessThan(1e-9);
    expect(of("zones")).toBeCloseTo(zone, 2);
  });

  test("of three that one could spare, the leader's loss is its own", () => {
    const three: Store = { ...store, scaling: { kind: "fixed", count: 3 } };
    const found = availabilityOf([asReading(three)], { ...plan, demand: need })?.lostTo ?? [];
    const minutes = (plan.failures.replicaFailuresPerYear * 675) / 60;
    expect(found.find(({ cause }) => cause === "leader of dvecdb")?.minutesPerYear).toBeCloseTo(minutes + zone, 6);
  });
});
