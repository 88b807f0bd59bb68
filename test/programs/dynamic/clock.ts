import * as pulumi from "@pulumi/pulumi";

const provider: pulumi.dynamic.ResourceProvider = {
  async create(inputs) {
    const { hours } = inputs as { hours: number };
    return { id: `clock-${hours}`, outs: { hours, until: new Date(Date.now() + hours * 3_600_000).toISOString() } };
  },
};

/** A moment some hours after the deploy that made it. */
export class Clock extends pulumi.dynamic.Resource {
  declare readonly until: pulumi.Output<string>;

  constructor(name: string, hours: pulumi.Input<number>, opts?: pulumi.CustomResourceOptions) {
    super(provider, name, { hours, until: undefined }, opts);
  }
}
