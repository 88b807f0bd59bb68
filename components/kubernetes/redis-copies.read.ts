import { known, unknown, type ReadPart, type RedisCache, type Resource, type ResourceGraph } from "../../model";
import { asNumber, inside, leafOf, listOf, valueAt } from "../leaf.read";
import { keyOf } from "./identity.read";
import { podLabels } from "./pod-placement.read";
import { followed, isElsewhere, serverWords, shellValue, type ServerWords } from "./redis-files.read";
import { serverOf } from "./redis-server.read";
import { chooses, neighbours } from "./scope.read";

const STATEFUL_SET = "kubernetes:apps/v1:StatefulSet";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const SERVICE = "kubernetes:core/v1:Service";

/** Whom it follows elsewhere, by the name of that group where the same program builds it; else whether others may follow it. */
export function readCrossRegion(
  graph: ResourceGraph,
  set: Resource,
  words: ServerWords,
): ReadPart<RedisCache>["crossRegion"] {
  const group = shellValue(words, "COPY_OF_GROUP") ?? "";
  const told = followed(words);
  const outside = told !== undefined && isElsewhere(graph, set, told) === true;
  if (outside || group !== "" || (shellValue(words, "COPY_OF") ?? "") !== "") {
    const peer = outside
      ? undefined
      : graph
          .ofType(STATEFUL_SET)
          .find((each) => serverOf(each) !== undefined && shellValue(serverWords(graph, each), "GROUP") === group);
    return {
      kind: "async",
      peer:
        peer === undefined
          ? unknown(set.urn, "copyOf", "elsewhere")
          : known(keyOf("redis-cache", graph, peer), set.urn),
      promotion: known("manual", set.urn),
    };
  }
  const proxies = proxiesOf(graph, set, words, []).map(podLabels);
  for (const service of neighbours(graph, set, SERVICE)) {
    const port = listOf(valueAt(service, "spec", "ports")).find((each) => inside(each, "targetPort") === "copies");
    if (port === undefined || !proxies.some((own) => chooses(valueAt(service, "spec", "selector"), own))) continue;
    return {
      kind: "copied",
      port: leafOf(inside(port, "port"), { urn: service.urn, property: "spec.ports[].port" }, asNumber),
    };
  }
  return { kind: "none" };
}

/** Deployments that mount the same files. */
export function proxiesOf(
  graph: ResourceGraph,
  set: Resource,
  { maps }: ServerWords,
  watchers: readonly Resource[],
): readonly Resource[] {
  return neighbours(graph, set, DEPLOYMENT).filter(
    (each) => !watchers.includes(each) && serverWords(graph, each).maps.some((map) => maps.includes(map)),
  );
}
