import { asReading, partKey, type BalancerTarget, type Report } from "../../model";
import { handOnLines, handOnSteps } from "../../preview/hand-on";
import { balancer } from "../policies/fixture";
import { aReport } from "./a-report";

/** A report of a door with targets in those regions behind its own. */
function reported(implementation: "envoy-gateway" | "istio" | null, ...regions: readonly string[]): Report {
  const door = balancer({});
  const [own] = door.targets;
  const runtime = { kind: "gateway-api", implementation, panicBelow: 0.01, mostRequests: null } as const;
  const behind = regions.map((region): BalancerTarget => ({
    ...own!,
    part: partKey("load-balancer", door.workload, region),
    priority: 2,
  }));
  return { ...aReport(), built: [asReading({ ...door, runtime, targets: [own!, ...behind] })] };
}
const words = (lines: readonly string[]): string => lines.map((line) => line.trim()).join(" ");

describe("a preview of doors that hand on", () => {
  test("names the switch that Envoy Gateway needs, its two levels, and whose the order is", () => {
    const text = words(handOnLines(reported("envoy-gateway", "us-west-2", "eu-west-1"), 13));
    expect(text).toContain("Envoy Gateway below 72 % healthy, to eu-west-1, us-west-2");
    expect(text).toContain("two levels apart, and the order among these is DNS's");
    expect(text).toContain("extensionApis.enableBackend: true in ConfigMap envoy-gateway-config");
  });

  test("says of Istio that one mesh must span the clusters", () => {
    const text = words(handOnLines(reported("istio", "us-west-2"), 13));
    expect(text).toContain("one mesh must span the clusters");
    expect(text).not.toContain("order");
  });

  test("says nothing of a door alone, or of one that nobody knows", () => {
    expect(handOnLines(reported("envoy-gateway"), 13)).toEqual([]);
    expect(handOnLines(reported(null, "us-west-2"), 13)).toEqual([]);
    expect(handOnSteps(reported("envoy-gateway"))).toEqual([]);
  });

  test("explain adds the exact share with its source, and what a door does not save", () => {
    const text = words(handOnSteps(reported("envoy-gateway", "us-west-2")));
    expect(text).toContain("below 71.4 % healthy (rounded to 72)");
    expect(text).toContain("Envoy Gateway v1.9.0");
    expect(text).toContain("not by the door: a region or a door that is gone");
  });
});
