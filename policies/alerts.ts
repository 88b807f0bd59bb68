import type { AlertSignal, BalancerTarget, PartKey } from "../model";
import { count, doorsOf, finding, onValue, partsOf, undecided, valueAt } from "./finding";
import { arePods } from "./replica-group";
import { beyondDev, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

type Watched = ReturnType<typeof partsOf<"alert">>[number];

/** Alerts by the replica group that they watch, itself or through the balancer in front of it; under null those that watch who knows what. */
function alertsOf(subject: Subject): ReadonlyMap<PartKey | null, readonly Watched[]> {
  const behind = new Map<PartKey, PartKey[]>();
  for (const balancer of doorsOf(subject.parts)) {
    const targets = valueAt(balancer, "targets");
    if (targets.known)
      behind.set(
        balancer.key,
        (targets.value as readonly BalancerTarget[]).map(({ part }) => part),
      );
  }
  const watching = new Map<PartKey | null, Watched[]>();
  for (const alert of partsOf(subject.parts, "alert")) {
    const watches = valueAt(alert, "watches");
    const keys = watches.known ? [watches.value as PartKey, ...(behind.get(watches.value as PartKey) ?? [])] : [null];
    for (const key of keys) {
      const known = watching.get(key);
      if (known) known.push(alert);
      else watching.set(key, [alert]);
    }
  }
  return watching;
}

const somebodyTold: Rule = {
  id: "alarms-notify",
  title: "Somebody is told when a replica group is ill",
  about: "An outage lasts until somebody knows of it.",
  severity: beyondDev,
  peers: [],
  check: (subject) => {
    const watching = alertsOf(subject);
    return partsOf(subject.parts, "replica-group").map((group): Finding => {
      const alerts = watching.get(group.key) ?? [];
      const notifies = alerts.map((alert) => valueAt(alert, "notifies"));
      const telling = notifies.filter((leaf) => leaf.known && leaf.value === true).length;
      const open = notifies.some((leaf) => !leaf.known) || (alerts.length === 0 && watching.has(null));
      if (telling === 0 && open) return undecided(group.key, "whom its alarms tell", { why: "after-deploy" });
      return finding(group.key, {
        ok: telling > 0,
        message: `${telling} of ${count(alerts.length, "alarm")} tell somebody`,
        fix: "name alerts.emails or an existing topic",
        fixByHand: arePods(group)
          ? "add a PrometheusRule that watches it, each alert with a label severity"
          : "give it an alarm whose alarmActions name an SNS topic",
      });
    });
  },
};

const eachTells: Rule = {
  id: "no-silent-alarm",
  title: "Every alarm tells somebody",
  about: "An alarm that tells nobody is paid for and seen by nobody.",
  severity: inProd,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "alert").map((alert) =>
      onValue<boolean>(alert, "notifies", (ok) => ({
        ok,
        message: ok ? "tells somebody" : "tells nobody",
        fix: "give it the topic as alarm action",
      })),
    ),
};

/** What silence means, by signal: no host answering is the outage itself; no errors counted is no error. */
const silence: Partial<Readonly<Record<AlertSignal, "breaching" | "not-breaching">>> = {
  "healthy-below-need": "breaching",
  "all-replicas-down": "breaching",
  "running-below-minimum": "breaching",
  "server-errors": "not-breaching",
  "error-share": "not-breaching",
  "response-time": "not-breaching",
  "availability-burn": "not-breaching",
  "nat-ports": "not-breaching",
};

const silenceRead: Rule = {
  id: "silence-read-right",
  title: "An alarm reads missing data as what it means",
  about: "A count of errors has gaps when all is well; a count of healthy hosts has gaps when nothing is left.",
  severity: beyondDev,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "alert").flatMap((alert): readonly Finding[] => {
      const signal = valueAt(alert, "signal");
      if (!signal.known) return [undecided(alert.key, "signal", signal)];
      const meant = silence[signal.value as AlertSignal];
      if (meant === undefined) return [];
      return [
        onValue<string>(alert, "missingData", (missing) => ({
          ok: missing === meant,
          message: `missing data of ${String(signal.value)} is ${missing}`,
          fix: `treat missing data as ${meant}`,
        })),
      ];
    }),
};

const topicHeard: Rule = {
  id: "topic-subscribed",
  title: "The topic has a subscriber",
  about: "A message to a topic without a subscriber is lost.",
  severity: inProd,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "alert-topic").map((topic) =>
      onValue<readonly unknown[]>(topic, "subscriptions", (heard) => ({
        ok: heard.length > 0,
        message: `${heard.length} subscribers`,
        fix: "name alerts.emails",
        fixByHand: "subscribe somebody to the topic",
      })),
    ),
};

/** Signals that tell of lost replicas while others are left. */
const tooFew: ReadonlySet<AlertSignal> = new Set(["healthy-below-need", "unhealthy-replicas", "running-below-minimum"]);

const floorWatched: Rule = {
  id: "need-watched",
  title: "Somebody is told before the peak is no longer carried",
  about: "Spare replicas fail unseen until there is none left.",
  severity: inProd,
  peers: [],
  check: (subject) => {
    const watching = alertsOf(subject);
    return partsOf(subject.parts, "replica-group").map((group): Finding => {
      const signals = (watching.get(group.key) ?? []).map((alert) => valueAt(alert, "signal"));
      if (signals.some((signal) => signal.known && tooFew.has(signal.value as AlertSignal)))
        return finding(group.key, { ok: true, message: "too few replicas raise an alarm", fix: "" });
      if (watching.has(null) || signals.some((signal) => !signal.known))
        return undecided(group.key, "what its alarms watch", { why: "unreadable" });
      return finding(group.key, {
        ok: false,
        message: "no alarm on too few replicas",
        fix: arePods(group)
          ? "add an alert on the pods that are available: kube_deployment_status_replicas_available or the like"
          : "add an alarm on healthy hosts or running tasks",
      });
    });
  },
};

export const alertRules: readonly Rule[] = [somebodyTold, eachTells, silenceRead, topicHeard, floorWatched];
