import { nodePoolsOf } from "../../../capacity/node-pools";
import { comparePlanned } from "../../../policies";
import { plain, resourceGraph } from "../../../model";
import { readersOf, readParts } from "../../../components/readers";
import type { RecordedStack } from "../../stacks";
import { checkEveryInput } from "../every-input";
import { differs, strip } from "../strip";
import { stacks } from "./stacks";

const spread = "kubernetes:apps/v1:StatefulSet spec.template.spec.topologySpreadConstraints[]";
const oneContainer = (type: string) =>
  `kubernetes:apps/v1:${type} spec.template.spec.containers[].name: changing it does not change sidecars`;

const twoRoutes =
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute spec.parentRefs[].name: changing it does not change targets";

/** Inputs whose effect one stack cannot show, and the others do: a container without another beside it, a member without another to keep off. */
/** Where a door hands nothing on, nobody else is there to be preferred. */
const localities =
  "kubernetes:networking.istio.io/v1:DestinationRule spec.trafficPolicy.loadBalancer.localityLbSetting.enabled: changing it does not change targets";
const route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute spec";
const shownElsewhere: Readonly<Record<string, readonly string[]>> = {
  // Listeners have the names too, and nobody else makes records of them.
  "predictions in three regions, by doors of Envoy Gateway that hand on to each other": [
    `${route}.hostnames[]: changing it does not change domain`,
  ],
  // The other name's route leads to the same pods.
  "predictions in two regions, by doors of Istio in a mesh of both": [
    `${route}.hostnames[]: changing it does not change domain`,
    `${route}.parentRefs[].name: changing it does not change targets`,
  ],
  "vectordb-dev": [
    `${spread}.labelSelector.matchLabels.app.kubernetes.io/instance: changing it does not change placement`,
    `${spread}.labelSelector.matchLabels.app.kubernetes.io/name: changing it does not change placement`,
    `${spread}.topologyKey: changing it does not change placement`,
  ],
};

/** What is read, and the nodes that it needs. */
function partsRead(recorded: RecordedStack, resources: RecordedStack["resources"]) {
  const { parts } = readParts("kubernetes", resourceGraph(resources));
  return [...parts, ...nodePoolsOf(parts, recorded.plan.nodes)];
}

describe.each(stacks)("%s", (name, record) => {
  let recorded: RecordedStack;
  beforeAll(async () => {
    recorded = await record();
  });

  test("what is built reads back as what was planned", () => {
    const own = partsRead(recorded, recorded.resources);
    expect(comparePlanned(recorded.plan.parts, own).mismatches).toEqual([]);
    const read = partsRead(recorded, strip(recorded.resources)).map(plain);
    expect(differs(recorded.plan.parts, read)).toBeUndefined();
  });

  test("with its names, each Part comes back under its own key", () => {
    const read = partsRead(recorded, recorded.resources).map(({ key }) => key);
    expect([...read].sort()).toEqual(recorded.plan.parts.map(({ key }) => key).sort());
  });

  test("no input conflicts with another", () => {
    expect(readParts("kubernetes", resourceGraph(recorded.resources)).conflicts).toEqual([]);
  });

  test("each resource is claimed by one reader and no more", () => {
    const claimed = readParts("kubernetes", resourceGraph(recorded.resources)).claims.map(({ urn }) => urn);
    expect([...claimed].sort()).toEqual([...new Set(claimed)].sort());
    const custom = recorded.resources
      .filter(({ custom: own, type }) => own && !type.startsWith("pulumi:providers:"))
      .map(({ urn }) => urn);
    expect(custom.filter((urn) => !claimed.includes(urn))).toEqual([]);
  });

  test("each input is in its reader's table: it changes its field, makes a conflict, or is ignored for a reason", () => {
    const stripped = strip(recorded.resources);
    const claimed = new Set<string>();
    const problems = readersOf("kubernetes").flatMap((reader) => {
      const before = new Set(claimed);
      for (const { urn } of reader.read(resourceGraph(stripped), before).claims) claimed.add(urn);
      return checkEveryInput(stripped, reader, before);
    });
    const known = [
      ...(shownElsewhere[name] ?? []),
      ...(name.includes("mesh") ? [] : [localities]),
      // A door with a name of its own has two routes to the same pods, and either may go.
      ...(name.includes("regions with a domain") ? [twoRoutes] : []),
      ...(name.includes("sidecars") || name.includes("secrets of a store") ? [] : [oneContainer("Deployment")]),
      ...(name.startsWith("vectordb") ? [oneContainer("StatefulSet")] : []),
    ];
    expect(problems.filter((problem) => !known.includes(problem))).toEqual([]);
  });

  test("names are stable: another recording registers the same", async () => {
    expect((await record()).resources.map(({ urn }) => urn)).toEqual(recorded.resources.map(({ urn }) => urn));
  });
});
