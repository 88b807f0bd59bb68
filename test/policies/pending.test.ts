import { judge } from "../../policies";
import { rule, verdicts } from "./fixture";
import { cluster, container, HOST, later, ofKind, pod, scaler, spread, web, ZONE } from "./manifests";
import { apart, asking, onNodes, rolling } from "./pending-cases";

const ID = "pods-find-node";
const said = (...given: Parameters<typeof onNodes>) =>
  judge(onNodes(...given), [rule(ID)]).map(({ verdict, severity, message }) => [verdict, severity, message]);

test("by hand: of five pods of which a zone takes one, two wait in three zones", () => {
  expect(said({ replicas: 5 }, apart())).toEqual([
    [
      "fail",
      "mandatory",
      "2 of 5 pods stay Pending: a zone takes one of them (required anti-affinity), and nodes are in 3 zones",
    ],
  ]);
  // 200 are tried, and of those beyond none stands either.
  expect(said({ replicas: 500 }, apart())[0]?.[2]).toContain("497 of 500 pods");
});

test("by hand: three in three zones stand, and their rollout stands still", () => {
  expect(said({ replicas: 3 }, apart())[0]?.[2]).toBe(
    "a zone takes one of them (required anti-affinity), and nodes are in 3 zones: the new pod of a rollout finds no place, and none of the 3 may go before",
  );
  expect(said({ replicas: 3, ...rolling(0, 1) }, apart())[0]?.[0]).toBe("pass");
});

test("what is kept apart by host, or asks for it softly, waits for no zone", () => {
  expect(said({ replicas: 5 }, apart(HOST))[0]?.[0]).toBe("pass");
  expect(said({ replicas: 5 }, { topologySpreadConstraints: [spread()] })[0]?.[0]).toBe("pass");
});

test("more domains asked for than there are", () => {
  const of = (minDomains: number) => said({ replicas: 5 }, { topologySpreadConstraints: [spread({ minDomains })] })[0];
  // With four asked for the emptiest counts as empty: one a zone.
  expect(of(4)).toEqual([
    "fail",
    "mandatory",
    "2 of 5 pods stay Pending: minDomains asks for more zones, and nodes are in 3 zones",
  ]);
  expect(of(3)?.[0]).toBe("pass");
});

test("pods that only the autoscaler's ceiling brings are advice", () => {
  const given = onNodes({ replicas: null, ...rolling(0, 1) }, apart());
  const scaled = cluster([given.resources[0]!.inputs, scaler({ minReplicas: 3, maxReplicas: 4 })], {
    basis: given.basis,
  });
  expect(judge(scaled, [rule(ID)])).toMatchObject([
    { verdict: "fail", severity: "advisory", message: expect.stringMatching(/^scaled out, 1 of 4 pods stay Pending/) },
  ]);
});

test("what runs before the containers counts where it asks for more, and what goes on beside them is added", () => {
  const first = (over: object) =>
    verdicts(ID, onNodes({}, { ...asking({ cpu: 1 }), initContainers: [container({ name: "first", ...over })] }));
  expect(first({ resources: { requests: { cpu: "2001m" } } })).toEqual(["fail"]);
  expect(first({ resources: { requests: { cpu: 2 } } })).toEqual(["pass"]);
  expect(first({ restartPolicy: "Always", resources: { requests: { cpu: "1001m" } } })).toEqual(["fail"]);
  expect(first({ restartPolicy: "Always", resources: { requests: { cpu: 1 } } })).toEqual(["pass"]);
});

test("a Job is judged by the nodes there are, and named", () => {
  const template = { spec: { containers: [container({ resources: { requests: { cpu: 3 } } })] } };
  const job = ofKind("batch/v1", "Job", { template }, "count");
  const [found] = judge(cluster([job], { basis: onNodes({}).basis }), [rule(ID)]);
  expect(found).toMatchObject({
    verdict: "fail",
    message: "Job shop/count: a pod asks for 3 CPU where metal gives 2 CPU: it fits on no node",
  });
});

test("labels and devices that nobody speaks of decide nothing", () => {
  const labelled = { nodeSelector: { "topology.kubernetes.io/region": "us-east-1", disk: "fast" } };
  expect(said({}, labelled)[0]).toEqual([
    "undecided",
    "advisory",
    "asks its node for disk, and no object says which nodes have that",
  ]);
  expect(said({}, asking({}, { "nvidia.com/gpu": 1 }))[0]?.[2]).toContain("nvidia.com/gpu");
  expect(said({}, { affinity: later })[0]?.[0]).toBe("undecided");
});

test("where nobody says what nodes there are, only what takes a zone each is told", () => {
  const alone = cluster([web({}, pod({ ...apart(), topologySpreadConstraints: null }))]);
  expect(verdicts(ID, alone)).toEqual(["undecided"]);
  expect(verdicts(ID, cluster([web({ replicas: 1 }, pod(apart()))]))).toEqual([]);
  expect(verdicts(ID, cluster([web()]))).toEqual([]);
  expect(verdicts("limit-within-node", cluster([web()]))).toEqual([]);
});

test("held to zones of which none has nodes", () => {
  const nodeSelector = { "topology.kubernetes.io/region": "us-east-1", [ZONE]: "us-east-1z" };
  expect(said({}, { nodeSelector })[0]?.[2]).toBe(
    "held to us-east-1z, and nodes are in us-east-1a, us-east-1b, us-east-1c: no pod finds one",
  );
});
