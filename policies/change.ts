import { finding, floorOf, partsOf, undecided } from "./finding";
import { inProd } from "./rule";
import type { Finding, Rule } from "./rule";

// What an environment's replicaDropShare defaults to.
const DEFAULT_DROP_SHARE = 0.5;

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const notDropped: Rule = {
  id: "replicas-not-dropped",
  title: "A change does not take away most replicas at once",
  about: "A typing mistake in the load looks like a cheap month.",
  severity: inProd,
  peers: [],
  check: ({ parts, basis, baseline }) => {
    if (baseline === null) return [];
    const most = basis?.replicaDropShare ?? DEFAULT_DROP_SHARE;
    const now = new Map(partsOf(parts, "replica-group").map((group) => [group.key, group]));
    return partsOf(baseline.parts, "replica-group").map((before): Finding => {
      const had = floorOf(before);
      if (!had.known) return undecided(before.key, `the baseline's ${had.path}`, had);
      const after = now.get(before.key);
      const has = after === undefined ? { known: true as const, value: 0 } : floorOf(after);
      if (!has.known) return undecided(before.key, has.path, has);
      const dropped = had.value <= 0 ? 0 : (had.value - has.value) / had.value;
      return finding(before.key, {
        ok: dropped <= most + 1e-9,
        message: `${had.value} -> ${has.value} replicas${dropped > 0 ? `: ${percent(dropped)} less, ${percent(most)} allowed` : ""}`,
        fix: "check the load, go in two steps, or raise replicaDropShare",
      });
    });
  },
};

export const changeRules: readonly Rule[] = [notDropped];
