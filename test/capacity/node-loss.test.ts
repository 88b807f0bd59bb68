import { certainPlan } from "../../capacity";
import { withNodeRoom } from "../../capacity/node-loss";
import { asReading, type Part } from "../../model";
import { aGroup } from "../preview/a-report";
import { configured, requestFor } from "../stacks";

const planned = certainPlan(requestFor(configured("vectordb-prod", {})));
if (!planned.ok) throw new Error("vectordb-prod plans");
const { plan } = planned;
const store = plan.parts.filter(({ kind }) => kind === "store");
const [demand] = plan.demand;
// What nodes cost is no matter here; what they hold is an m7i.xlarge's: 3,920 thousandths, 14,162 MiB.
const asked = {
  ...demand!,
  store: {
    ...demand!.store!,
    reschedule: { givenUpSeconds: 345, nodeSeconds: 0, nodeMadeSeconds: 210, volumeSeconds: 60 },
  },
};

/** Three pods, one a zone, of which a node holds one; a rollout adds so many. */
const pods = (surge: number): Part => ({
  ...aGroup("web", 3, 3),
  size: { cpuMillis: 3500, memoryMiB: 1024 },
  rollout: { surge, unavailable: 0, rollsBack: false, watchesAlarms: false },
  runtime: {
    kind: "kubernetes",
    cpuLimitMillis: null,
    memoryLimitMiB: null,
    disruptionMaxUnavailable: 1,
    hosts: "preferred",
    minReadySeconds: 0,
    stopDelaySeconds: 0,
  },
});

const waits = (parts: readonly Part[], nodes: typeof plan.nodes = plan.nodes) =>
  withNodeRoom(
    [asked],
    parts.map((part) => asReading(part)),
    nodes,
  )[0]?.store?.reschedule.nodeSeconds;

test.each([
  ["one node a zone", store, 210],
  ["two a zone, each full without the other", [...store, pods(0)], 210],
  ["one more in one zone alone, for a rollout: the member may be lost in another", [...store, pods(1)], 210],
  ["one more in each zone", [...store, pods(3)], 0],
])("%s", (_, parts, seconds) => {
  expect(waits(parts)).toBe(seconds);
});

test("of nodes that nobody tells room is taken for granted", () => {
  expect(waits(store, {})).toBe(0);
});

test("a service waits for no volume, and its demand stays as it is", () => {
  const service = { ...asked, store: undefined } as unknown as typeof asked;
  expect(withNodeRoom([service], [], plan.nodes)).toEqual([service]);
});

test("a store of manifests stands where a demand file says, whatever its key calls its cluster", () => {
  const key = "store/dvecdb/cluster";
  const [stated] = withNodeRoom(
    [{ ...asked, part: key }],
    [...store, pods(3)].map((part) => asReading(part.kind === "store" ? { ...part, key } : part)),
    plan.nodes,
  );
  expect(stated?.store?.reschedule.nodeSeconds).toBe(0);
  const [full] = withNodeRoom(
    [{ ...asked, part: key }],
    store.map((part) => asReading({ ...part, key })),
    plan.nodes,
  );
  expect(full?.store?.reschedule.nodeSeconds).toBe(210);
});
