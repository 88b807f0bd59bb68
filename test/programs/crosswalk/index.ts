import * as aws from "@pulumi/aws";
import { Network, Service } from "./crosswalk";

const network = new Network("app", { cidrBlock: "10.1.0.0/16", natGateways: { strategy: "Single" } });
const cluster = new aws.ecs.Cluster("app", { settings: [{ name: "containerInsights", value: "enabled" }] });
const repository = new aws.ecr.Repository("app", { forceDelete: true });
new aws.ecr.LifecyclePolicy("app", {
  repository: repository.name,
  policy: JSON.stringify({
    rules: [
      {
        rulePriority: 1,
        selection: { tagStatus: "untagged", countType: "imageCountMoreThan", countNumber: 1 },
        action: { type: "expire" },
      },
    ],
  }),
});

const service = (name: string, count: number) =>
  new Service(name, {
    network,
    cluster,
    image: `registry.example.com/${name}:latest`,
    cpu: 256,
    memory: 512,
    port: 80,
    count,
  });

export const urls = [service("front", 3), service("orders", 1)].map(({ url }) => url);
export const images = repository.repositoryUrl;
