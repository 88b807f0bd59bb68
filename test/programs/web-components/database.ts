import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { Network } from "./network";

export class Database extends pulumi.ComponentResource {
  readonly address: pulumi.Output<string>;

  constructor(
    name: string,
    args: { network: Network; callers: aws.ec2.SecurityGroup; password: pulumi.Input<string> },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("shop:index:Database", name, {}, opts);
    const own = { parent: this };
    const subnets = new aws.rds.SubnetGroup(name, { subnetIds: args.network.privateSubnets }, own);
    const firewall = new aws.ec2.SecurityGroup(
      name,
      {
        vpcId: args.network.vpc.id,
        ingress: [{ protocol: "tcp", fromPort: 5432, toPort: 5432, securityGroups: [args.callers.id] }],
      },
      own,
    );
    const cluster = new aws.rds.Cluster(
      name,
      {
        engine: "aurora-postgresql",
        engineVersion: "16.6",
        databaseName: "shop",
        masterUsername: "shop",
        masterPassword: args.password,
        dbSubnetGroupName: subnets.name,
        vpcSecurityGroupIds: [firewall.id],
        storageEncrypted: true,
        backupRetentionPeriod: 7,
        deletionProtection: true,
        skipFinalSnapshot: false,
        finalSnapshotIdentifier: `${name}-last`,
      },
      own,
    );
    for (const member of [1, 2])
      new aws.rds.ClusterInstance(
        `${name}-${member}`,
        {
          clusterIdentifier: cluster.id,
          engine: aws.rds.EngineType.AuroraPostgresql,
          instanceClass: "db.r6g.large",
        },
        own,
      );
    this.address = cluster.endpoint;
    this.registerOutputs({ address: this.address });
  }
}
