import type { Cloud, Thing } from "./cloud";
import { serviceRefusal } from "./service-surroundings";
import { isRecord, listAt, recordAt, same, textAt, textsAt, type Properties } from "./values";

/** Inputs that no two of a type may share. */
const unique: Readonly<Record<string, readonly string[]>> = {
  "aws:appautoscaling/policy:Policy": ["name", "resourceId"],
  "aws:appautoscaling/target:Target": ["resourceId", "scalableDimension"],
  "aws:cloudwatch/dashboard:Dashboard": ["dashboardName"],
  "aws:cloudwatch/logGroup:LogGroup": ["name", "region"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["name", "region"],
  "aws:ec2/route:Route": ["routeTableId", "destinationCidrBlock"],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": ["subnetId"],
  "aws:ec2/securityGroup:SecurityGroup": ["name", "vpcId"],
  "aws:ec2/subnet:Subnet": ["vpcId", "cidrBlock"],
  "aws:ecs/cluster:Cluster": ["name", "region"],
  "aws:ecs/service:Service": ["name", "cluster"],
  "aws:elasticache/parameterGroup:ParameterGroup": ["name", "region"],
  "aws:elasticache/replicationGroup:ReplicationGroup": ["replicationGroupId", "region"],
  "aws:elasticache/subnetGroup:SubnetGroup": ["name", "region"],
  "aws:iam/role:Role": ["name"],
  "aws:lb/listener:Listener": ["loadBalancerArn", "port"],
  "aws:lb/listenerRule:ListenerRule": ["listenerArn", "priority"],
  "aws:lb/loadBalancer:LoadBalancer": ["name", "region"],
  "aws:lb/targetGroup:TargetGroup": ["name", "region"],
  "aws:s3/bucket:Bucket": ["bucket"],
  "aws:secretsmanager/secret:Secret": ["name", "region"],
  "aws:sns/topic:Topic": ["name", "region"],
  "aws:ssm/parameter:Parameter": ["name", "region"],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
    "securityGroupId",
    "ipProtocol",
    "fromPort",
    "toPort",
    "cidrIpv4",
    "referencedSecurityGroupId",
  ],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    "securityGroupId",
    "ipProtocol",
    "fromPort",
    "toPort",
    "cidrIpv4",
    "referencedSecurityGroupId",
  ],
};

/** Why AWS would not make it beside what is there; null: it would. */
export function createRefusal(thing: Thing, cloud: Cloud): string | null {
  return (
    quotaRefusal(thing, cloud) ??
    duplicateRefusal(thing, cloud) ??
    neighbourRefusal(thing, cloud) ??
    serviceRefusal(thing, cloud)
  );
}

function quotaRefusal({ type, region }: Thing, cloud: Cloud): string | null {
  const most = cloud.quotas[type];
  const there = cloud.ofType(type).filter((other) => other.region === region).length;
  return most !== undefined && there >= most ? `LimitExceeded: ${most} of ${type} in ${region}` : null;
}

function duplicateRefusal({ type, inputs }: Thing, cloud: Cloud): string | null {
  const keys = unique[type];
  if (keys === undefined) return null;
  const twin = cloud.find(type, (other) => keys.every((key) => same(other.inputs[key], inputs[key])));
  const said = keys.map((key) => `${key} ${JSON.stringify(inputs[key] ?? null)}`).join(", ");
  return twin === undefined ? null : `AlreadyExists: ${type} with ${said} (${twin.urn})`;
}

/** By type: what must be there first. */
function neighbourRefusal(thing: Thing, cloud: Cloud): string | null {
  switch (thing.type) {
    case "aws:lb/loadBalancer:LoadBalancer":
      return zonesRefusal(thing, cloud) ?? wayOutRefusal(thing, cloud) ?? logsRefusal(thing, cloud);
    case "aws:elasticache/replicationGroup:ReplicationGroup":
      return (
        missing(thing, cloud, "subnetGroupName", "aws:elasticache/subnetGroup:SubnetGroup", "name") ??
        missing(thing, cloud, "parameterGroupName", "aws:elasticache/parameterGroup:ParameterGroup", "name")
      );
    case "aws:ec2/natGateway:NatGateway":
      return cloud.find("aws:ec2/internetGateway:InternetGateway", () => true) === undefined
        ? "Gateway.NotAttached: the network has no internet gateway"
        : null;
    case "aws:lb/listener:Listener":
      return certificateRefusal(thing, cloud);
    case "aws:lb/listenerRule:ListenerRule":
      return missing(thing, cloud, "listenerArn", "aws:lb/listener:Listener", "arn");
    case "aws:acm/certificateValidation:CertificateValidation":
      return proofRefusal(thing, cloud);
    case "aws:ec2/flowLog:FlowLog":
      // To a bucket it needs none.
      if (thing.inputs["logDestinationType"] === "s3") return null;
      return roleMay(textAt(thing.inputs, "iamRoleArn"), cloud) ? null : "the role of the flow log may do nothing yet";
    default:
      return null;
  }
}

function missing(thing: Thing, cloud: Cloud, input: string, type: string, key: string): string | null {
  const name = textAt(thing.inputs, input);
  if (
    name === undefined ||
    cloud.find(type, ({ inputs, computed }) => textAt({ ...inputs, ...computed }, key) === name)
  )
    return null;
  return `${input} ${name} does not exist`;
}

