import { looksSecret, numberAt, type ReadPart, type ReplicaGroup } from "../model";
import { advised, demandOf, finding, floorOf, onValue, partsOf, undecided, valueAt } from "./finding";
import { otherImages } from "./kubernetes/images";
import { besideSettings, otherSettings } from "./kubernetes/settings";
import { logsOf } from "./logs";
import { advice, beyondDev, inProd } from "./rule";
import { spotRules } from "./spot";
import type { Finding, Rule, Subject } from "./rule";

type Group = ReturnType<typeof partsOf<"replica-group">>[number];

function eachGroup(check: (group: Group) => Finding): (subject: Subject) => readonly Finding[] {
  return (subject) => partsOf(subject.parts, "replica-group").map(check);
}

/** Each replica is a machine: its image, its rollout and what it logs are another's business than a container's. */
export function isMachine(group: Group): boolean {
  const kind = valueAt(group, "runtime.kind");
  return kind.known && kind.value === "instance-group";
}

/** Pods of a Deployment or the like. */
export function arePods(group: Group): boolean {
  const kind = valueAt(group, "runtime.kind");
  return kind.known && kind.value === "kubernetes";
}

/** Rules about what runs inside a container: silent where each replica is a machine. */
function eachContainer(check: (group: Group) => Finding): (subject: Subject) => readonly Finding[] {
  return (subject) =>
    partsOf(subject.parts, "replica-group")
      .filter((group) => !isMachine(group))
      .map(check);
}

const imagePinned: Rule = {
  id: "image-pinned",
  title: "An image is named by its digest",
  about:
    "A tag can be moved: two replicas of one group then run different code, and a roll back brings the broken one back.",
  severity: inProd,
  peers: ["CKV_K8S_43", "KSV-0013"],
  check: (subject) => [
    ...eachGroup((group) => {
      const machine = isMachine(group);
      const beside = valueAt(group, "sidecars");
      if (!beside.known) return undecided(group.key, "sidecars", beside);
      const sidecars = (beside.value as ReplicaGroup["sidecars"]).map(({ image }) => image);
      const found = onValue<ReplicaGroup["image"]>(group, "image", (own) => ({
        ok: [own, ...sidecars].every(({ pinned }) => pinned),
        message: (own.pinned ? [...sidecars.filter(({ pinned }) => !pinned), own] : [own])[0]?.reference ?? "",
        fix: machine ? "name the image by its id: ami-..." : "name the image by its digest: repository@sha256:...",
      }));
      // Which image a look-up finds shows at the deploy; once found it cannot change.
      return machine && found.verdict === "undecided" ? advised(found) : found;
    })(subject),
    ...otherImages(subject),
  ],
};

/** A Deployment never goes back by itself: it waits for pods that get ready, and whether the old ones still serve is in how many it may take. */
function stopsWhole(group: Group): Finding {
  const probes = valueAt(group, "probes");
  if (!probes.known) return undecided(group.key, "probes", probes);
  const asked = (probes.value as ReplicaGroup["probes"]).some(({ role }) => role === "readiness");
  return onValue<number>(group, "rollout.unavailable", (unavailable) => ({
    ok: asked && unavailable === 0,
    message: !asked
      ? "nothing asks whether new pods are ready: a rollout goes on over ones that fail"
      : unavailable === 0
        ? "stops at the first pod that does not get ready, with every old one serving; a person or a GitOps tool goes back"
        : `stops at the first pods that do not get ready, with ${unavailable} fewer serving, until a person goes back`,
    fix: asked ? "set strategy.rollingUpdate.maxUnavailable to 0" : "add a readinessProbe",
  }));
}

const rollsBack: Rule = {
  id: "rollout-rolls-back",
  title: "A rollout that fails rolls back by itself, or stops with everything old still serving",
  about: "Deploys cost more minutes than machines do; those that nobody has to notice cost least.",
  severity: beyondDev,
  peers: [],
  check: eachGroup((group) => {
    if (arePods(group)) return stopsWhole(group);
    const machine = isMachine(group);
    const found = onValue<boolean>(group, "rollout.rollsBack", (ok) => ({
      ok,
      message: ok ? "rolls back" : "stays where it failed",
      fix: machine ? "set instanceRefresh.preferences.autoRollback" : "turn deploymentCircuitBreaker on, with rollback",
    }));
    // Machines are often replaced by another tool, which this program does not show.
    return machine ? advised(found) : found;
  }),
};

