// One rule of secrets for resources of all providers: what looks like one is in no report, and no-plain-secret says where it is.
import type { Inputs, Report, Resource } from "../../model";
import { bareResource } from "../../model";
import { comparedWith } from "../../preview/diff";
import { markdownOf } from "../../preview/markdown";
import { reportOf } from "../../preview/report";
import { textOf } from "../../preview/text";
import { workings } from "../../preview/workings";

const given = { stack: "prod", origin: "recorded", asOf: "2026-11-22" } as const;
const made = (type: string, inputs: Inputs): Resource =>
  bareResource({ urn: `urn:pulumi:prod::shop::${type}::it`, type, name: "it", inputs });
const report = (...resources: readonly Resource[]): Report => reportOf({ ...given, resources }, workings);
const said = (of: Report): string =>
  [
    textOf(of),
    markdownOf({ schema: 1, reports: [of], removed: [], mistakes: [] }),
    JSON.stringify(of),
    JSON.stringify(of, null, 2),
  ].join("\n");
const failing = (of: Report): readonly string[] =>
  of.rules.flatMap(({ id, verdict, message }) => (id === "no-plain-secret" && verdict === "fail" ? [message] : []));

const KEY = "hunter2-Zq81";
const script = `#!/bin/sh\nexport DB_PASSWORD=${KEY}\nexec web\n`;
const containers = (container: object): Inputs => ({
  family: "web",
  containerDefinitions: JSON.stringify([{ name: "web", image: "web:1", ...container }]),
});
const TASK = "aws:ecs/taskDefinition:TaskDefinition";

describe("what looks like a secret in inputs of any provider", () => {
  test.each<readonly [string, Inputs, string]>([
    ["aws:rds/instance:Instance", { engine: "postgres", password: KEY }, "password is named like a secret"],
    ["aws:rds/cluster:Cluster", { masterPassword: KEY }, "masterPassword is named like a secret"],
    ["aws:elasticache/replicationGroup:ReplicationGroup", { authToken: KEY }, "authToken is named like a secret"],
    ["aws:secretsmanager/secretVersion:SecretVersion", { secretString: KEY }, "secretString is named like a secret"],
    ["aws:ec2/instance:Instance", { userData: script }, "userData holds DB_PASSWORD, which is named like a secret"],
    [
      "aws:ec2/launchTemplate:LaunchTemplate",
      { userData: Buffer.from(script).toString("base64") },
      "userData holds DB_PASSWORD, which is named like a secret",
    ],
    [
      "aws:lambda/function:Function",
      { environment: { variables: { API_KEY: KEY, LEVEL: "info" } } },
      "environment.variables.API_KEY is named like a secret",
    ],
    [
      TASK,
      containers({ environment: [{ name: "DB_PASSWORD", value: KEY }] }),
      "containerDefinitions[0].environment[0].value is named like a secret",
    ],
    [
      TASK,
      containers({ command: ["web", "--api-key", KEY] }),
      "containerDefinitions[0].command[2] follows --api-key, which is named like a secret",
    ],
    [
      TASK,
      containers({ logConfiguration: { logDriver: "splunk", options: { "splunk-token": KEY } } }),
      "containerDefinitions[0].logConfiguration.options.splunk-token is named like a secret",
    ],
    ["gcp:sql/user:User", { password: KEY }, "password is named like a secret"],
    ["gcp:secretmanager/secretVersion:SecretVersion", { secretData: KEY }, "secretData is named like a secret"],
    [
      "gcp:cloudrunv2/service:Service",
      { template: { containers: [{ envs: [{ name: "TOKEN", value: KEY }] }] } },
      "template.containers[0].envs[0].value is named like a secret",
    ],
    ["docker:index/container:Container", { envs: [`DB_PASSWORD=${KEY}`] }, "envs[0] holds DB_PASSWORD, which is named"],
    ["random:index/thing:Thing", { url: `postgres://web:${KEY}@db/x` }, "url holds a URL with a password"],
    ["pulumi:providers:aws", { secretKey: KEY }, "secretKey is named like a secret"],
  ])("%s %j", (type, inputs, message) => {
    const found = report(made(type, inputs));
    expect(said(found)).not.toContain(KEY);
    expect(said(found)).not.toContain(Buffer.from(KEY).toString("base64").slice(0, 12));
    expect(failing(found).join("\n")).toContain(message);
    // What it is compared with has been hidden the same way.
    const changes = comparedWith(found, "before", workings.replaces).changes(found);
    expect(changes.resources).toEqual([]);
  });

  test("another password is no secret to tell of either", () => {
    const type = "aws:rds/instance:Instance";
    const before = report(made(type, { engine: "postgres", password: "former-one-77" }));
    const baseline = comparedWith(before, "before", workings.replaces);
    const after = reportOf(
      { ...given, resources: [made(type, { engine: "mysql", password: KEY })], baseline },
      workings,
    );
    expect(said(after)).not.toMatch(/hunter2|former-one/);
    expect(after.changes?.resources[0]?.properties.map(({ path }) => path)).toEqual(["engine"]);
  });

  test("a parameter that is kept encrypted is shown to nobody, and nobody's slip", () => {
    const found = report(made("aws:ssm/parameter:Parameter", { name: "/web/url", type: "SecureString", value: KEY }));
    expect(said(found)).not.toContain(KEY);
    expect(failing(found)).toEqual([]);
  });

  test.each<readonly [string, Inputs]>([
    ["aws:elasticache/replicationGroup:ReplicationGroup", { authTokenUpdateStrategy: "ROTATE" }],
    ["aws:apigateway/restApi:RestApi", { apiKeySource: "AUTHORIZER" }],
    ["aws:efs/fileSystem:FileSystem", { creationToken: "files-of-the-shop" }],
    ["aws:iam/accountPasswordPolicy:AccountPasswordPolicy", { passwordReusePrevention: 24, minimumPasswordLength: 14 }],
    ["aws:rds/instance:Instance", { manageMasterUserPassword: true, masterUserSecretKmsKeyId: "alias/db-0123456789" }],
    [
      "aws:rds/parameterGroup:ParameterGroup",
      { parameters: [{ name: "password_encryption", value: "scram-sha-256" }] },
    ],
    ["aws:dynamodb/table:Table", { hashKey: "token", attributes: [{ name: "token", type: "S" }] }],
    ["aws:secretsmanager/secret:Secret", { name: "shop/carts/token", description: "Token of the cache carts" }],
    [
      TASK,
      containers({ secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:ssm:us-east-1:1:parameter/db/password" }] }),
    ],
    [
      "aws:iam/role:Role",
      {
        assumeRolePolicy: JSON.stringify({
          Statement: [
            {
              Action: ["sts:AssumeRoleWithWebIdentity", "secretsmanager:GetSecretValue"],
              Condition: { StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } },
            },
          ],
        }),
      },
    ],
    [
      "aws:cloudwatch/metricAlarm:MetricAlarm",
      { dimensions: { LoadBalancer: "app/Web/50Dc6c495c0c9188" }, name: "tokens" },
    ],
  ])("what only names, counts or refers is shown as it is: %s %j", (type, inputs) => {
    const found = report(made(type, inputs));
    expect(failing(found)).toEqual([]);
    expect(found.resources[0]?.inputs).toEqual(inputs);
  });
});
