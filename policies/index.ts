// WHAT IS ALLOWED: rules as plain exported values, judged over Parts as built and over recorded inputs. In: a Subject. Out: RuleResults.
// Imports model, catalog and what readers know of objects; never a provider SDK, a builder, preview or the policy SDK (that is pack.ts alone), and no clock.
import type { RuleResult, Tier } from "../model";
import { alertRules } from "./alerts";
import { availabilityRules } from "./availability";
import { balancerRules } from "./balancer";
import { bucketRules } from "./bucket";
import { cdnRules } from "./cdn";
import { builtRules } from "./built-as-planned";
import { changeRules } from "./change";
import { clusterRules } from "./clusters";
import { dataRules } from "./data";
import { databaseRules } from "./database";
import { deployableRules } from "./deployable";
import { kubernetesRules } from "./kubernetes";
import { machineRules } from "./machines";
import { dnsFailoverRules } from "./dns-failover";
import { doorRules } from "./door";
import { functionRules } from "./function";
import { networkRules } from "./network";
import { planRules } from "./plan";
import { probeRules } from "./probes";
import { queueRules } from "./queue";
import { redisRules } from "./redis";
import { regionLossCarried } from "./region-loss";
import { replicaGroupRules } from "./replica-group";
import { routesApart } from "./routes";
import type { Rule, Subject } from "./rule";
import { scalerRules } from "./scaler";
import { scalerMemoryRules } from "./scaler-memory";
import { storeRules } from "./stores";
import { waive } from "./waiver";
import { waiversMeant } from "./waivers";

export type { Finding, Rule, Subject } from "./rule";
export { comparePlanned } from "./built-as-planned";
export type { Mismatch } from "./built-as-planned";
export { rulesMarkdown } from "./markdown";

/** Every rule, in the order in which they are printed. */
export const rules: readonly Rule[] = [
  ...availabilityRules,
  ...probeRules,
  ...replicaGroupRules,
  ...scalerRules,
  ...scalerMemoryRules,
  ...machineRules,
  ...clusterRules,
  ...kubernetesRules,
  ...redisRules,
  ...storeRules,
  ...databaseRules,
  ...dataRules,
  ...balancerRules,
  ...doorRules,
  ...dnsFailoverRules,
  regionLossCarried,
  routesApart,
  ...networkRules,
  ...bucketRules,
  ...queueRules,
  ...functionRules,
  ...cdnRules,
  ...alertRules,
  ...planRules,
  waiversMeant(() => rules.map(({ id }) => id)),
  ...builtRules,
  ...changeRules,
  ...deployableRules,
];

/** Rules that look at more than one stack. */
export const rulesAcross: readonly Rule[] = [routesApart];

/**
 * Judges a stack by rules (default: all). Severity follows the tier of the basis, prod where there is none; waivers are the basis's,
 * held against `subject.asOf`. What is unknown is undecided, never a pass.
 */
export function judge(subject: Subject, by: readonly Rule[] = rules): readonly RuleResult[] {
  const tier: Tier = subject.basis?.tier ?? "prod";
  const waivers = subject.basis?.waivers ?? [];
  const results: RuleResult[] = [];
  for (const rule of by) {
    for (const finding of rule.check(subject)) {
      const { part, verdict, message, fixByHand, alone } = finding;
      const result: RuleResult = {
        id: rule.id,
        severity: finding.severity ?? rule.severity[tier],
        part,
        verdict,
        message,
        fix: subject.plan === null ? (fixByHand ?? finding.fix) : finding.fix,
        ...(alone === undefined ? {} : { alone }),
      };
      const waived =
        finding.verdict === "pass" || waivers.length === 0 ? null : waive(waivers, rule.id, finding, subject.asOf);
      if (waived === null) results.push(result);
      else if ("lapsed" in waived) results.push({ ...result, message: `${result.message} (${waived.lapsed})` });
      else
        results.push({
          ...result,
          verdict: "waived",
          waiver: { reason: waived.waiver.reason, until: waived.waiver.until },
        });
    }
  }
  return results;
}
