import type { Claim, InputTable, PartReader, Read, Resource, ResourceGraph } from "../../model";
import { keyOf, regionOf, wordOf } from "./identity.read";

const ADDRESS = "aws:ec2/eip:Eip";
const ASSOCIATION = "aws:ec2/eipAssociation:EipAssociation";
/** Who bills the addresses that it takes: inputs that refer to one. */
const TAKERS = [
  {
    type: "aws:ec2/natGateway:NatGateway",
    properties: ["allocationId", "secondaryAllocationIds", "availabilityZoneAddresses"],
  },
  { type: "aws:lb/loadBalancer:LoadBalancer", properties: ["subnetMappings"] },
];
const JOINED = "who has it; no Part holds it";

const inputs: InputTable = {
  [ADDRESS]: {
    fields: { region: "region" },
    ignored: {
      domain: "one value is left",
      instance: JOINED,
      networkInterface: JOINED,
      associateWithPrivateIp: JOINED,
      publicIpv4Pool: "whose address it was",
      tags: "tags are read by nobody",
    },
  },
  [ASSOCIATION]: {
    fields: {},
    ignored: {
      allocationId: JOINED,
      instanceId: JOINED,
      networkInterfaceId: JOINED,
      publicIp: JOINED,
      allowReassociation: JOINED,
      region: "where the address is",
    },
  },
};

/** Reads elastic addresses that no gateway and no balancer takes: those are billed with what takes them. */
export const addressReader: PartReader = { read, inputs };

function read(graph: ResourceGraph): Read {
  const held = graph.ofType(ADDRESS).filter((address) => !taken(graph, address));
  return {
    parts: held.map((address) => ({
      kind: "address",
      key: keyOf("address", graph, address),
      workload: wordOf(graph, address),
      region: regionOf(graph, address),
      runtime: { kind: "elastic-ip" },
    })),
    claims: held.flatMap((address): Claim[] => {
      const part = keyOf("address", graph, address);
      return [
        { urn: address.urn, part, carries: "fields" },
        ...graph
          .referrers(address, "allocationId", ASSOCIATION)
          .map(({ urn }): Claim => ({ urn, part, carries: "nothing" })),
      ];
    }),
    conflicts: [],
  };
}

function taken(graph: ResourceGraph, address: Resource): boolean {
  return TAKERS.some(({ type, properties }) =>
    properties.some((property) => graph.referrers(address, property, type).length > 0),
  );
}
