import { type Limit, limitSources as from } from "./limit";

/** The network that replicas stand on. */
export const networkLimits = {
  "addresses-per-nat": {
    applies: "Elastic IPs of a NAT gateway",
    max: 2,
    unit: "addresses",
    raisable: true,
    quote: "Elastic IP addresses per NAT gateway: 2",
    source: from.vpcQuotas,
  },
  "nat-regional-subnet": {
    applies: "ec2.NatGateway subnetId and allocationId with availabilityMode regional",
    max: 0,
    unit: "arguments",
    raisable: false,
    quote: "with availabilityMode regional vpcId is required, subnetId and allocationId are not allowed, public only",
    source: from.pulumi,
  },
  "elastic-ips-per-region": {
    applies: "Elastic IPs in a region",
    max: 5,
    unit: "addresses",
    raisable: true,
    quote: "Elastic IPs per region: 5",
    source: from.commonlyKnown,
    verified: false,
  },
  "nat-gateways-per-zone": {
    applies: "NAT gateways in a zone",
    max: 5,
    unit: "gateways",
    raisable: true,
    quote: "NAT gateways per Availability Zone: 5",
    source: from.commonlyKnown,
    verified: false,
  },
} as const satisfies Record<string, Limit>;
