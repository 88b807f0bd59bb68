import { isRecord, type Inputs, type Value } from "../model";

/**
 * Answers for data-source calls, so that a program runs where no provider can be asked. Each answer is a stand-in by name
 * (AWS documents 123456789012 as its example account), never a fact; the recording lists every call that was answered so.
 */
const EXAMPLE_ACCOUNT = "123456789012";
/** Where neither the call nor its provider names one. */
const EXAMPLE_REGION = "us-east-1";
const ZONES = ["a", "b", "c"] as const;
/** Where no example would do: any value. */
const ANYTHING = "stand-in";

type Standing = (inputs: Inputs, region: string) => Record<string, Value>;

const answers: Readonly<Record<string, Standing>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: EXAMPLE_ACCOUNT,
    arn: `arn:aws:iam::${EXAMPLE_ACCOUNT}:user/stand-in`,
    id: EXAMPLE_ACCOUNT,
    userId: "stand-in",
  }),
  "aws:index/getRegion:getRegion": (inputs, ofProvider) => {
    const region = text(inputs["name"]) ?? ofProvider;
    return { id: region, name: region, region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
  },
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_, region) => ({
    id: region,
    names: ZONES.map((letter) => region + letter),
    zoneIds: ZONES.map((__, index) => `${region}-az${index + 1}`),
    groupNames: [region],
  }),
  "aws:index/getAvailabilityZone:getAvailabilityZone": (inputs, region) => {
    const name = text(inputs["name"]) ?? `${region}a`;
    return { id: name, name, nameSuffix: name.slice(-1), region, state: "available", zoneId: `${region}-az1` };
  },
  "aws:iam/getPolicyDocument:getPolicyDocument": (inputs) => {
    const json = policyDocument(inputs);
    return { id: "stand-in", json, minifiedJson: json };
  },
  "aws:ec2/getAmi:getAmi": () => ({ id: "ami-stand-in", imageId: "ami-stand-in", name: "stand-in", ...machine() }),
  "aws:ec2/getAmiIds:getAmiIds": () => ({ id: "stand-in", ids: ["ami-stand-in"] }),
  "aws:ec2/getVpc:getVpc": (inputs) => ({ ...one(inputs, "vpc-stand-in"), cidrBlock: "10.0.0.0/16" }),
  "aws:ec2/getVpcs:getVpcs": () => ({ id: "stand-in", ids: ["vpc-stand-in"] }),
  "aws:ec2/getSubnets:getSubnets": () => ({
    id: "stand-in",
    ids: ZONES.map((letter) => `subnet-stand-in-${letter}`),
  }),
  "aws:ec2/getSubnet:getSubnet": (inputs, region) => {
    const id = text(inputs["id"]) ?? "subnet-stand-in-a";
    const letter = ZONES.find((each) => id === `subnet-stand-in-${each}`) ?? "a";
    const availabilityZone = text(inputs["availabilityZone"]) ?? region + letter;
    return { id, availabilityZone, cidrBlock: "10.0.0.0/20", vpcId: text(inputs["vpcId"]) ?? "vpc-stand-in" };
  },
  "aws:ec2/getSecurityGroup:getSecurityGroup": (inputs) => ({
    ...one(inputs, "sg-stand-in"),
    vpcId: text(inputs["vpcId"]) ?? "vpc-stand-in",
  }),
  "aws:ec2/getRouteTable:getRouteTable": (inputs) => ({
    id: "rtb-stand-in",
    routeTableId: text(inputs["routeTableId"]) ?? "rtb-stand-in",
  }),
  "aws:ec2/getInternetGateway:getInternetGateway": () => ({ id: "igw-stand-in", internetGatewayId: "igw-stand-in" }),
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": (inputs) => one(inputs, "pl-stand-in"),
  "aws:ssm/getParameter:getParameter": (inputs) => ({
    ...named(inputs, "ssm", "parameter"),
    type: "String",
    value: ANYTHING,
    version: 1,
  }),
  "aws:secretsmanager/getSecret:getSecret": (inputs) => named(inputs, "secretsmanager", "secret:"),
  "aws:secretsmanager/getSecretVersion:getSecretVersion": (inputs) => ({
    ...named(inputs, "secretsmanager", "secret:"),
    secretId: text(inputs["secretId"]) ?? "stand-in",
    secretString: "{}",
    versionId: "stand-in",
  }),
  "aws:route53/getZone:getZone": (inputs) => ({
    id: "ZSTANDIN",
    zoneId: text(inputs["zoneId"]) ?? "ZSTANDIN",
    name: text(inputs["name"]) ?? "example.com",
    arn: "arn:aws:route53:::hostedzone/ZSTANDIN",
    nameServers: ["ns-1.example.com"],
  }),
  "aws:acm/getCertificate:getCertificate": (inputs, region) => ({
    id: "stand-in",
    domain: text(inputs["domain"]) ?? "example.com",
    arn: `arn:aws:acm:${region}:${EXAMPLE_ACCOUNT}:certificate/stand-in`,
  }),
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": (_, region) => registry(region),
  "aws:ecr/getCredentials:getCredentials": (_, region) => registry(region),
  "aws:ecr/getRepository:getRepository": (inputs, region) => ({
    ...named(inputs, "ecr", "repository/"),
    repositoryUrl: `${registryHost(region)}/${text(inputs["name"]) ?? "stand-in"}`,
  }),
  "aws:iam/getRole:getRole": (inputs) => named(inputs, "iam", "role/"),
  "aws:iam/getPolicy:getPolicy": (inputs) => named(inputs, "iam", "policy/"),
  "aws:kms/getKey:getKey": (inputs, region) => ({
    id: "stand-in",
    keyId: text(inputs["keyId"]) ?? "stand-in",
    arn: `arn:aws:kms:${region}:${EXAMPLE_ACCOUNT}:key/stand-in`,
  }),
  "aws:kms/getAlias:getAlias": (inputs) => ({ ...named(inputs, "kms", ""), targetKeyId: "stand-in" }),
  "aws:s3/getBucket:getBucket": (inputs) => {
    const bucket = text(inputs["bucket"]) ?? "stand-in";
    return { id: bucket, bucket, arn: `arn:aws:s3:::${bucket}` };
  },
  "aws:elb/getServiceAccount:getServiceAccount": () => ({
    id: EXAMPLE_ACCOUNT,
    arn: `arn:aws:iam::${EXAMPLE_ACCOUNT}:root`,
  }),
};

