import { removedVersions, removedVersionsSource } from "../../catalog/kubernetes/removed-versions";
import { inside } from "../../components/leaf.read";
import { textOf } from "../../model";
import { currentToken } from "../../model/type-token";
import type { DeployCheck } from "../deployable-check";
import { refusal } from "./refused";

const byVersion = new Map(removedVersions.map((each) => [`${each.apiVersion} ${each.kind}`, each]));
const kindOf = (type: string): string => type.split(":")[2] ?? "";

/** Versions of APIs that clusters serve no more: kubectl then says that there are "no matches for kind". */
export const versionRefusals: readonly DeployCheck[] = [
  refusal({
    name: "api-version-served",
    title: "apiVersion",
    quote: "no longer served: an object of a version that was removed is refused, whatever else it says",
    source: removedVersionsSource,
    // Types stand in their current spelling; what an object itself says tells of which version it is.
    types: [
      ...new Set([
        ...removedVersions.map((each) => currentToken(`kubernetes:${each.apiVersion}:${each.kind}`)),
        // Today's, where they are spelt in another way.
        "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
        "kubernetes:networking.k8s.io/v1:Ingress",
      ]),
    ],
    of: ({ inputs }) => inside(inputs, "apiVersion"),
    slips: (apiVersion, { type }) => {
      const removed = byVersion.get(`${textOf(apiVersion)} ${kindOf(type)}`);
      if (removed === undefined) return [];
      return [
        [`${removed.kind} of ${removed.apiVersion}, which Kubernetes ${removed.in} has removed`, removed.instead],
      ];
    },
  }),
];
