import { ACCOUNT, REGION } from "./answer";
import { textAt, type Properties } from "./values";

/** What programs ask AWS before they build. */
export function answerInvoke(token: string, args: Properties): Properties | undefined {
  const region = textAt(args, "region") ?? REGION;
  switch (token) {
    case "aws:index/getCallerIdentity:getCallerIdentity":
      return { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/engine`, id: ACCOUNT, userId: "engine" };
    case "aws:index/getRegion:getRegion":
      return { id: region, name: region, region };
    case "aws:index/getPartition:getPartition":
      return { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com" };
    case "aws:index/getAvailabilityZones:getAvailabilityZones":
      return {
        id: region,
        names: ["a", "b", "c"].map((letter) => `${region}${letter}`),
        zoneIds: ["use1-az1", "use1-az2", "use1-az4"],
      };
    default:
      return undefined;
  }
}
