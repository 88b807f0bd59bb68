import { readCount } from "../../components/kubernetes/count.read";
import { inside } from "../../components/leaf.read";
import type { Resource } from "../../model";
import { always } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { partOf, SCALED_PODS, titled, told } from "./workloads";

const TRANSFERRED = "scaledobject.keda.sh/transfer-hpa-ownership";

/** An autoscaler that a ScaledObject has taken over by its name is that ScaledObject's own. */
function takenOver(autoscaler: Resource, others: readonly Resource[]): boolean {
  const name = inside(autoscaler.inputs["metadata"], "name");
  return others.some(
    (other) =>
      inside(other.inputs["metadata"], "annotations", TRANSFERRED) === "true" &&
      name !== undefined &&
      inside(other.inputs["spec"], "advanced", "horizontalPodAutoscalerConfig", "name") === name,
  );
}

const oneAutoscaler: Rule = {
  id: "one-autoscaler",
  title: "One autoscaler scales a workload",
  about:
    "Of pods that several autoscalers scale Kubernetes follows the metrics of none (AmbiguousSelector), so that load adds no pod; bounds that do not meet drive the count to and fro.",
  severity: always,
  peers: [],
  check: (subject: Subject) =>
    SCALED_PODS.flatMap((type) => subject.graph.ofType(type)).flatMap((resource): readonly Finding[] => {
      const all = readCount(subject.graph, resource).autoscalers;
      if (all.length === 0) return [];
      const autoscalers = all.filter((each) => !takenOver(each, all));
      const names = autoscalers.map(titled);
      const listed = `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
      return [
        told(resource, partOf(subject, resource), {
          ok: names.length === 1,
          message:
            names.length === 1 ? `${names.join("")} alone` : `${listed} scale it: the metrics of none are followed`,
          fix: "keep one of them, with all that should be followed in it (a ScaledObject takes cpu and memory as triggers too)",
        }),
      ];
    }),
};

export const autoscalerRules: readonly Rule[] = [oneAutoscaler];
