import { optionsOf } from "../../capacity/options";
import { certainPlan } from "../../capacity/plan";
import type { Network, Request } from "../../model";
import { prod } from "./a-request";

const going = (nat: "one" | "per-zone" | "regional", rest: Partial<Request> = {}): Request => ({
  ...prod,
  ...rest,
  network: { create: true, nat },
});
const partsOf = (request: Request) => {
  const planned = certainPlan(request);
  return (planned.ok ? planned.plan : planned.partial).parts;
};
const networkOf = (request: Request) => partsOf(request).find((part): part is Network => part.kind === "network");
const alertOf = (request: Request) =>
  partsOf(request).flatMap((part) => (part.kind === "alert" && part.signal === "nat-ports" ? [part.metrics] : []));

describe("a NAT gateway of the region", () => {
  test("is in every zone, needs no public subnet, and is one metric", () => {
    const network = networkOf(going("regional"));
    expect(network?.natZones).toEqual(prod.networkZones);
    expect(network?.natRegional).toBe(true);
    expect(network?.subnets.map(({ tier }) => tier)).not.toContain("public");
    expect(alertOf(going("regional"))).toEqual([1]);
  });

  test("one a zone has public subnets and a metric each, and is not the region's", () => {
    const network = networkOf(going("per-zone"));
    expect(network?.natZones).toEqual(prod.networkZones);
    expect(network).not.toHaveProperty("natRegional");
    expect(network?.subnets.map(({ tier }) => tier)).toContain("public");
    expect(alertOf(going("per-zone"))).toEqual([prod.networkZones.length]);
  });

  test("is weighed beside the others where it has a price, and where it is chosen", () => {
    const ways = (request: Request) =>
      optionsOf(request).flatMap(({ about, choice }) => (about === "way out (NAT)" ? [choice] : []));
    const zones = ["us-west-2a", "us-west-2b", "us-west-2c"];
    const oregon = { region: "us-west-2", zones, networkZones: zones };
    expect(ways(going("one"))).toEqual(["one", "per-zone", "regional"]);
    expect(ways(going("one", oregon))).toEqual(["one", "per-zone"]);
    expect(ways(going("regional", oregon))).toEqual(["one", "per-zone", "regional"]);
  });

  test("costs what one a zone costs, and as many minutes", () => {
    const figures = (choice: string) =>
      optionsOf(going("per-zone")).find((option) => option.about === "way out (NAT)" && option.choice === choice);
    const zonal = figures("per-zone");
    const regional = figures("regional");
    expect(regional?.minutesPerYear).toBe(zonal?.minutesPerYear);
    // Two metrics fewer in the alarm: 2 x 0.10.
    expect((zonal?.perMonthUsd ?? 0) - (regional?.perMonthUsd ?? 0)).toBeCloseTo(0.2, 8);
  });
});
