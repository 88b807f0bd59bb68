import * as aws from "@pulumi/aws";
import type {
  Alert as AlertPart,
  AlertTopic as AlertTopicPart,
  Part,
  ReplicaGroup as ReplicaGroupPart,
  Resource,
  SecretStore,
} from "../../../model";
import { Alert, alarmName } from "../../../components/aws/alert";
import { AlertTopic } from "../../../components/aws/alert-topic";
import { Cluster } from "../../../components/aws/cluster";
import type { LogRouterFacts } from "../../../components/aws/container";
import { Dashboard } from "../../../components/aws/dashboard";
import type { MetricSource } from "../../../components/aws/metric-source";
import { ReplicaGroup, discoveryName } from "../../../components/aws/replica-group";
import { recordInProcess } from "../../../preview/record";

export const stack = "shop-prod";
export const region = "us-east-1";
const tags = { system: "shop" };

/** A system round the Parts under test: neighbours are bare resources, as small as a reference needs. */
export interface SystemUnderTest {
  readonly groups: readonly ReplicaGroupPart[];
  readonly alerts: readonly AlertPart[];
  readonly topic: AlertTopicPart;
  /** The group that a balancer leads to. */
  readonly balanced: string;
}

export function record(system: SystemUnderTest): Promise<readonly Resource[]> {
  return recordInProcess(() => build(system), { project: "shop", stack }).then((recording) => recording.resources);
}

