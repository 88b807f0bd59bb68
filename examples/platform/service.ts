import * as pulumi from "@pulumi/pulumi";
import { Service, type ServiceArgs, type ServiceListener } from "nines/aws";

/** One service on the platform: its own replicas, rule and alarms; network, cluster, balancer and topic are shared. */
export function service(name: string) {
  const config = new pulumi.Config();
  const shared = new pulumi.StackReference("platform", { name: `organization/${pulumi.getProject()}/platform` });
  const id = (output: string): pulumi.Output<string> => shared.requireOutput(output).apply(String);
  const { url, replicas, costPerMonthUsd, availability } = new Service(name, {
    image: config.require("image"),
    port: 8080,
    health: "/healthz",
    load: config.requireObject<ServiceArgs["load"]>("load"),
    serviceTimeMs: 30,
    size: { cpuMillis: 500, memoryMiB: 1024 },
    network: {
      existing: {
        vpcId: id("vpcId"),
        privateSubnetIds: shared.requireOutput("privateSubnetIds") as pulumi.Output<string[]>,
        zones: ["us-east-1a", "us-east-1b", "us-east-1c"],
      },
    },
    cluster: { existing: { name: "shop" } },
    listener: {
      ...config.requireObject<Pick<ServiceListener, "priority" | "hosts" | "paths">>("route"),
      listenerArn: config.require("listenerArn"),
      securityGroupId: id("securityGroupId"),
      url: `https://${name}.example.com`,
    },
    alerts: { topicArn: id("topicArn") },
    quotas: { fargateVcpus: 40 }, // raised with AWS; the default is 6
  });
  return { url, replicas, costPerMonthUsd, availability };
}
