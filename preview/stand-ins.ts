import type { Inputs, Value } from "../model";

/**
 * Answers for data-source calls, so that a program runs where no provider can be asked. Each answer is a stand-in by name
 * (AWS documents 123456789012 as its example account), never a fact; the recording lists every call that was answered so.
 */
const EXAMPLE_ACCOUNT = "123456789012";

const answers: Readonly<Record<string, (inputs: Inputs) => Record<string, Value>>> = {
  "aws:index/getCallerIdentity:getCallerIdentity": () => ({
    accountId: EXAMPLE_ACCOUNT,
    arn: `arn:aws:iam::${EXAMPLE_ACCOUNT}:user/stand-in`,
    id: EXAMPLE_ACCOUNT,
    userId: "stand-in",
  }),
  "aws:index/getRegion:getRegion": (inputs) => {
    const region = text(inputs["region"]) ?? text(inputs["name"]) ?? "us-east-1";
    return { id: region, name: region, region, description: region, endpoint: `ec2.${region}.amazonaws.com` };
  },
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (inputs) => {
    const region = text(inputs["region"]) ?? "us-east-1";
    const names = ["a", "b", "c"].map((letter) => `${region}${letter}`);
    return { id: region, names, zoneIds: names.map((_, index) => `${region}-az${index + 1}`), groupNames: [region] };
  },
  "aws:iam/getPolicyDocument:getPolicyDocument": (inputs) => {
    const json = JSON.stringify({ Version: "2012-10-17", Statement: inputs["statements"] ?? [] });
    return { id: "stand-in", json, minifiedJson: json };
  },
};

/** The stand-in for one call; undefined where there is none, and the call then gets an empty answer. */
export function standIn(token: string, inputs: Inputs): Readonly<Record<string, Value>> | undefined {
  return answers[token]?.(inputs);
}

function text(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
