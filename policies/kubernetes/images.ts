import { asText, inside } from "../../components/leaf.read";
import { textOf, type Value } from "../../model";
import { beyondDev } from "../rule";
import type { Finding, Rule, Subject } from "../rule";
import { everyContainer, onPod, podMakers, told, type Workload } from "./workloads";

const CONTAINERS = ["containers", "initContainers"];

const imageOf = (value: Value): string => asText(inside(value, "image") ?? null) ?? "";

/** A tag, and none that moves; a digest is better still. */
const named = /@sha256:|:(?!latest$)[\w][\w.-]*$/;

const tagged: Rule = {
  id: "image-tagged",
  title: "An image is named by more than what is newest",
  about:
    "Without a tag it is `latest`: each pod runs what was newest when its node pulled it, and no roll back knows what ran.",
  severity: beyondDev,
  peers: ["kube-score container-image-tag", "kube-linter latest-tag", "Polaris tagNotSpecified"],
  check: (subject) =>
    podMakers(subject).map((workload): Finding =>
      onPod(workload, CONTAINERS, (spec) => {
        const newest = everyContainer(spec).filter(({ value }) => !named.test(imageOf(value)));
        return {
          ok: newest.length === 0,
          message:
            newest.length === 0
              ? "all have a tag or a digest"
              : newest.map(({ name, value }) => `${name}: ${textOf(inside(value, "image"))}`).join(", "),
          fix: "name the image by its digest: repository@sha256:...",
        };
      }),
    ),
};

/** Repository and tag of an image that is named by both, and its digest. */
const both = /^([^@]+:[\w][\w.-]*)@(sha256:[0-9a-f]+)$/;

const agreed: Rule = {
  id: "digests-agree",
  title: "One tag stands beside one digest",
  about:
    "Beside a digest the tag is only read by people: where two digests carry one tag, one of them is not what it says.",
  severity: beyondDev,
  peers: [],
  check: (subject) => {
    const digests = new Map<string, Set<string>>();
    const images = (workload: Workload): readonly (readonly [string, string])[] =>
      everyContainer(inside(workload.pod, "spec")).flatMap(({ value }) => {
        const [, tag, digest] = both.exec(imageOf(value)) ?? [];
        return tag === undefined || digest === undefined ? [] : [[tag, digest] as const];
      });
    const makers = podMakers(subject);
    for (const workload of makers)
      for (const [tag, digest] of images(workload)) digests.set(tag, (digests.get(tag) ?? new Set()).add(digest));
    return makers.flatMap((workload): readonly Finding[] => {
      const own = images(workload);
      if (own.length === 0) return [];
      const torn = own.flatMap(([tag]) => ((digests.get(tag)?.size ?? 0) > 1 ? [tag] : []));
      return [
        told(workload.resource, workload.part, {
          ok: torn.length === 0,
          message: torn.length === 0 ? "each tag has one digest" : `${torn.join(", ")} stands beside two digests`,
          fix: "find out which digest the tag is, and name that one everywhere",
        }),
      ];
    });
  },
};

/** What nines puts into a cache where nobody names another: the projects' images by their versions. Whoever reads them judges them alike. */
const ownPrograms = /^docker\.io\/(?:library\/(?:redis|haproxy)|valkey\/valkey):\d[\w.-]*$/;

/** Images of what is no replica group (those are judged as Parts): a store, a job, what runs on each node. */
export function otherImages(subject: Subject): readonly Finding[] {
  const groups = new Set(subject.parts.filter(({ kind }) => kind === "replica-group").map(({ key }) => key));
  return podMakers(subject)
    .filter(({ part }) => part === null || !groups.has(part))
    .map((workload) =>
      onPod(workload, CONTAINERS, (spec) => {
        const moving = everyContainer(spec).filter(({ value }) => !imageOf(value).includes("@sha256:"));
        return {
          ok: moving.length === 0,
          message:
            moving.length === 0
              ? "named by digest"
              : [...new Set(moving.map(({ value }) => textOf(inside(value, "image"))))].join(", "),
          fix: "name the image by its digest: repository@sha256:...",
          ...(moving.every(({ value }) => ownPrograms.test(imageOf(value))) ? { severity: "advisory" as const } : {}),
        };
      }),
    );
}

export const imageRules: readonly Rule[] = [tagged, agreed];
