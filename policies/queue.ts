import type { Queue } from "../model";
import { count, finding, onValue, partsOf, undecided } from "./finding";
import { advice, beyondDev, inProd } from "./rule";
import type { Finding, Rule } from "./rule";
import { at } from "../model";

const deadLetter: Rule = {
  id: "queue-dead-letter",
  title: "What a queue cannot work off goes to a dead-letter queue",
  about:
    "A message that nobody can work off comes back until it expires, before all others, and is then lost without a word.",
  severity: inProd,
  peers: ["cdk-nag SQS3"],
  check: ({ parts }) =>
    partsOf(parts, "queue").flatMap((queue): readonly Finding[] => {
      const takes = at(queue, "isDeadLetter");
      if (takes.known && takes.value === true) return [];
      const held = at(queue, "deadLetter");
      if (!held.known) return [undecided(queue.key, "deadLetter", held)];
      const target = held.value as { readonly afterReceipts: unknown } | null;
      const after = typeof target?.afterReceipts === "number" ? ` after ${count(target.afterReceipts, "receipt")}` : "";
      return [
        finding(queue.key, {
          ok: target !== null,
          message: target === null ? "no dead-letter queue" : `to a dead-letter queue${after}`,
          fix: "give it a redrivePolicy with a queue and a maxReceiveCount",
        }),
      ];
    }),
};

const keptLonger: Rule = {
  id: "dead-letter-kept-longer",
  title: "A dead-letter queue keeps messages at least as long as the queue before it",
  about: "A message that moves keeps its first day: one that waited for long is gone soon after it arrives.",
  severity: advice,
  peers: [],
  check: ({ parts }) => {
    const queues = partsOf(parts, "queue");
    const byKey = new Map(queues.map((queue) => [queue.key, queue]));
    return queues.flatMap((queue): readonly Finding[] => {
      const target = at(queue, "deadLetter", "queue");
      const letters = target.known ? byKey.get(target.value as Queue["key"]) : undefined;
      if (letters === undefined) return [];
      const [own, theirs] = [at(queue, "keepSeconds"), at(letters, "keepSeconds")];
      if (!own.known) return [undecided(queue.key, "keepSeconds", own)];
      if (!theirs.known) return [undecided(letters.key, "keepSeconds", theirs)];
      return [
        finding(letters.key, {
          ok: Number(theirs.value) >= Number(own.value),
          message: `keeps ${Number(theirs.value)} s, the queue before it ${Number(own.value)} s`,
          fix: `set messageRetentionSeconds: 1209600, the most there is`,
        }),
      ];
    });
  },
};

const encrypted: Rule = {
  id: "queue-encrypted",
  title: "Messages are encrypted while they wait",
  about: "Whoever gets hold of a disk reads what waits on it.",
  severity: beyondDev,
  peers: ["CKV_AWS_27*", "cdk-nag SQS2*"],
  check: ({ parts }) =>
    partsOf(parts, "queue").map((queue) =>
      onValue<boolean>(queue, "atRest", (ok) => ({
        ok,
        message: ok ? "encrypted at rest" : "not encrypted at rest",
        fix: "set sqsManagedSseEnabled: true, or a kmsMasterKeyId",
      })),
    ),
};

const tlsOnly: Rule = {
  id: "queue-tls",
  title: "A queue refuses requests without TLS",
  about: "The endpoint answers plain HTTP too, and what is sent there is read by whoever carries it.",
  severity: advice,
  peers: ["cdk-nag SQS4"],
  check: ({ parts }) =>
    partsOf(parts, "queue").map((queue) =>
      onValue<boolean>(queue, "inTransit", (ok) => ({
        ok,
        message: ok ? "refuses plain HTTP" : "answers plain HTTP",
        fix: "deny requests where aws:SecureTransport is false in its policy",
      })),
    ),
};

export const queueRules: readonly Rule[] = [deadLetter, keptLonger, encrypted, tlsOnly];
