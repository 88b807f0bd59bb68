import * as aws from "@pulumi/aws";

export const addressRange = "10.0.0.0/16";
export const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];

export const vpc = new aws.ec2.Vpc("main", {
  cidrBlock: addressRange,
  enableDnsHostnames: true,
  enableDnsSupport: true,
});

new aws.ec2.DefaultSecurityGroup("nothing", { vpcId: vpc.id, ingress: [], egress: [] });

const internet = new aws.ec2.InternetGateway("internet", { vpcId: vpc.id });
const publicRoutes = new aws.ec2.RouteTable("public", { vpcId: vpc.id });
new aws.ec2.Route("public", {
  routeTableId: publicRoutes.id,
  destinationCidrBlock: "0.0.0.0/0",
  gatewayId: internet.id,
});

export const privateSubnets: aws.ec2.Subnet[] = [];
export const natGateways: aws.ec2.NatGateway[] = [];
const tables = [publicRoutes];

zones.forEach((zone, index) => {
  const outside = new aws.ec2.Subnet(`public-${zone}`, {
    vpcId: vpc.id,
    availabilityZone: zone,
    cidrBlock: `10.0.${128 + index * 16}.0/20`,
  });
  new aws.ec2.RouteTableAssociation(`public-${zone}`, { subnetId: outside.id, routeTableId: publicRoutes.id });
  const address = new aws.ec2.Eip(`nat-${zone}`, { domain: "vpc" });
  const nat = new aws.ec2.NatGateway(`nat-${zone}`, { subnetId: outside.id, allocationId: address.id });
  natGateways.push(nat);

  const inside = new aws.ec2.Subnet(`private-${zone}`, {
    vpcId: vpc.id,
    availabilityZone: zone,
    cidrBlock: `10.0.${index * 16}.0/20`,
  });
  privateSubnets.push(inside);
  const routes = new aws.ec2.RouteTable(`private-${zone}`, { vpcId: vpc.id });
  tables.push(routes);
  new aws.ec2.RouteTableAssociation(`private-${zone}`, { subnetId: inside.id, routeTableId: routes.id });
  new aws.ec2.Route(`private-${zone}`, {
    routeTableId: routes.id,
    destinationCidrBlock: "0.0.0.0/0",
    natGatewayId: nat.id,
  });
});

new aws.ec2.VpcEndpoint("s3", {
  vpcId: vpc.id,
  serviceName: "com.amazonaws.us-east-1.s3",
  vpcEndpointType: "Gateway",
  routeTableIds: tables.map((table) => table.id),
});

const flowLogs = new aws.cloudwatch.LogGroup("flow-logs", { name: "/by-hand/flow-logs", retentionInDays: 30 });
const writer = new aws.iam.Role("flow-logs", {
  assumeRolePolicy: aws.iam.assumeRolePolicyForPrincipal({ Service: "vpc-flow-logs.amazonaws.com" }),
});
new aws.iam.RolePolicy("flow-logs", {
  role: writer.id,
  policy: flowLogs.arn.apply((arn) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [{ Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${arn}:*` }],
    }),
  ),
});
new aws.ec2.FlowLog("flow-logs", {
  vpcId: vpc.id,
  trafficType: "ALL",
  logDestinationType: "cloud-watch-logs",
  logDestination: flowLogs.arn,
  iamRoleArn: writer.arn,
});
