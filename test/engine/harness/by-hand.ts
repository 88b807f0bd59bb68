/** A network, a balancer with a service behind it, and a cache, as people write them: no region but the provider's, names of their own. */
const network = `
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.1.0.0/16", enableDnsHostnames: true });
const internet = new aws.ec2.InternetGateway("shop", { vpcId: vpc.id });
const zones = ["us-east-1a", "us-east-1b", "us-east-1c"];
const through = (name, route, range, count) => {
  const table = new aws.ec2.RouteTable(name, { vpcId: vpc.id });
  new aws.ec2.Route(name, { routeTableId: table.id, destinationCidrBlock: "0.0.0.0/0", ...route });
  return zones.slice(0, count).map((availabilityZone, index) => {
    const subnet = new aws.ec2.Subnet(name + index, { vpcId: vpc.id, availabilityZone, cidrBlock: "10.1." + (range + index) + ".0/24" });
    new aws.ec2.RouteTableAssociation(name + index, { subnetId: subnet.id, routeTableId: table.id });
    return subnet;
  });
};
const [outside] = through("outside", { gatewayId: internet.id }, 0, 1);
const address = new aws.ec2.Eip("nat", { domain: "vpc" });
const nat = new aws.ec2.NatGateway("nat", { allocationId: address.id, subnetId: outside.id }, { dependsOn: [internet] });
const inside = through("inside", { natGatewayId: nat.id }, 10, 3);
const subnets = inside.map(({ id }) => id);
const shop = new aws.elasticache.SubnetGroup("shop", { name: "shop", subnetIds: subnets });
const cluster = new aws.ecs.Cluster("shop", { name: "shop" });
`;

const parts = `
const callers = new aws.ec2.SecurityGroup("callers", { vpcId: vpc.id, description: "callers" });
const front = new aws.lb.LoadBalancer("front", { loadBalancerType: "application", internal: true, subnets, securityGroups: [callers.id] });
const group = new aws.lb.TargetGroup("front", { port: 8080, protocol: "HTTP", targetType: "ip", vpcId: vpc.id });
const listener = new aws.lb.Listener("front", {
  loadBalancerArn: front.arn, port: 8080, protocol: "HTTP", defaultActions: [{ type: "forward", targetGroupArn: group.arn }],
});
const task = new aws.ecs.TaskDefinition("front", {
  family: "front", cpu: "512", memory: "1024", networkMode: "awsvpc", requiresCompatibilities: ["FARGATE"],
  containerDefinitions: JSON.stringify([{ name: "front", image: "registry.example.com/front:7", portMappings: [{ containerPort: 8080 }] }]),
});
new aws.ecs.Service("front", {
  name: "front", cluster: cluster.arn, taskDefinition: task.arn, desiredCount: 3, launchType: "FARGATE",
  networkConfiguration: { subnets, securityGroups: [callers.id] },
  loadBalancers: [{ targetGroupArn: group.arn, containerName: "front", containerPort: 8080 }],
}, { dependsOn: [listener] });
new aws.elasticache.ReplicationGroup("pages", {
  replicationGroupId: "pages", description: "pages", engine: "valkey", engineVersion: "8.0", clusterMode: "disabled", nodeType: "cache.t4g.small", numCacheClusters: 2,
  automaticFailoverEnabled: true, port: 6379, subnetGroupName: shop.name, atRestEncryptionEnabled: true, transitEncryptionEnabled: true,
});
`;

const service = (adopt: string): string => `
const { Service } = require("nines/aws");
const web = new Service("web", {
  image: "registry.example.com/web@sha256:${"a".repeat(64)}",
  port: 8080,
  health: "/healthz",
  load: { requestsPerSecond: { mean: 40, peak: 120 } },
  serviceTimeMs: 30,
  size: { cpuMillis: 500, memoryMiB: 1024 },
  cache: { entries: 200_000, keyBytes: 40, valueBytes: 500 },
  network: { existing: { vpcId: vpc.id, privateSubnetIds: Object.fromEntries(zones.map((zone, index) => [zone, subnets[index]])) } },
  cluster: { existing: { name: "shop" } },
  alerts: { emails: ["oncall@example.com"] },
  quotas: { fargateVcpus: 40 },
  transform: {
    replicaGroup: { service: (own) => ({ ...own, name: "front", cluster: cluster.arn, launchType: "FARGATE", capacityProviderStrategies: undefined }) },
    cache: { replicationGroup: (own) => ({ ...own, replicationGroupId: "pages", subnetGroupName: shop.name }) },
  },
  adopt: ${adopt},
}, { dependsOn: [cluster] });
module.exports = { url: web.url };
`;

const former = `(name) => ({ aliases: [{ name, parent: pulumi.rootStackResource }] })`;

export const byHand = network + parts;

/** The same network, and a Service that takes the parts over. */
export const takenOver =
  network +
  service(`((was) => ({
    "aws:lb/loadBalancer:LoadBalancer": was("front"),
    "aws:lb/listener:Listener": was("front"),
    "aws:lb/targetGroup:TargetGroup": was("front"),
    "aws:ecs/service:Service": was("front"),
    "aws:elasticache/replicationGroup:ReplicationGroup": was("pages"),
  }))(${former})`);
