import type { KubernetesObject } from "../cluster/harness/objects";
import { serviceAddress } from "./harness/bootstrap";
import { shareOf } from "./harness/callers";
import { Door } from "./harness/door";
import { hurried, renderedDoor } from "./harness/rendered";
import { doorSuite } from "./harness/suite";

const GROUP = "gateway.envoyproxy.io";
const named = { group: GROUP, kind: "Backend", name: "model-server-pods" };

/** A Backend by address, as Envoy Gateway takes a Service: it sends to the addresses of its pods. */
const byAddress = (namespace: string): KubernetesObject => ({
  apiVersion: `${GROUP}/v1alpha1`,
  kind: "Backend",
  metadata: { name: "addresses", namespace },
  spec: { endpoints: [{ ip: { address: serviceAddress, port: 8080 } }] },
});

/** The edge's route with its own pods written another way. */
function withOwnPods(objects: readonly KubernetesObject[], own: object): readonly KubernetesObject[] {
  return objects.map((object) => {
    if (object.kind !== "HTTPRoute" || object.metadata.name !== "model-server") return object;
    const [rule] = object["spec"].rules;
    const [, ...others] = rule.backendRefs;
    return { ...object, spec: { ...object["spec"], rules: [{ ...rule, backendRefs: [own, ...others] }] } };
  });
}

/** Why own pods are asked by name, and why the host is written for the rule: what reads as a fallback shares by weight. */
doorSuite("a fallback beside own pods that are written another way", () => {
  test.each([
    ["by address", { ...named, name: "addresses" }],
    [
      "by name, with a filter of its own",
      {
        ...named,
        filters: [{ type: "RequestHeaderModifier", requestHeaderModifier: { set: [{ name: "x", value: "own" }] } }],
      },
    ],
  ])("%s: other regions get their share while all pods are well", async (_, own) => {
    const rendered = hurried(await renderedDoor(3));
    const door = await Door.start({
      ...rendered,
      objects: [...withOwnPods(rendered.objects, own), byAddress(rendered.namespace)],
    });
    try {
      const tally = await door.call(600);
      const pods = door.pods.map(({ address }) => address);
      // Three of equal weight; by chance within 0.1 but once in a million times.
      expect(Math.abs(shareOf(tally, pods) - 1 / 3)).toBeLessThan(0.1);
    } finally {
      await door.stop();
    }
  });
});
