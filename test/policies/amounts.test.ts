import { cpuMillis, memoryMiB } from "../../catalog/kubernetes/quantity";
import { numberAt } from "../../model";
import { judge, type Subject } from "../../policies";
import { rule, verdicts } from "./fixture";
import { cluster, container, ofKind, pod, scaler, web, type Content } from "./manifests";

const messages = (id: string, given: Subject): readonly string[] =>
  judge(given, [rule(id)]).map(({ message }) => message);
const bare = container({ resources: {} });
const proxy = container({ name: "proxy", resources: {} });
/** Of two containers that say nothing, and a pod that says this. */
const whole = (resources: Content, over: Content = {}): Subject =>
  cluster([web({}, pod({ containers: [bare, proxy], resources, ...over }))]);
const asked = { requests: { cpu: "1", memory: "1Gi" } };
const limited = { requests: { cpu: "1", memory: "1Gi" }, limits: { memory: "2Gi" } };

describe("amounts of a pod as a whole", () => {
  test("stand in the place of what its containers say", () => {
    expect(verdicts("requests-there", whole({}))).toEqual(["fail"]);
    expect(verdicts("requests-there", whole({ requests: { cpu: "1" } }))).toEqual(["fail"]);
    expect(verdicts("requests-there", whole(asked))).toEqual(["pass"]);
    expect(verdicts("memory-limited", whole(asked))).toEqual(["fail"]);
    expect(verdicts("memory-limited", whole(limited))).toEqual(["pass"]);
    expect(verdicts("cpu-unthrottled", whole(limited))).toEqual(["pass"]);
    expect(verdicts("cpu-unthrottled", whole({ limits: { cpu: "2" } }))).toEqual(["fail"]);
  });

  const sizeOf = (subject: Subject): readonly unknown[] => {
    const [group] = subject.parts.filter(({ kind }) => kind === "replica-group");
    if (group === undefined) throw new Error("no replica group");
    return [numberAt(group, "size", "cpuMillis"), numberAt(group, "size", "memoryMiB")];
  };

  test("are what it takes of a node; a limit without a request asks as much, where no container asks", () => {
    expect(sizeOf(whole(asked))).toEqual([1000, 1024]);
    expect(sizeOf(whole({ limits: { cpu: "2", memory: "2Gi" } }))).toEqual([2000, 2048]);
    const one = container({ resources: { requests: { cpu: "300m", memory: "300Mi" } } });
    expect(sizeOf(whole({ limits: { cpu: "2", memory: "2Gi" } }, { containers: [one, proxy] }))).toEqual([300, 300]);
    expect(sizeOf(whole(asked, { containers: [one, one] }))).toEqual([1000, 1024]);
    expect(sizeOf(whole({}, { containers: [one, proxy] }))).toEqual([300, 300]);
  });

  test("are what a quota counts", () => {
    const quota = (cpu: string) => ofKind("v1", "ResourceQuota", { hard: { "requests.cpu": cpu } });
    const within = (cpu: string) =>
      verdicts(
        "quota-holds-pods",
        cluster([
          web(
            { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } } },
            pod({ containers: [bare, proxy], resources: asked }),
          ),
          quota(cpu),
        ]),
      );
    expect([within("2999m"), within("3")]).toEqual([["fail"], ["pass"]]);
  });
});

describe("what an autoscaler takes a share of", () => {
  const share = { type: "Utilization", averageUtilization: 70 };
  const of = (name: string): Content => ({
    type: "ContainerResource",
    containerResource: { name: "cpu", container: name, target: share },
  });
  const given = (...metrics: readonly Content[]) =>
    cluster([web({ replicas: null }, pod({ containers: [container(), proxy] })), scaler({ metrics })]);

  test("is one container where it names one", () => {
    expect(verdicts("scaler-has-requests", given(of("web")))).toEqual(["pass"]);
    expect(verdicts("scaler-has-requests", given(of("proxy")))).toEqual(["fail"]);
    expect(
      verdicts("scaler-has-requests", given({ type: "Resource", resource: { name: "cpu", target: share } })),
    ).toEqual(["fail"]);
  });

  test("is a container that is there", () => {
    expect(messages("scaler-has-requests", given(of("wbe")))).toEqual([
      "scaled by a share of no request: cpu of wbe, which it does not have",
    ]);
  });

  test("is a pod as a whole, where that says its request", () => {
    const subject = (metric: Content) =>
      cluster([
        web({ replicas: null }, pod({ containers: [bare, proxy], resources: asked })),
        scaler({ metrics: [metric] }),
      ]);
    expect(
      verdicts("scaler-has-requests", subject({ type: "Resource", resource: { name: "cpu", target: share } })),
    ).toEqual(["pass"]);
    expect(verdicts("scaler-has-requests", subject(of("web")))).toEqual(["fail"]);
  });

  test("is nothing of a queue, nor of a trigger", () => {
    const queue: Content = {
      type: "External",
      external: { metric: { name: "queue_depth" }, target: { type: "AverageValue", averageValue: "30" } },
    };
    const one = cluster([web({ replicas: null }, pod({ containers: [bare] })), scaler({ metrics: [queue] })]);
    expect(verdicts("scaler-has-requests", one)).toEqual([]);
    expect(messages("scales-by-itself", one)).toEqual(["3 to 10 by queue_depth"]);
    expect(verdicts("scales-by-itself", one)).toEqual(["pass"]);
    const keda = cluster([
      web({ replicas: null }, pod({ containers: [bare] })),
      ofKind("keda.sh/v1alpha1", "ScaledObject", {
        scaleTargetRef: { name: "web" },
        minReplicaCount: 2,
        maxReplicaCount: 9,
        triggers: [{ type: "kafka" }],
      }),
    ]);
    expect(verdicts("scaler-has-requests", keda)).toEqual([]);
    expect(messages("scales-by-itself", keda)).toEqual(["2 to 9 by kafka"]);
    const nothing = cluster([web({ replicas: null }), scaler({ metrics: [] })]);
    expect(verdicts("scales-by-itself", nothing)).toEqual(["fail"]);
  });
});

test("4G and 4Gi are both amounts, and both are shown in MiB", () => {
  expect([memoryMiB("4G"), memoryMiB("4Gi")].map((each) => Math.round(each ?? 0))).toEqual([3815, 4096]);
  expect([cpuMillis("1000"), cpuMillis("1000m"), cpuMillis("0.5")]).toEqual([1_000_000, 1000, 500]);
});
