import { theLaw } from "../the-law";
import { stacks } from "./stacks";

/** What spreads pods: of one zone it is preferred at most, and every wish has the same end. */
const spreadOf = (type: string, ...labels: readonly string[]): readonly string[] =>
  [...labels.map((label) => `labelSelector.matchLabels.app.kubernetes.io/${label}`), "topologyKey"].map(
    (field) =>
      `kubernetes:apps/v1:${type} spec.template.spec.topologySpreadConstraints[].${field}: changing it does not change placement`,
  );
const oneContainer = (type: string) =>
  `kubernetes:apps/v1:${type} spec.template.spec.containers[].name: changing it does not change sidecars`;

const twoRoutes =
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute spec.parentRefs[].name: changing it does not change targets";

/** Where a door hands nothing on, nobody else is there to be preferred. */
const localities =
  "kubernetes:networking.istio.io/v1:DestinationRule spec.trafficPolicy.loadBalancer.localityLbSetting.enabled: changing it does not change targets";

const route = "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute spec";
/** Inputs whose effect one stack cannot show, and the others do: a container without another beside it, a member without another to keep off. */
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
  "vectordb-dev": spreadOf("StatefulSet", "instance", "name"),
  "model-serving-dev": [
    ...spreadOf("Deployment", "instance", "name"),
    ...spreadOf("StatefulSet", "component", "instance", "name"),
    // One Redis alone, whom no Sentinel watches.
    "kubernetes:core/v1:ConfigMap data.sentinel.conf: changing it does not change runtime.downAfterSeconds",
    "kubernetes:core/v1:ConfigMap data.settings.sh: changing it does not change runtime.quorum",
  ],
  "model-serving-staging": spreadOf("Deployment", "instance", "name"),
};

describe.each(stacks)("%s", (name, record) => {
  theLaw("kubernetes", record, [
    ...(shownElsewhere[name] ?? []),
    ...(name.includes("mesh") ? [] : [localities]),
    // A door with a name of its own has two routes to the same pods, and either may go.
    ...(name.includes("regions with a domain") ? [twoRoutes] : []),
    ...(name.includes("sidecars") || name.includes("secrets of a store") ? [] : [oneContainer("Deployment")]),
    ...(name.startsWith("vectordb") ? [oneContainer("StatefulSet")] : []),
  ]);
});
