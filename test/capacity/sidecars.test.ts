import { certainPlan, planCost } from "../../capacity";
import type { Plan, Request, ServiceWorkload, SidecarFacts } from "../../model";
import { choosing, embedding } from "./a-request";
import { given, said, withFacts } from "./a-stack";

const proxy: SidecarFacts = { image: "registry.example.com/proxy:1", cpuMillis: 250, memoryMiB: 128 };
const beside = (sidecars: NonNullable<ServiceWorkload["sidecars"]>, facts: Partial<ServiceWorkload> = {}): Request => {
  const base = choosing({ quotas: { fargateVcpus: 4000 } });
  return { ...base, workloads: { ...base.workloads, embedding: { ...embedding, ...facts, sidecars } } };
};
const planned = (asked: Request): Plan => {
  const result = certainPlan(asked);
  return result.ok ? result.plan : result.partial;
};
const groupOf = (plan: Plan) => {
  const part = plan.parts.find((each) => each.kind === "replica-group" && each.workload === "embedding");
  if (part?.kind !== "replica-group") throw new Error("no group");
  return part;
};
const small = { cpuMillis: 750, memoryMiB: 1900 };

describe("sidecars", () => {
  test("are counted in the size: 0.75 and 0.25 vCPU fill one, 1,900 and 148 MiB two GiB, and one more of each the next", () => {
    expect(groupOf(planned(beside({}, small))).size).toEqual({ cpuMillis: 1000, memoryMiB: 2048 });
    expect(groupOf(planned(beside({ proxy: { ...proxy, memoryMiB: 148 } }, small))).size).toEqual({
      cpuMillis: 1000,
      memoryMiB: 2048,
    });
    expect(groupOf(planned(beside({ proxy: { ...proxy, memoryMiB: 149 } }, small))).size.memoryMiB).toBe(3072);
    expect(groupOf(planned(beside({ proxy: { ...proxy, cpuMillis: 251 } }, small))).size.cpuMillis).toBe(2000);
  });

  test("say in the size's reason what they took, and cost what the size costs", () => {
    const plan = planned(beside({ proxy, agent: proxy }, small));
    const reason = plan.reasons.find(({ part, field }) => part.includes("/embedding/") && field === "size.memoryMiB");
    expect(reason?.needed.find(({ by }) => by === "sidecars")).toMatchObject({
      value: 256,
      because: "added for agent, proxy, with 0.5 vCPU",
    });
    expect(planCost(plan).perMonthUsd.expected).toBeGreaterThan(
      planCost(planned(beside({}, small))).perMonthUsd.expected,
    );
  });

  test("change no count", () => {
    expect(groupOf(planned(beside({ proxy }))).scaling).toEqual(groupOf(planned(beside({}))).scaling);
  });
});

describe("a registry that asks who pulls", () => {
  const asked = (host: string): Request =>
    beside({ proxy }, {}) && {
      ...beside({ proxy }),
      chosen: {
        ...beside({}).chosen,
        registries: { [host]: { secretArn: "arn:aws:secretsmanager:us-east-1:1:secret:r" } },
      },
    };
  test("is known by its host, to the whole word", () => {
    expect(groupOf(planned(asked("registry.example.com"))).sidecars[0]?.image.login).toBe(true);
    expect(groupOf(planned(asked("registry.example.co"))).sidecars[0]?.image.login).toBeUndefined();
  });
});

const stack = (sidecars: object) => given(withFacts("embedding", { sidecars }));
const at = "systems.embedding.workloads.embedding.sidecars";
test.each([
  [
    "a port of the service",
    { proxy: { ...proxy, ports: [embedding.port] } },
    `${at}.proxy.ports[0]`,
    "embedding listens there",
  ],
  [
    "a port of another",
    { a: { ...proxy, ports: [1] }, b: { ...proxy, ports: [1] } },
    `${at}.b.ports[0]`,
    "a listens there",
  ],
  [
    "the service's own name",
    { embedding: proxy },
    `${at}.embedding`,
    "the service's own container is called embedding",
  ],
  ["a name with a dot", { "a.b": proxy }, `${at}.a.b`, "letters, digits, - and _"],
  [
    "healthy without a check",
    { proxy: { ...proxy, awaited: "healthy" } },
    `${at}.proxy.awaited`,
    "never found healthy",
  ],
  [
    "done, and essential",
    { proxy: { ...proxy, awaited: "done" } },
    `${at}.proxy.awaited`,
    "ends with an essential sidecar",
  ],
  ["5 MiB", { proxy: { ...proxy, memoryMiB: 5 } }, `${at}.proxy.memoryMiB`, "a whole number of at least 6"],
])("%s is a mistake", (_, sidecars, key, words) => {
  expect(said(stack(sidecars))).toContain(key);
  expect(said(stack(sidecars))).toContain(words);
});

test("a size that does not hold its sidecars is a mistake, with both in its words", () => {
  const input = withFacts("embedding", { sidecars: { proxy }, memoryMiB: 2000 });
  expect(said(given({ ...input, yaml: { sizes: { embedding: { memoryMiB: 2048 } } } }))).toContain(
    "embedding with its sidecars needs 2128 MiB",
  );
});
