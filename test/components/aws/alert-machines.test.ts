import * as aws from "@pulumi/aws";
import { alertReader } from "../../../components/aws/alert.read";
import { partsBy, recordIn } from "./a-program";

type Said = Partial<aws.cloudwatch.MetricAlarmArgs>;
interface Here {
  readonly group: aws.autoscaling.Group;
  readonly pool: aws.autoscaling.Group;
  readonly target: aws.lb.TargetGroup;
  readonly server: aws.ec2.Instance;
}

/** What the one alarm of a program with machines is about, and whom it watches. */
async function alarmOn(say: (here: Here) => Said): Promise<readonly unknown[]> {
  const resources = await recordIn(({ vpc, subnets }) => {
    const target = new aws.lb.TargetGroup("tcp", { port: 80, protocol: "TCP", vpcId: vpc.id });
    const group = (name: string, targetGroupArns: aws.lb.TargetGroup["arn"][]) =>
      new aws.autoscaling.Group(name, {
        name: `the-${name}`,
        minSize: 2,
        maxSize: 4,
        vpcZoneIdentifiers: subnets.map(({ id }) => id),
        targetGroupArns,
      });
    const here: Here = {
      target,
      group: group("web", [target.arn]),
      pool: group("nodes", []),
      server: new aws.ec2.Instance("one", { ami: "ami-1", instanceType: "t3.small", subnetId: subnets[0]?.id ?? "" }),
    };
    new aws.ecs.CapacityProvider("nodes", { autoScalingGroupProvider: { autoScalingGroupArn: here.pool.arn } });
    new aws.cloudwatch.MetricAlarm("alarm", {
      comparisonOperator: "LessThanThreshold",
      threshold: 2,
      evaluationPeriods: 1,
      period: 60,
      statistic: "Minimum",
      ...say(here),
    });
  });
  return (partsBy(alertReader, resources) as readonly { signal: unknown; watches: unknown }[]).map(
    ({ signal, watches }) => [signal, watches],
  );
}

const web = "replica-group/web/eu-west-1";
const nodes = "node-pool/nodes/eu-west-1";
const above = { comparisonOperator: "GreaterThanThreshold" };
const elsewhere = { known: false, why: "elsewhere" };

describe("an alarm on machines", () => {
  const on = (metricName: string, name: string | ((here: Here) => aws.autoscaling.Group), rest: Said = {}) => {
    const namespace = metricName === "CPUUtilization" ? "AWS/EC2" : "AWS/AutoScaling";
    return alarmOn((here) => ({
      namespace,
      metricName,
      dimensions: { AutoScalingGroupName: typeof name === "string" ? name : name(here).name },
      ...rest,
    }));
  };

  test("watches its group, by reference or by its literal name", async () => {
    expect(await on("GroupInServiceInstances", ({ group }) => group)).toEqual([["running-below-minimum", web]]);
    expect(await on("GroupInServiceInstances", "the-web")).toEqual([["running-below-minimum", web]]);
    expect(await on("CPUUtilization", ({ group }) => group, above)).toEqual([["cpu", web]]);
  });

  test("of a cluster watches the pool", async () => {
    expect(await on("GroupInServiceInstances", ({ pool }) => pool)).toEqual([["running-below-minimum", nodes]]);
    expect(await on("GroupInServiceInstances", "the-nodes")).toEqual([["running-below-minimum", nodes]]);
  });

  test("with a name that nothing here bears watches something elsewhere", async () => {
    expect(await on("GroupInServiceInstances", "the-other")).toMatchObject([["running-below-minimum", elsewhere]]);
  });

  test("says of what is wanted only that it is at the most", async () => {
    expect(await on("GroupDesiredCapacity", "the-web", above)).toEqual([["at-maximum", web]]);
    expect(await on("GroupDesiredCapacity", "the-web")).toEqual([]);
  });

  test("by its id watches the instance", async () => {
    const found = await alarmOn(({ server }) => ({
      namespace: "AWS/EC2",
      metricName: "CPUUtilization",
      dimensions: { InstanceId: server.id },
      ...above,
    }));
    expect(found).toEqual([["cpu", "replica-group/one/eu-west-1"]]);
  });
});

describe.each(["AWS/NetworkELB", "AWS/ApplicationELB"])("an alarm of %s on a target group", (namespace) => {
  const on = (metricName: string, rest: Said = {}) =>
    alarmOn(({ target }) => ({
      namespace,
      metricName,
      dimensions: { LoadBalancer: "net/shared/0123", TargetGroup: target.arnSuffix },
      ...rest,
    }));

  test("watches the machines in it, though its balancer is elsewhere", async () => {
    expect(await on("HealthyHostCount")).toEqual([["healthy-below-need", web]]);
    expect(await on("HealthyHostCount", { threshold: 1 })).toEqual([["all-replicas-down", web]]);
    expect(await on("UnHealthyHostCount", { ...above, threshold: 0 })).toEqual([["unhealthy-replicas", web]]);
  });

  test("is about nothing where it compares the wrong way", async () => {
    expect(await on("HealthyHostCount", above)).toEqual([]);
    expect(await on("UnHealthyHostCount")).toEqual([]);
  });
});
