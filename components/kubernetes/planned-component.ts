import * as pulumi from "@pulumi/pulumi";
import { requestOfArguments, type ComponentKind } from "../component-request";
import { plannedOrRefused, type PlannedComponent } from "../planned-component";
import { withoutPlaceholders } from "./service-request";
import type { KubernetesPlace, Placed } from "./service-system";

/** @throws pulumi.RunError with every mistake, or every limit that forbids the plan */
export function plannedOnKubernetes<A extends Placed>(
  kindAt: (place: KubernetesPlace) => ComponentKind<A>,
  name: string,
  args: NoInfer<A>,
): PlannedComponent {
  const place: KubernetesPlace = {
    project: pulumi.getProject(),
    stack: pulumi.getStack(),
    region: undefined,
    // Where the provider looks.
    namespace: new pulumi.Config("kubernetes").get("namespace") ?? "default",
  };
  const kind = kindAt(place);
  const asked = requestOfArguments(kind, name, args, place);
  return plannedOrRefused(
    `${kind.word} "${name}"`,
    asked.ok ? { ok: true, request: withoutPlaceholders(kind, asked.request, name, args) } : asked,
    (key) => kind.argumentOf(key, name, place.stack),
  );
}
