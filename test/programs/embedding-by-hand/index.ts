import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { above, alarm, worst } from "./alarms";
import { cache, firewall, tokenName } from "./cache";
import { natGateways } from "./network";
import { open, service } from "./service";

const config = new pulumi.Config();

const cacheUrl = new aws.ssm.Parameter("cache-url", {
  name: "/by-hand/embedding/VECTOR_CACHE_URL",
  type: "String",
  insecureValue: pulumi.interpolate`rediss://${cache.primaryEndpointAddress}:6379`,
});

const embedding = service("embedding", {
  image: config.require("embeddingImage"),
  port: 8888,
  cpu: 1024,
  memory: 2048,
  graceSeconds: 60,
  environment: { EMBEDDING_DIMENSION: "768", EMBEDDING_MODEL: "nomic-embed-text-v1.5" },
  secrets: {
    VECTOR_CACHE_TOKEN: `/aws/reference/secretsmanager/${tokenName}`,
    VECTOR_CACHE_URL: "/by-hand/embedding/VECTOR_CACHE_URL",
  },
  replicas: { least: 44, most: 66, need: 29 },
  requestsPerMinuteAndReplica: 1435,
  errorShare: 0.05,
  serverErrorsPerMinute: 3031,
});
open("embedding-to-vectors", 6379, embedding.tasksFirewall, firewall);

const embeddingUrls = new aws.ssm.Parameter("embedding-urls", {
  name: "/by-hand/storage-server/EMBEDDING_SERVICE_URLS",
  type: "String",
  insecureValue: pulumi.interpolate`http://${embedding.balancer.dnsName}:8888`,
});

const storage = service("storage-server", {
  image: config.require("storageImage"),
  port: 50051,
  cpu: 512,
  memory: 1024,
  graceSeconds: 20,
  environment: { EMBEDDING_SERVICE_HEALTH_CHECK_INTERVAL: "30" },
  secrets: { EMBEDDING_SERVICE_URLS: "/by-hand/storage-server/EMBEDDING_SERVICE_URLS" },
  replicas: { least: 8, most: 12, need: 5 },
  requestsPerMinuteAndReplica: 7500,
  errorShare: 0.0001,
  serverErrorsPerMinute: 6,
});
open("storage-server-to-embedding", 8888, storage.tasksFirewall, embedding.balancerFirewall);

alarm("nat-ports", [above, 0], [2, 3], {
  treatMissingData: "notBreaching",
  metricQueries: worst(
    "NatGatewayId",
    natGateways.map(({ id }) => id),
    { namespace: "AWS/NATGateway", metricName: "ErrorPortAllocation", stat: "Sum" },
  ),
});

new aws.cloudwatch.Dashboard("overview", {
  dashboardName: "by-hand",
  dashboardBody: pulumi.jsonStringify({
    widgets: [
      {
        type: "metric",
        properties: {
          region: "us-east-1",
          metrics: [["AWS/ApplicationELB", "RequestCount", "LoadBalancer", embedding.balancer.arnSuffix]],
        },
      },
    ],
  }),
});

export const url = pulumi.interpolate`http://${storage.balancer.dnsName}:50051`;
export const parameters = [cacheUrl.name, embeddingUrls.name];