const keepsNeed: Rule = {
  id: "rollout-keeps-need",
  title: "A rollout leaves as many replicas as the peak needs",
  about: "A deploy at the peak must not be an outage.",
  severity: beyondDev,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "replica-group").map((group) => {
      const floor = floorOf(group);
      if (!floor.known) return undecided(group.key, floor.path, floor);
      const need = demandOf(subject.basis, group.key)?.need ?? 1;
      const machine = isMachine(group);
      const found = onValue<number>(group, "rollout.unavailable", (unavailable) => ({
        ok: floor.value - unavailable >= Math.min(need, floor.value),
        message: `${floor.value} less ${unavailable} leave ${floor.value - unavailable}; ${Math.min(need, floor.value)} are needed`,
        fix: machine
          ? "set instanceRefresh.preferences.minHealthyPercentage to 100"
          : arePods(group)
            ? takesAllFirst(group, floor.value)
              ? "start new pods first: strategy RollingUpdate with maxSurge 1 and maxUnavailable 0 (Recreate takes every pod away before it starts one)"
              : "set strategy.rollingUpdate.maxUnavailable to 0"
            : "set deploymentMinimumHealthyPercent to 100",
      }));
      return machine && found.verdict === "undecided" ? advised(found) : found;
    }),
};

/** Nothing more, and nothing left, as of a Deployment with strategy Recreate. */
function takesAllFirst(group: ReadPart, floor: number): boolean {
  return numberAt(group, "rollout", "surge") === 0 && numberAt(group, "rollout", "unavailable") === floor;
}

const watchesAlarms: Rule = {
  id: "rollout-watches-alarms",
  title: "A rollout stops on alarms",
  about: "A new version can pass its probe and still answer with errors.",
  severity: advice,
  peers: [],
  check: eachGroup((group) =>
    onValue<boolean>(group, "rollout.watchesAlarms", (ok) => ({
      ok,
      message: ok ? "watches alarms" : "looks at its own probe alone",
      fix: isMachine(group)
        ? "name alarms in instanceRefresh.preferences.alarmSpecification"
        : arePods(group)
          ? "a Deployment watches none; a controller of progressive deliveries (Argo Rollouts, Flagger) does"
          : "name deployment alarms; behind an existing balancer nines plans none, and a transform of the service may name its owner's",
      ...(isMachine(group) || arePods(group)
        ? {}
        : { fixByHand: "name them in its alarms, with enable and rollback on" }),
    })),
  ),
};

const logsKept: Rule = {
  id: "logs-kept",
  title: "Logs are kept, and not for ever",
  about: "Without logs no outage is explained; without an end they cost more each month.",
  severity: beyondDev,
  peers: [],
  check: eachContainer(logsOf),
};

const rebalanced: Rule = {
  id: "zones-rebalanced",
  title: "Replicas move back after a zone returns",
  about:
    "After the loss of a zone its replicas run elsewhere; unless they move back, the next loss takes more than was planned.",
  severity: advice,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "replica-group").flatMap((group): readonly Finding[] => {
      const kind = valueAt(group, "runtime.kind");
      if (kind.known && kind.value !== "ecs-fargate") return [];
      return [
        onValue<boolean>(group, "runtime.rebalancing", (ok) => ({
          ok,
          message: `zone rebalancing ${ok ? "on" : "off"}`,
          fix: "set availabilityZoneRebalancing to ENABLED",
        })),
      ];
    }),
};

const noPlainSecret: Rule = {
  id: "no-plain-secret",
  title: "No secret stands in plain settings",
  about:
    "Plain settings, arguments and files are shown to everybody who may describe a task or read the repository, and are kept in every old revision.",
  severity: beyondDev,
  peers: [],
  check: (subject) => [
    ...eachContainer((group) => {
      const beside = besideSettings(subject, group.key);
      const settings = valueAt(group, "environment");
      if (!settings.known && beside.length === 0) return undecided(group.key, "environment", settings);
      const sidecars = valueAt(group, "sidecars");
      if (!sidecars.known && beside.length === 0) return undecided(group.key, "sidecars", sidecars);
      const own = settings.known ? (settings.value as ReplicaGroup["environment"]) : [];
      const others = sidecars.known ? (sidecars.value as ReplicaGroup["sidecars"]) : [];
      const found = [
        ...own.map((each) => ({ shown: each.name, ...each })),
        ...others.flatMap(({ name: sidecar, environment }) =>
          environment.map(({ name, value }) => ({ shown: `${name} of ${sidecar}`, name, value })),
        ),
      ]
        .flatMap(({ shown, name, value }) => {
          const why = looksSecret(name, value);
          return why === null ? [] : [`${shown} ${why}`];
        })
        .concat(beside);
      // The value itself is never printed.
      return finding(group.key, {
        ok: found.length === 0,
        message: found.length === 0 ? "nothing looks like a secret" : found.join(", "),
        fix: 'move it to secrets: { NAME: { create: "secret-manager" } }',
        fixByHand: arePods(group)
          ? "keep it in a Secret, and take it from there: valueFrom.secretKeyRef"
          : "move it to a secret, and name that in the container's secrets",
      });
    })(subject),
    ...otherSettings(subject),
  ],
};

export const replicaGroupRules: readonly Rule[] = [
  imagePinned,
  rollsBack,
  keepsNeed,
  watchesAlarms,
  logsKept,
  rebalanced,
  ...spotRules,
  noPlainSecret,
];
