import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import * as ec2 from "@pulumi/aws/ec2";
import * as iam from "@pulumi/aws/iam";
import type { NetworkFacts } from "./network-args";
import { transformed } from "../transform";

/** Who spoke to whom, kept for as many days as the Part says; nothing where it says none. */
export function flowLogs(facts: NetworkFacts): void {
  const { part, stack, name, parent, tags, transform } = facts;
  if (part.flowLogs === null) return;
  const own = `${name}-flow-logs`;
  const group = new cloudwatch.LogGroup(
    own,
    transformed<cloudwatch.LogGroupArgs>(
      {
        name: `/${stack}/${part.workload}/flow-logs`,
        retentionInDays: part.flowLogs.keepDays,
        region: part.region,
        tags,
      },
      transform.flowLogGroup,
    ),
    { parent },
  );
  const role = new iam.Role(
    own,
    transformed<iam.RoleArgs>({ assumeRolePolicy: assumedByFlowLogs(part.region), tags }, transform.flowLogRole),
    { parent },
  );
  const policy = new iam.RolePolicy(own, { role: role.name, policy: writes(group) }, { parent });
  new ec2.FlowLog(
    own,
    transformed<ec2.FlowLogArgs>(
      {
        vpcId: facts.vpc.id,
        trafficType: "ALL",
        logDestinationType: "cloud-watch-logs",
        logDestination: group.arn,
        iamRoleArn: role.arn,
        region: part.region,
        tags: { ...tags, Name: own },
      },
      transform.flowLog,
    ),
    { parent, dependsOn: [policy] },
  );
}

/** Only flow logs of this region may take the role. */
function assumedByFlowLogs(region: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { ArnLike: { "aws:SourceArn": `arn:aws:ec2:${region}:*:vpc-flow-log/*` } },
      },
    ],
  });
}

function writes(group: cloudwatch.LogGroup): pulumi.Output<string> {
  return pulumi.jsonStringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
        Resource: pulumi.interpolate`${group.arn}:*`,
      },
      // Listing groups has no narrower resource.
      { Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: "*" },
    ],
  });
}
