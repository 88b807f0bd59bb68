import * as pulumi from "@pulumi/pulumi";
import type { Slo as SloPart } from "../../model";
import type { Transform } from "../transform";
import { ruleObject } from "./alert";
import type { RuleGroup } from "./prometheus-rule";
import { sloGroups } from "./slo-rules";

export interface SloArgs {
  readonly part: SloPart;
  /** Workload whose promise it is. */
  readonly service: string;
  readonly stack: string;
  readonly namespace: string;
  /** What Prometheus selects its rules by. */
  readonly labels: Readonly<Record<string, string>>;
  readonly transform?: SloTransform;
}

export interface SloTransform {
  readonly rules?: Transform<{ readonly groups: readonly RuleGroup[] }>;
}

/** An objective as rules of Prometheus: recordings over each window, what is left of the budget, and alerts on the speed of losing it. */
export class Slo extends pulumi.ComponentResource {
  constructor(name: string, args: SloArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:kubernetes:Slo", name, {}, opts);
    const { part, service, stack, namespace, labels } = args;
    ruleObject(
      name,
      {
        name: `${part.workload}-slo`,
        workload: service,
        stack,
        namespace,
        labels,
        operator: part.runtime.kind === "prometheus-rule",
        groups: sloGroups({ ...part, name: part.workload, service }),
        ...(args.transform?.rules === undefined ? {} : { transform: args.transform.rules }),
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}