/**
 * The stand-in for one call; undefined where there is none, and what comes of the call is then unknown.
 * @param region Of the call's provider.
 */
export function standIn(
  token: string,
  inputs: Inputs,
  region: string = EXAMPLE_REGION,
): Readonly<Record<string, Value>> | undefined {
  const answer = answers[token];
  // What was asked comes back beside the answer, as from a provider.
  return answer === undefined ? undefined : { ...inputs, ...answer(inputs, text(inputs["region"]) ?? region) };
}

/**
 * Inputs as they are recorded: where a program hands on what could be anything, nothing is known of it, so that no rule judges
 * the stand-in.
 */
export function withoutStandIns(inputs: Inputs): Inputs {
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, withoutStandIn(value)]));
}

function withoutStandIn(value: Value): Value {
  if (value === ANYTHING) return { $unknown: "after-deploy" };
  if (Array.isArray(value)) return (value as readonly Value[]).map(withoutStandIn);
  return isRecord(value) ? withoutStandIns(value) : value;
}

/** Of the thing that an id names, or of a stand-in. */
function one(inputs: Inputs, standingIn: string): Record<string, Value> {
  const id = text(inputs["id"]) ?? standingIn;
  return { id, arn: `arn:aws:ec2:::${id}`, name: text(inputs["name"]) ?? "stand-in" };
}

function named(inputs: Inputs, service: string, path: string): Record<string, Value> {
  const name = text(inputs["name"]) ?? text(inputs["secretId"]) ?? "stand-in";
  const arn = text(inputs["arn"]) ?? `arn:aws:${service}::${EXAMPLE_ACCOUNT}:${path}${name}`;
  return { id: name, name, arn };
}

function machine(): Record<string, Value> {
  return { architecture: "x86_64", rootDeviceName: "/dev/xvda", rootDeviceType: "ebs", virtualizationType: "hvm" };
}

function registryHost(region: string): string {
  return `${EXAMPLE_ACCOUNT}.dkr.ecr.${region}.amazonaws.com`;
}

function registry(region: string): Record<string, Value> {
  return {
    id: region,
    authorizationToken: Buffer.from("AWS:stand-in").toString("base64"),
    userName: "AWS",
    password: "stand-in",
    proxyEndpoint: `https://${registryHost(region)}`,
  };
}

/** A document of the statements as IAM writes them. */
function policyDocument(inputs: Inputs): string {
  const statements = Array.isArray(inputs["statements"]) ? (inputs["statements"] as readonly Value[]) : [];
  return JSON.stringify({ Version: "2012-10-17", Statement: statements.map(statement) });
}

function statement(value: Value): Value {
  if (!isRecord(value)) return value;
  const principals = Array.isArray(value["principals"]) ? (value["principals"] as readonly Value[]) : [];
  return {
    ...(value["sid"] === undefined ? {} : { Sid: value["sid"] }),
    Effect: value["effect"] ?? "Allow",
    ...(principals.length === 0 ? {} : { Principal: Object.fromEntries(principals.map(principal)) }),
    ...(value["actions"] === undefined ? {} : { Action: value["actions"] }),
    ...(value["notActions"] === undefined ? {} : { NotAction: value["notActions"] }),
    ...(value["resources"] === undefined ? {} : { Resource: value["resources"] }),
    ...(value["notResources"] === undefined ? {} : { NotResource: value["notResources"] }),
    ...(value["conditions"] === undefined ? {} : { Condition: value["conditions"] }),
  };
}

function principal(value: Value): readonly [string, Value] {
  if (!isRecord(value)) return ["AWS", value];
  return [text(value["type"]) ?? "AWS", value["identifiers"] ?? []];
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
