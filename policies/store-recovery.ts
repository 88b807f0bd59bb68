import { leaderRecovery } from "../availability/store-recovery";
import { demandOf, finding, partsOf } from "./finding";
import { advice } from "./rule";
import type { Finding, Rule } from "./rule";

/** Whether a database elects by itself is its own business: that it does not is taken until somebody says so, and is advised, not forbidden. */
export const writesBackInTime: Rule = {
  id: "store-writes-back-in-time",
  title: "A store takes writes again within the promised recovery time",
  about:
    "One member takes the writes; where the database elects no other, they wait until its node is given up, its volume is elsewhere and it has started.",
  severity: advice,
  peers: [],
  check: ({ parts, basis }) => {
    const promised = basis?.objectives.recoverySeconds;
    if (basis === null || promised === undefined) return [];
    return partsOf(parts, "store").flatMap((part): readonly Finding[] => {
      const demand = demandOf(basis, part.key);
      if (demand?.store === undefined || demand.store.writesPerSecond.peak === 0) return [];
      const lost = leaderRecovery(part, demand);
      if (lost === undefined) return [];
      const seconds = Math.round(lost.rtoSeconds);
      const elects = demand.store.electionSeconds !== null;
      return [
        finding(part.key, {
          ok: lost.rtoSeconds <= promised,
          message: `the leader's node lost, no write is taken for ${seconds} s: ${lost.steps.map(({ what, seconds: each }) => `${what} ${Math.round(each)} s`).join(", ")}; ${promised} s promised`,
          fix: elects
            ? `let the election take less, or promise recoverySeconds: ${seconds}`
            : `let the database elect another leader, and say electionSeconds where the store is told (the file of its system, beside manifests the demand file); or promise recoverySeconds: ${seconds}`,
        }),
      ];
    });
  },
};
