import {
  isUnknown,
  known,
  unknown,
  type Claim,
  type Conflict,
  type PartKey,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
} from "../../model";
import { theReferenced } from "./identity.read";
import { asNumber, asText, inside, leafAt, leafOf, listOf, valueAt } from "./leaf.read";
import type { TaskRead } from "./task-definition.read";

const DISCOVERY = "aws:servicediscovery/service:Service";
const DNS_NAMESPACE = "aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace";
const CONNECT = "serviceConnectConfiguration";

export interface RegistryRead {
  readonly registry: ReadPart<ReplicaGroup>["registry"];
  readonly claims: readonly Claim[];
  readonly conflicts: readonly Conflict[];
}

/** Where callers inside find the replicas: Service Connect's alias, or Cloud Map's name. A client of Service Connect alone is found by nobody. */
export function readRegistry(graph: ResourceGraph, service: Resource, part: PartKey, task: TaskRead): RegistryRead {
  const offered = listOf(valueAt(service, CONNECT, "services"))[0];
  if (offered !== undefined && valueAt(service, CONNECT, "enabled") === true) {
    const alias = listOf(inside(offered, "clientAlias"))[0];
    const name = inside(alias, "dnsName") ?? inside(offered, "discoveryName") ?? inside(offered, "portName");
    const registry = {
      kind: "service-connect" as const,
      name: leafOf(name, { urn: service.urn, property: `${CONNECT}.services[].clientAlias[].dnsName` }, asText),
    };
    return {
      registry,
      claims: [],
      conflicts: [
        ...portNameConflicts(service, part, task, asText(inside(offered, "portName") ?? null)),
        ...aliasConflicts(service, part, task, asNumber(inside(alias, "port") ?? null)),
      ],
    };
  }
  if (valueAt(service, "serviceRegistries") === undefined)
    return { registry: known(null, service.urn), claims: [], conflicts: [] };
  return readCloudMap(graph, service, part);
}

function readCloudMap(graph: ResourceGraph, service: Resource, part: PartKey): RegistryRead {
  const entry = theReferenced(graph, service, "serviceRegistries", DISCOVERY);
  if (entry === undefined || entry === "ambiguous") {
    const why = entry === undefined ? "elsewhere" : "ambiguous-reference";
    return { registry: unknown(service.urn, "serviceRegistries", why), claims: [], conflicts: [] };
  }
  const namespaces = ["dnsConfig", "namespaceId"].flatMap((property) =>
    graph.referenced(entry, property, DNS_NAMESPACE),
  );
  return {
    registry: { kind: "cloud-map", name: leafAt(entry, ["name"], asText) },
    claims: [
      { urn: entry.urn, part, carries: "fields" },
      ...namespaces.map((namespace): Claim => ({ urn: namespace.urn, part: null, carries: "nothing" })),
    ],
    conflicts: [],
  };
}

function portNameConflicts(service: Resource, part: PartKey, task: TaskRead, portName: string | undefined): Conflict[] {
  if (portName === undefined || !task.container.known || task.portNames.includes(portName)) return [];
  const says = [
    { urn: service.urn, property: `${CONNECT}.services[].portName`, value: portName },
    { urn: task.container.urn, property: "containerDefinitions[].portMappings[].name", value: task.portNames },
  ];
  return [{ part, field: "registry", says }];
}

function aliasConflicts(service: Resource, part: PartKey, task: TaskRead, port: number | undefined): Conflict[] {
  if (port === undefined || isUnknown(task.fields.ports)) return [];
  const [first] = task.fields.ports;
  if (first === undefined || !first.known || first.value === port) return [];
  const says = [
    { urn: service.urn, property: `${CONNECT}.services[].clientAlias[].port`, value: port },
    { urn: first.urn, property: "containerDefinitions[].portMappings[].containerPort", value: first.value },
  ];
  return [{ part, field: "ports", says }];
}