export function zonesOf(subnets: readonly string[], cloud: Cloud): readonly string[] {
  return subnets.flatMap((id) => {
    const subnet = cloud.find("aws:ec2/subnet:Subnet", (other) => other.id === id);
    return subnet === undefined ? [] : [textAt(subnet.inputs, "availabilityZone") ?? ""];
  });
}

function zonesRefusal({ inputs }: Thing, cloud: Cloud): string | null {
  const subnets = textsAt(inputs, "subnets");
  const zones = zonesOf(subnets, cloud);
  if (zones.length < subnets.length) return "SubnetNotFound";
  if (new Set(zones).size < 2)
    return "ValidationError: At least two subnets in two different Availability Zones must be specified";
  return new Set(zones).size < zones.length
    ? "InvalidConfigurationRequest: A load balancer cannot be attached to multiple subnets in the same Availability Zone"
    : null;
}

/** To the internet only where the network has a way there. */
function wayOutRefusal({ inputs }: Thing, cloud: Cloud): string | null {
  if (inputs["internal"] === true) return null;
  const networks = textsAt(inputs, "subnets").map((id) =>
    textAt(cloud.find("aws:ec2/subnet:Subnet", (subnet) => subnet.id === id)?.inputs ?? {}, "vpcId"),
  );
  const lost = networks.find(
    (vpc) => !cloud.find("aws:ec2/internetGateway:InternetGateway", (other) => textAt(other.inputs, "vpcId") === vpc),
  );
  return lost === undefined ? null : `InvalidSubnet: VPC ${lost} has no internet gateway`;
}

/** A subnet's way to everywhere, of that kind. */
export function routeOf(subnet: string, cloud: Cloud, by: "gatewayId" | "natGatewayId"): boolean {
  const tables = cloud
    .ofType("aws:ec2/routeTableAssociation:RouteTableAssociation")
    .filter(({ inputs }) => textAt(inputs, "subnetId") === subnet)
    .map(({ inputs }) => textAt(inputs, "routeTableId"));
  const apart = cloud
    .ofType("aws:ec2/route:Route")
    .some(
      ({ inputs }) =>
        tables.includes(textAt(inputs, "routeTableId")) &&
        inputs["destinationCidrBlock"] === "0.0.0.0/0" &&
        inputs[by] !== undefined,
    );
  const within = cloud
    .ofType("aws:ec2/routeTable:RouteTable")
    .filter(({ id }) => tables.includes(id))
    .flatMap(({ inputs }) => listAt(inputs, "routes"));
  return (
    apart || within.some((route) => isRecord(route) && route["cidrBlock"] === "0.0.0.0/0" && route[by] !== undefined)
  );
}

/** A certificate serves once its domain is proved. */
function certificateRefusal({ inputs }: Thing, cloud: Cloud): string | null {
  const arn = textAt(inputs, "certificateArn");
  const proved = cloud.find(
    "aws:acm/certificateValidation:CertificateValidation",
    (other) => textAt(other.inputs, "certificateArn") === arn,
  );
  return arn === undefined || proved !== undefined ? null : `UnsupportedCertificate: ${arn} is pending validation`;
}

/** It waits for the records that prove each of the certificate's domains; in vain where one is not there. */
function proofRefusal({ inputs }: Thing, cloud: Cloud): string | null {
  const certificate = cloud.find(
    "aws:acm/certificate:Certificate",
    ({ id }) => id === textAt(inputs, "certificateArn"),
  );
  if (certificate === undefined) return "ResourceNotFoundException: no such certificate";
  const options = listAt(certificate.computed, "domainValidationOptions").filter(isRecord);
  const lost = options.find(
    (option) =>
      !cloud.find(
        "aws:route53/record:Record",
        (record) =>
          record.inputs["name"] === option["resourceRecordName"] &&
          textsAt(record.inputs, "records").includes(textAt(option, "resourceRecordValue") ?? "-"),
      ),
  );
  return lost === undefined ? null : `timeout while waiting for ${textAt(lost, "domainName") ?? ""} to be validated`;
}

/** AWS writes a test object when logs are turned on. */
function logsRefusal({ inputs }: Thing, cloud: Cloud): string | null {
  const logs = recordAt(inputs, "accessLogs");
  if (logs["enabled"] !== true) return null;
  const bucket = textAt(logs, "bucket") ?? "";
  const policy = cloud.find("aws:s3/bucketPolicy:BucketPolicy", (other) => textAt(other.inputs, "bucket") === bucket);
  return policy === undefined ? `InvalidConfigurationRequest: Access Denied for bucket ${bucket}` : null;
}

/** Has the role anything that it may do? */
export function roleMay(arn: string | undefined, cloud: Cloud): boolean {
  const name = arn?.split("/").at(-1);
  const types = ["aws:iam/rolePolicy:RolePolicy", "aws:iam/rolePolicyAttachment:RolePolicyAttachment"];
  return types.some((type) => cloud.find(type, ({ inputs }) => textAt(inputs, "role") === name) !== undefined);
}

/** Containers of a task definition. */
export function containersOf(task: Thing): readonly Properties[] {
  const text = textAt(task.inputs, "containerDefinitions") ?? "[]";
  return (JSON.parse(text) as readonly Properties[]).filter((container) => isRecord(container));
}
