import { PolicyPack } from "@pulumi/policy";
import type { ReportViolation, StackValidationArgs } from "@pulumi/policy";
import type { Inputs, RuleResult } from "../model";
import { judgeStack, plainInputs, resourcesOf, violations } from "./pack-stack";

// A stack policy is handed the outputs of each resource; rules read inputs, as they were when each was registered.
const recorded = new Map<string, Inputs>();
let latest: readonly RuleResult[] | undefined;

/** Both levels share one judgement: the SDK reads the whole stack again for each policy, and rules need not. */
function judged({ resources }: StackValidationArgs): readonly RuleResult[] {
  latest ??= judgeStack(resourcesOf(resources, recorded), new Date().toISOString().slice(0, 10));
  return latest;
}

function report(level: "mandatory" | "advisory") {
  return (args: StackValidationArgs, reportViolation: ReportViolation): void => {
    for (const violation of violations(judged(args), level)) reportViolation(violation);
  };
}

// The constructor starts the server that the engine talks to.
new PolicyPack("nines", {
  policies: [
    {
      name: "nines-inputs",
      description: "Remembers inputs for the rules below; reports nothing.",
      enforcementLevel: "advisory",
      validateResource: ({ urn, props }) => {
        latest = undefined;
        recorded.set(urn, plainInputs(props));
      },
    },
    {
      name: "nines-mandatory",
      description: "Rules that must hold in this tier.",
      enforcementLevel: "mandatory",
      validateStack: report("mandatory"),
    },
    {
      name: "nines-advisory",
      description: "Rules that are said, and what could not be decided.",
      enforcementLevel: "advisory",
      validateStack: report("advisory"),
    },
  ],
});
