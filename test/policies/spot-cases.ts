import type { Part, ReplicaGroup } from "../../model";
import type { Subject } from "../../policies";
import { balancer, group, of, target } from "./fixture";

type Spot = Pick<Extract<ReplicaGroup["runtime"], { kind: "ecs-fargate" }>, "spotShare" | "base">;

const onSpot = (spot: Spot, over: Partial<ReplicaGroup> = {}): Part =>
  group({ runtime: { kind: "ecs-fargate", architecture: "x86_64", ...spot, rebalancing: true }, ...over });
const base = (replicas: number, on: "on-demand" | "spot" = "on-demand") => ({ replicas, on });
const half = { spotShare: 0.5, base: base(4) };
const drains = (drainSeconds: number, behind: number) =>
  of([onSpot(half, { drainSeconds }), balancer({ targets: [target({ drainSeconds: behind })] })]);

/** Failing, and passing on the other side of the threshold. The group of the fixture runs 6, and its peak needs 4. */
export const spotCases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  ["spot-not-alone", of([onSpot({ spotShare: 1 })]), of([onSpot({ spotShare: 1, base: base(1) })])],
  ["spot-not-alone", of([onSpot({ spotShare: 1, base: base(1, "spot") })]), of([onSpot({ spotShare: 0.999 })])],
  ["spot-leaves-need", of([onSpot({ spotShare: 1, base: base(3) })]), of([onSpot({ spotShare: 1, base: base(4) })])],
  ["spot-leaves-need", of([onSpot({ spotShare: 0.5 })]), of([onSpot({ spotShare: 0.3 })])],
  [
    "spot-leaves-need",
    of([onSpot({ spotShare: 0, base: base(3, "spot") })]),
    of([onSpot({ spotShare: 0, base: base(2, "spot") })]),
  ],
  // Of six in three zones four must be left without the fullest: all six must stand, and beyond a base of five the sixth may be Spot.
  [
    "zone-loss-carried",
    of([onSpot({ spotShare: 0.5, base: base(5) })]),
    of([onSpot({ spotShare: 0.5, base: base(6) })]),
  ],
  ["spot-drains-in-time", drains(30, 121), drains(30, 120)],
  ["spot-drains-in-time", drains(121, 30), drains(120, 30)],
];
