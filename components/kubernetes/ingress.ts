import { Ingress, type IngressArgs } from "@pulumi/kubernetes/networking/v1";
import type * as pulumi from "@pulumi/pulumi";
import { transformed } from "../transform";
import { certificateSecret, ingressRecordAnnotations, issuerAnnotations, namesOf } from "./door-annotations";
import type { DoorFacts } from "./load-balancer-args";

/** The Ingress; what its controller does of itself is in no object. @returns the address that it is given */
export function ingress(facts: DoorFacts): pulumi.Output<string> {
  const { part, child, className, certificate, service, metadata, transform, opts } = facts;
  const { workload, domain } = part;
  const [target] = part.targets;
  if (target === undefined) throw new RangeError(`targets of ${part.key}: at least one is needed, got none`);
  const hosts = namesOf(domain);
  const http = {
    paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: service, port: { number: target.port } } } }],
  };
  const made = new Ingress(
    child,
    transformed<IngressArgs>(
      {
        metadata: metadata(workload, {
          ...(domain === null ? {} : issuerAnnotations(certificate)),
          ...ingressRecordAnnotations(domain, facts.edge),
        }),
        spec: {
          ingressClassName: className,
          ...(domain === null
            ? {}
            : { tls: [{ hosts: [...hosts], secretName: certificateSecret(certificate, workload) }] }),
          rules: domain === null ? [{ http }] : hosts.map((host) => ({ host, http })),
        },
      },
      transform.ingress,
    ),
    { ...opts, protect: part.protection.deletion },
  );
  return made.status.apply(({ loadBalancer }) => addressOf(loadBalancer.ingress));
}

/** A name or an address, whichever the cloud's balancers have; before there is one the list is not there. */
function addressOf(given: readonly { readonly hostname?: string; readonly ip?: string }[] = []): string {
  return given[0]?.hostname ?? given[0]?.ip ?? "";
}