function build({ groups, alerts, topic, balanced }: SystemUnderTest): void {
  const provider = new aws.Provider("aws", { region });
  const opts = { provider };
  const vpc = new aws.ec2.Vpc(`network-${region}`, { cidrBlock: "10.0.0.0/16", region }, opts);
  const subnets = ["a", "b", "c"].map((letter) => {
    const zone = `${region}${letter}`;
    return [
      zone,
      new aws.ec2.Subnet(`network-${region}-private-${zone}`, { vpcId: vpc.id, availabilityZone: zone, region }, opts),
    ] as const;
  });
  const privateSubnetIds = Object.fromEntries(subnets.map(([zone, subnet]) => [zone, subnet.id]));
  const gateway = new aws.ec2.NatGateway(`network-${region}-nat`, { subnetId: subnets[0]?.[1].id ?? "", region }, opts);
  const front = new aws.ec2.SecurityGroup(`${balanced}-${region}-balancer`, { vpcId: vpc.id, region }, opts);
  const balancer = new aws.lb.LoadBalancer(`${balanced}-${region}`, { region }, opts);
  const drain = groups.find((group) => group.workload === balanced)?.drainSeconds ?? 30;
  const target = new aws.lb.TargetGroup(
    `${balanced}-${region}-target`,
    { port: 80, deregistrationDelay: drain, region },
    opts,
  );
  const listener = new aws.lb.Listener(
    `${balanced}-${region}-listener`,
    { loadBalancerArn: balancer.arn, defaultActions: [{ type: "forward", targetGroupArn: target.arn }], region },
    opts,
  );
  const cache = new aws.elasticache.ReplicationGroup(`vectors-${region}`, { description: "cache", region }, opts);
  const cluster = new Cluster(
    `shop-${region}`,
    { stack, region, registries: ["service-connect", "cloud-map"], spot: true, vpcId: vpc.id, tags },
    opts,
  );
  const told = new AlertTopic(topic.workload, { part: topic, stack, tags }, opts);

  const sources = (part: AlertPart, services: ReadonlyMap<string, ReplicaGroup>): MetricSource => {
    const [kind = "", workload = ""] = part.watches.split("/");
    if (kind === "load-balancer")
      return { kind: "balancer", loadBalancerArnSuffix: balancer.arnSuffix, targetGroupArnSuffix: target.arnSuffix };
    if (kind === "redis-cache") {
      const ids = ["001", "002"].slice(0, part.metrics).map((node) => cache.id.apply((id) => `${id}-${node}`));
      return { kind: "cache", memberIds: ids };
    }
    if (kind === "network") return { kind: "nat", gatewayIds: [gateway.id] };
    if (["error-share", "response-time", "server-errors"].includes(part.signal)) {
      return { kind: "service-connect", discoveryName: discoveryName(stack, workload) };
    }
    return { kind: "service", clusterName: cluster.name, serviceName: services.get(workload)?.service.name ?? "" };
  };
  const built = new Map<string, ReplicaGroup>();
  const alert = (part: AlertPart) =>
    new Alert(part.key, { part, stack, on: sources(part, built), topicArn: told.topicArn, tags }, opts);
  const early = alerts.filter((part) => part.watches.startsWith("load-balancer/"));
  const earlyAlerts = early.map(alert);
  for (const part of groups) {
    built.set(
      part.workload,
      new ReplicaGroup(
        `${part.workload}-${region}`,
        {
          part,
          stack,
          cluster,
          network: { vpcId: vpc.id, privateSubnetIds },
          startSeconds: 41.5,
          ...(part.workload === balanced
            ? {
                balancer: {
                  targetGroupArn: target.arn,
                  targetGroupArnSuffix: target.arnSuffix,
                  loadBalancerArnSuffix: balancer.arnSuffix,
                  securityGroupId: front.id,
                  listener,
                },
              }
            : {}),
          callees: [...built].map(([name, { securityGroupId, service }]) => ({
            name,
            port: portOf(groups, name),
            securityGroupId,
            after: service,
          })),
          joinsServiceConnect: built.size > 0,
          deploymentAlarms: { names: early.map((each) => alarmName(stack, each)), resources: earlyAlerts },
          secrets: Object.fromEntries(
            part.secrets
              .filter(({ name }) => !name.startsWith("WIRE"))
              .map(({ name, store }) => [
                name,
                name.startsWith("OLD") ? { existing: existing(store, name) } : { create: ownStore(store) },
              ]),
          ),
          wires: part.secrets
            .filter(({ name }) => name.startsWith("WIRE"))
            .map(({ name }) => ({ name, value: cache.primaryEndpointAddress })),
          command: ["serve"],
          sidecars: Object.fromEntries(
            part.sidecars.map((sidecar) => [
              sidecar.name,
              {
                command: ["run"],
                secrets: Object.fromEntries(
                  sidecar.secrets.map(({ name, store }) => [name, { existing: existing(store, name) }]),
                ),
              },
            ]),
          ),
          registrySecrets: Object.fromEntries(
            [part.image, ...part.sidecars.map(({ image }) => image)].flatMap(({ reference, login }) =>
              login === true ? [[reference, existing("secret-manager", "registry")]] : [],
            ),
          ),
          ...(part.logs?.kind === "router" ? { logRouter: routerTo(part.logs.output) } : {}),
          permissions: [{ actions: ["s3:GetObject"], resources: ["arn:aws:s3:::models/*"] }],
          protocol: "http",
          tags,
        },
        opts,
      ),
    );
  }
  for (const part of alerts.filter((each) => !early.includes(each))) alert(part);
  new Dashboard(
    `shop-${region}`,
    {
      part: dashboard,
      stack,
      rows: [
        {
          title: balanced,
          of: { kind: "balancer", loadBalancerArnSuffix: balancer.arnSuffix, targetGroupArnSuffix: target.arnSuffix },
        },
      ],
    },
    opts,
  );
}

function portOf(groups: readonly ReplicaGroupPart[], workload: string): number {
  return groups.find((part) => part.workload === workload)?.ports[0] ?? 0;
}

function routerTo(output: string | null): LogRouterFacts {
  return {
    type: output === "datadog" ? "fluentbit" : "fluentd",
    options: {
      "log-driver-buffer-limit": "2097152",
      ...(output === null ? {} : output === "datadog" ? { Name: output } : { "@type": output }),
    },
    secretOptions: { apikey: { existing: existing("secret-manager", "apikey") } },
    ...(output === null ? { configFile: "/extra.conf" } : {}),
  };
}

/** AWS keeps secrets in two places. */
function ownStore(store: SecretStore): "secret-manager" | "parameter" {
  return store === "parameter" ? "parameter" : "secret-manager";
}

function existing(store: SecretStore, name: string): string {
  return store === "parameter"
    ? `/elsewhere/${name}`
    : `arn:aws:secretsmanager:${region}:123456789012:secret:${name}-AbCdEf`;
}

export const dashboard: Extract<Part, { kind: "dashboard" }> = {
  kind: "dashboard",
  key: `dashboard/shop/${region}`,
  workload: "shop",
  region,
  runtime: { kind: "cloudwatch" },
};
