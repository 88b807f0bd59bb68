import { nearest } from "../model";
import { finding } from "./finding";
import { titled } from "./kubernetes/workloads";
import { always } from "./rule";
import type { Finding, Rule } from "./rule";

/**
 * A waiver whose rule or part is not there covers nothing, and nobody would notice.
 * @param names ids of all rules, asked when the rule is: it is one of them itself
 */
export function waiversMeant(names: () => readonly string[]): Rule {
  return {
    id: "waivers-meant",
    title: "A waiver names a rule that there is, and a part of the stack",
    about:
      "A misspelt waiver covers nothing: the rule that it was meant for fails all the same, or will when it is needed.",
    severity: always,
    peers: [],
    check: ({ basis, parts, resources }): readonly Finding[] => {
      if (basis === null || basis.waivers.length === 0) return [];
      const known = new Set(names());
      const objects = resources.filter(({ type }) => type.startsWith("kubernetes:")).map(titled);
      const words = new Set([...parts.flatMap(({ key }) => [key, key.split("/")[1] ?? key]), ...objects]);
      return basis.waivers.map(({ rule, part }): Finding => {
        const strange = !known.has(rule)
          ? { what: "rule", given: rule, of: known, fix: "name one that `nines policies` lists, or remove it" }
          : undefined;
        const stray =
          strange ??
          (part !== undefined && !words.has(part)
            ? {
                what: "part",
                given: part,
                of: words,
                fix: "name a workload, or an object as the report does, or remove it",
              }
            : undefined);
        if (stray === undefined)
          return finding(null, {
            ok: true,
            message: `${rule}${part === undefined ? "" : ` of ${part}`} is there`,
            fix: "",
          });
        const near = nearest(stray.given, stray.of);
        return finding(null, {
          ok: false,
          message: `the waiver of ${rule} names no ${stray.what} of ours: ${stray.given}`,
          fix: near === undefined ? stray.fix : `did you mean ${near}?`,
        });
      });
    },
  };
}
