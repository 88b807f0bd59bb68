import { at, plain } from "../../../model";
import { whyUnread } from "../../../catalog/kubernetes";
import { readParts } from "../../../components/readers";
import { resourceGraph } from "../../../model";
import { kubernetesObject, resourceOf } from "../../../preview/manifests/objects";
import type { Content } from "../../policies/manifests";

const set: Content = {
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { name: "broker", namespace: "shop" },
  spec: {
    replicas: 3,
    serviceName: "brokers",
    selector: { matchLabels: { app: "broker" } },
    template: {
      metadata: { labels: { app: "broker" } },
      spec: { containers: [{ name: "broker", image: "broker:1" }] },
    },
    volumeClaimTemplates: [{ metadata: { name: "data" }, spec: { resources: { requests: { storage: "1Gi" } } } }],
  },
};
const NAME = "statefulset.kubernetes.io/pod-name";
const INDEX = "apps.kubernetes.io/pod-index";
const service = (name: string, selector: Content, over: Content = {}): Content => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "shop" },
  spec: { selector, ports: [{ port: 9094 }], ...over },
});

/** Whether the store has a Service of its leader, and the Services that it holds. */
function read(...services: readonly Content[]): readonly unknown[] {
  const resources = [set, ...services].map((content) => {
    const object = kubernetesObject(content, []);
    if (object === null) throw new Error("no object");
    return resourceOf(object);
  });
  const { parts, claims } = readParts("kubernetes", resourceGraph(resources), "2026-11-21");
  const store = parts.find(({ kind }) => kind === "store");
  const held = new Set(claims.map(({ urn }) => urn));
  const names = resources.filter(({ urn, type }) => type.endsWith(":Service") && held.has(urn)).map(({ name }) => name);
  return [plain(at(store, "leaderService")), names.map((name) => name.replace("shop/", ""))];
}

test("a Service of member 0 alone is the leader's, by its name or by its ordinal", () => {
  expect(read(service("leader", { app: "broker", [NAME]: "broker-0" }))).toEqual([true, ["leader"]]);
  expect(read(service("leader", { app: "broker", [INDEX]: "0" }))).toEqual([true, ["leader"]]);
  expect(read(service("leader", { app: "other", [INDEX]: "0" }))).toEqual([false, []]);
});

test("where other members have one too, each is an address of one of them", () => {
  const each = [0, 1].map((ordinal) => service(`broker-${ordinal}`, { [NAME]: `broker-${ordinal}` }));
  expect(read(...each)).toEqual([false, ["broker-0", "broker-1"]]);
  expect(read(service("second", { app: "broker", [INDEX]: "1" }))).toEqual([false, ["second"]]);
});

test("of a member that is not there stays unread, and a balancer's is a door", () => {
  expect(read(service("far", { [NAME]: "broker-3" }))).toEqual([false, []]);
  expect(read(service("out", { [NAME]: "broker-1" }, { type: "LoadBalancer" }))).toEqual([false, ["out"]]);
});

test("what no reader takes is said with why, whatever its version; of what nobody knows nothing is said", () => {
  expect(whyUnread("kubernetes:helm.toolkit.fluxcd.io/v2beta2:HelmRelease")).toContain("helm template");
  expect(whyUnread("kubernetes:kustomize.toolkit.fluxcd.io/v1:Kustomization")).toContain("kustomize build");
  expect(whyUnread("kubernetes:apps/v1:DaemonSet")).toContain("each node");
  expect(whyUnread("kubernetes:example.com/v1:Widget")).toBeUndefined();
  expect(whyUnread("aws:batch/job:Job")).toBeUndefined();
});
