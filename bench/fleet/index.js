"use strict";
// `fleet:copies` services, one after the other in one plain loop; with `fleet:waits` a timer is awaited between them.
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");
const service = require("./service");

const config = new pulumi.Config();
const copies = config.requireNumber("copies");

const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16" });
const subnets = ["a", "b", "c"].map(
  (zone, index) =>
    new aws.ec2.Subnet(`main-${zone}`, {
      vpcId: vpc.id,
      availabilityZone: `us-east-1${zone}`,
      cidrBlock: `10.0.${index}.0/24`,
    }),
);
const cluster = new aws.ecs.Cluster("main", { name: "main" });

module.exports = async () => {
  for (let copy = 0; copy < copies; copy += 1) {
    service(`service-${copy}`, { vpc, subnets, cluster });
    if (config.getBoolean("waits")) await new Promise((resolve) => setTimeout(resolve, 1));
  }
};
