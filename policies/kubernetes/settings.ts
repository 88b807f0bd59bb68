import { asText, inside, listOf } from "../../components/leaf.read";
import type { Finding, Subject } from "../rule";
import { everyContainer, onPod, podMakers } from "./workloads";

/**
 * Plain settings of what is no replica group (those are judged as Parts): a store, a job, what runs on each node.
 * @param looks why a setting looks like a secret; null: it does not
 */
export function otherSettings(
  subject: Subject,
  looks: (name: string, value: string) => string | null,
): readonly Finding[] {
  const groups = new Set(subject.parts.filter(({ kind }) => kind === "replica-group").map(({ key }) => key));
  return podMakers(subject)
    .filter(({ part }) => part === null || !groups.has(part))
    .map((workload) =>
      onPod(workload, ["containers", "initContainers"], (spec) => {
        const found = everyContainer(spec).flatMap(({ name: container, value }) =>
          listOf(inside(value, "env")).flatMap((each) => {
            const [name, setting] = ["name", "value"].map((key) => asText(inside(each, key) ?? null));
            const why = name === undefined || setting === undefined ? null : looks(name, setting);
            return why === null ? [] : [`${name ?? ""} of ${container} ${why}`];
          }),
        );
        return {
          ok: found.length === 0,
          message: found.length === 0 ? "nothing looks like a secret" : found.join(", "),
          fix: "keep it in a Secret, and take it from there: valueFrom.secretKeyRef",
        };
      }),
    );
}
