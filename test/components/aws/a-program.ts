import * as aws from "@pulumi/aws";
import type { PartReader, Resource } from "../../../model";
import { plain, resourceGraph } from "../../../model";
import { recordInProcess } from "../../../preview/record";

export const region = "eu-west-1";

export interface Zones {
  readonly vpc: aws.ec2.Vpc;
  /** One in each of two zones. */
  readonly subnets: readonly aws.ec2.Subnet[];
}

/** Records a program of another's, in a network of two zones. */
export function recordIn(program: (zones: Zones) => void): Promise<readonly Resource[]> {
  return recordInProcess(
    () => {
      new aws.Provider("aws", { region });
      const vpc = new aws.ec2.Vpc("main", { cidrBlock: "10.0.0.0/16", region });
      const subnets = ["a", "b"].map(
        (letter, index) =>
          new aws.ec2.Subnet(`private-${letter}`, {
            vpcId: vpc.id,
            cidrBlock: `10.0.${index}.0/24`,
            availabilityZone: `${region}${letter}`,
            region,
          }),
      );
      program({ vpc, subnets });
    },
    { project: "shop", stack: "shop" },
  ).then(({ resources }) => resources);
}

/** What a reader finds, without its wrapping. */
export function partsBy(reader: PartReader, resources: readonly Resource[]): readonly unknown[] {
  return reader.read(resourceGraph(resources)).parts.map((part) => plain(part));
}
