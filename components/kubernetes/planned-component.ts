import * as pulumi from "@pulumi/pulumi";
import { requestOfArguments, type ComponentKind } from "../component-request";
import { plannedOrRefused, type PlannedComponent } from "../planned-component";
import { withoutPlaceholders } from "./service-request";
import { namespaceOf, type KubernetesPlace, type Placed } from "./service-system";
import type { Unplanned } from "../unplanned";

/** Planned or not, with the namespace that it stands in. */
export type PlannedOnKubernetes = (PlannedComponent | Unplanned) & { readonly namespace: string };

/** @throws pulumi.RunError with every mistake, or every limit that forbids the plan; a preview tells them and goes on */
export function plannedOnKubernetes<A extends Placed>(
  kindAt: (place: KubernetesPlace) => ComponentKind<A>,
  name: string,
  args: NoInfer<A>,
): PlannedOnKubernetes {
  const place: KubernetesPlace = {
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    region: undefined,
    // Where the provider looks.
    namespace: new pulumi.Config("kubernetes").get("namespace") ?? "default",
  };
  const kind = kindAt(place);
  const asked = requestOfArguments(kind, name, args, place);
  const planned = plannedOrRefused(
    `${kind.word} "${name}"`,
    asked.ok ? { ok: true, request: withoutPlaceholders(kind, asked.request, name, args) } : asked,
    (key) => kind.argumentOf(key, name, place.stack),
  );
  return { ...planned, namespace: namespaceOf(args, place) };
}
