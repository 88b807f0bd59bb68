import { judge, type Subject } from "../../policies";
import { rule, verdicts } from "./fixture";
import { cluster, later, ofKind, pod, web, type Content } from "./manifests";

const mounts = (name: string): Content =>
  pod({ volumes: [{ name: "up", persistentVolumeClaim: { claimName: name } }] });
const claim = (mode: string, over: Content = {}): Content =>
  ofKind("v1", "PersistentVolumeClaim", { accessModes: [mode], ...over }, "uploads");
const of = (replicas: number, mode: string, strategy: Content = {}): Subject =>
  cluster([web({ replicas, strategy }, mounts("uploads")), claim(mode)]);
const severities = (given: Subject): readonly string[] =>
  judge(given, [rule("claims-shared")]).map(({ verdict, severity }) => `${verdict} ${severity}`);

describe("a claim that all pods of a Deployment mount", () => {
  test("is of many nodes where there are several pods", () => {
    expect(verdicts("claims-shared", of(2, "ReadWriteOnce"))).toEqual(["fail"]);
    expect(verdicts("claims-shared", of(2, "ReadWriteOncePod"))).toEqual(["fail"]);
    expect(verdicts("claims-shared", of(2, "ReadWriteMany"))).toEqual(["pass"]);
    expect(verdicts("claims-shared", of(2, "ReadOnlyMany"))).toEqual(["pass"]);
  });

  test("of one node is for one pod, which a rollout does not double", () => {
    expect(severities(of(1, "ReadWriteOnce"))).toEqual(["fail advisory"]);
    expect(severities(of(1, "ReadWriteOnce", { type: "Recreate" }))).toEqual(["pass advisory"]);
    const inPlace = { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } };
    expect(severities(of(1, "ReadWriteOnce", inPlace))).toEqual(["pass advisory"]);
    expect(severities(of(2, "ReadWriteOnce", inPlace))).toEqual(["fail mandatory"]);
  });

  test("that no file holds, and a mode or a count that is not known, decide nothing", () => {
    expect(severities(cluster([web({}, mounts("uploads"))]))).toEqual(["undecided advisory"]);
    const unread = claim("ReadWriteOnce", { accessModes: later });
    expect(verdicts("claims-shared", cluster([web({}, mounts("uploads")), unread]))).toEqual(["undecided"]);
    const counted = cluster([web({ replicas: later }, mounts("uploads")), claim("ReadWriteOnce")]);
    expect(verdicts("claims-shared", counted)).toEqual(["undecided"]);
    expect(verdicts("claims-shared", cluster([web({}, pod({ volumes: later }))]))).toEqual(["undecided"]);
    expect(verdicts("claims-shared", cluster([web()]))).toEqual([]);
  });
});

describe("the class of a claim", () => {
  const bound = (volumeBindingMode: string | null): readonly string[] =>
    verdicts(
      "claims-bind-late",
      cluster([
        web({ replicas: 1 }, mounts("uploads")),
        claim("ReadWriteOnce", { storageClassName: "disk" }),
        {
          apiVersion: "storage.k8s.io/v1",
          kind: "StorageClass",
          metadata: { name: "disk" },
          provisioner: "ebs.csi.aws.com",
          ...(volumeBindingMode === null ? {} : { volumeBindingMode }),
        },
      ]),
    );

  test("waits for the pod; without a word it does not", () => {
    expect(bound("WaitForFirstConsumer")).toEqual(["pass"]);
    expect(bound("Immediate")).toEqual(["fail"]);
    expect(bound(null)).toEqual(["fail"]);
  });

  test("that no file holds says nothing", () => {
    const given = cluster([web({}, mounts("uploads")), claim("ReadWriteOnce", { storageClassName: "disk" })]);
    expect(verdicts("claims-bind-late", given)).toEqual([]);
  });
});
