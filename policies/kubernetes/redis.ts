import {
  containersOf,
  followed,
  isElsewhere,
  serverWords,
  settingOf,
  shellValue,
  watched,
} from "../../components/kubernetes/redis-files.read";
import { asText, inside } from "../../components/leaf.read";
import { undecided } from "../finding";
import { beyondDev, inProd, type Finding, type Rule, type Subject } from "../rule";
import { serving, told, type Workload } from "./workloads";

const IMAGE = /(?:^|\/)(?:redis|valkey)(?:-[a-z-]+)?(?:[:@]|$)/;

/** What runs Redis or Valkey, as a server or as a Sentinel. */
function redisIn(subject: Subject): readonly Workload[] {
  return serving(subject).filter(({ resource }) =>
    containersOf(resource).some((each) => IMAGE.test(asText(inside(each, "image") ?? null) ?? "")),
  );
}

const whole = (text: string): number | undefined => (/^\d+$/.test(text) ? Number(text) : undefined);

const neverElected: Rule = {
  id: "copy-never-elected",
  title: "A copy of a primary elsewhere is no candidate for its Sentinels",
  about:
    "Sentinels take replicas from their primary's list, whoever and wherever they are; one in another region that they promote takes the writes of callers who are not there.",
  severity: beyondDev,
  peers: [],
  check: (subject) =>
    redisIn(subject).flatMap(({ resource, part }): readonly Finding[] => {
      const words = serverWords(subject.graph, resource);
      const ours = shellValue(words, "COPY_OF") ?? "";
      const host = ours === "" ? followed(words) : ours;
      if (host === undefined) return [];
      const outside = ours === "" ? isElsewhere(subject.graph, resource, host) : true;
      if (outside === undefined) return [undecided(part, `whether ${host} is in the cluster`, { why: "elsewhere" })];
      if (!outside)
        return [told(resource, part, { ok: true, message: `follows ${host}, which is in its own cluster`, fix: "" })];
      const priority = settingOf(words, "(?:replica|slave)-priority", whole, 100);
      if (!priority.known) return [undecided(part, "replica-priority", priority)];
      return [
        told(resource, part, {
          ok: priority.value === 0,
          message: `follows ${host} with replica-priority ${priority.value}`,
          fix: "replica-priority 0, and promote it by hand",
        }),
      ];
    }),
};

const watchedNearby: Rule = {
  id: "sentinels-beside-primary",
  title: "Sentinels watch a primary of their own cluster",
  about:
    "Seen from another region a slow line is a dead primary: Sentinels there would vote it down, and make master whom the others cannot reach.",
  severity: inProd,
  peers: [],
  check: (subject) =>
    redisIn(subject).flatMap(({ resource, part }) =>
      [...new Set(watched(serverWords(subject.graph, resource)))].map((host) => {
        const outside = isElsewhere(subject.graph, resource, host);
        if (outside === undefined) return undecided(part, `whether ${host} is in the cluster`, { why: "elsewhere" });
        return told(resource, part, {
          ok: !outside,
          message: `Sentinels watch ${host}`,
          fix: "let a copy follow it without Sentinels, and start them when a person has promoted it",
        });
      }),
    ),
};

export const cacheRules: readonly Rule[] = [neverElected, watchedNearby];
