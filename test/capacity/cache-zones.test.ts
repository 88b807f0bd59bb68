import { plan } from "../../capacity";
import type { Planned, Request } from "../../model";
import { configured, requestFor } from "../stacks";

const shipped = configured("model-serving-prod", {});
const acrossRegions = new Set(["copies", "failover", "domain", "workloads"]);

/** model-serving in one region, where a zone must be survived. */
function serving(changes: Readonly<Record<string, unknown>>, role?: "latency-cache"): Request {
  const config = Object.fromEntries(Object.entries(shipped.config).filter(([key]) => !acrossRegions.has(key)));
  const request = requestFor({
    ...shipped,
    config: { ...config, regions: ["us-east-1"], objectives: { survive: "zone" }, ...changes },
  });
  const features = request.workloads["features"];
  if (features?.kind !== "cache" || role === undefined) return request;
  return { ...request, workloads: { ...request.workloads, features: { ...features, role } } };
}

function membersReason(planned: Planned) {
  if (!planned.ok) throw new Error(JSON.stringify(planned.infeasible));
  const found = planned.plan.reasons.find(({ part, field }) => part.startsWith("redis-cache/") && field === "nodes");
  const [, needed] = found?.needed ?? [];
  if (found === undefined || needed === undefined) throw new Error("no cache");
  return { binding: found.binding, because: needed.because, source: needed.source.title };
}

describe("zones of a group of members and Sentinels", () => {
  test("two hold no majority: refused with what plans, where the service cannot do without", () => {
    const refused = plan(serving({ zones: 2 }));
    if (refused.ok) throw new Error("a zone of two holds two of three Sentinels");
    expect(refused.infeasible).toMatchObject([
      { part: "redis-cache/features/us-east-1", field: "zones", asked: 3, limit: { value: 2, raisable: true } },
    ]);
    expect(refused.infeasible[0].alternatives.map(({ set }) => set)).toEqual([
      { zones: 3 },
      { "objectives.survive": "replica" },
    ]);
  });

  test("three do: one each", () => {
    const { binding, because, source } = membersReason(plan(serving({ zones: 3 })));
    expect(binding).toBe("zone-loss");
    expect(source).toContain("three in zones of their own");
    expect(because).not.toContain("not when");
  });

  test("two are enough where a member alone may go, and are not said to be three", () => {
    const { binding, because, source } = membersReason(plan(serving({ zones: 2, objectives: { survive: "replica" } })));
    expect(binding).toBe("replica-loss");
    expect(because).toContain("not when a zone is lost: one of 2 holds two of the three Sentinels");
    expect(source).not.toContain("zones of their own");
  });

  test("two are enough for what the service can do without, and no zone is said to be outlived", () => {
    const { binding, because } = membersReason(plan(serving({ zones: 2 }, "latency-cache")));
    expect(binding).toBe("replica-loss");
    expect(because).toContain("not when a zone is lost");
  });
});
