import type { BalancerTarget, MachineDisk, PartKey, ReadPart } from "../model";
import { count, finding, onValue, partsOf, undecided, valueAt } from "./finding";
import { advice, beyondDev, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

/** Parts that have machines of their own, and where in them these stand. */
function machinesOf(subject: Subject): readonly (readonly [part: ReadPart, path: string])[] {
  return [
    ...partsOf(subject.parts, "replica-group").flatMap((part) => {
      const kind = valueAt(part, "runtime.kind");
      return kind.known && kind.value === "instance-group" ? [[part, "runtime.machine"] as const] : [];
    }),
    ...partsOf(subject.parts, "node-pool").map((part) => [part, "machine"] as const),
  ];
}

/** Parts that a balancer of this program sends to. */
function balanced(subject: Subject): ReadonlySet<PartKey> {
  const keys = new Set<PartKey>();
  for (const balancer of partsOf(subject.parts, "load-balancer")) {
    const targets = valueAt(balancer, "targets");
    if (!targets.known) continue;
    for (const { part } of targets.value as readonly BalancerTarget[]) keys.add(part);
  }
  return keys;
}

const replacedWhenIll: Rule = {
  id: "replaced-when-ill",
  title: "A machine that fails its balancer's probe is replaced",
  about:
    "A machine that runs and answers nothing stays in the group for ever unless the group listens to the balancer.",
  severity: beyondDev,
  peers: ["CKV2_AWS_15", "cdk-nag AS2", "SecurityHub AutoScaling.1*"],
  check: (subject) => {
    const behind = balanced(subject);
    return partsOf(subject.parts, "replica-group").flatMap((group): readonly Finding[] => {
      const kind = valueAt(group, "runtime.kind");
      if (!kind.known || kind.value !== "instance-group" || !behind.has(group.key)) return [];
      return [
        onValue<string>(group, "runtime.healthCheck", (check) => ({
          ok: check === "balancer",
          message: check === "balancer" ? "the balancer's probe counts" : "only a machine that is gone is replaced",
          fix: 'let an auto-scaling group hold them, with healthCheckType "ELB"',
        })),
      ];
    });
  },
};

const GROUP = "aws:autoscaling/group:Group";

const fromTemplate: Rule = {
  id: "machines-from-template",
  title: "Machines start from a launch template",
  about: "Launch configurations get no new instance types and no features, and no new account may create one.",
  severity: advice,
  peers: ["CKV_AWS_315"],
  check: ({ graph }) =>
    graph.ofType(GROUP).map((group) => {
      const old = group.inputs["launchConfiguration"] !== undefined;
      return finding(null, {
        ok: !old,
        message: `${group.name}: ${old ? "launch configuration" : "launch template"}`,
        fix: "give it a launchTemplate instead of launchConfiguration",
      });
    }),
};

const needsToken: Rule = {
  id: "metadata-needs-token",
  title: "A machine's metadata answers only to requests with a token",
  about: "Without a token whoever makes the service fetch a URL gets the machine's credentials.",
  severity: beyondDev,
  peers: ["CKV_AWS_79", "CKV_AWS_341"],
  check: (subject) =>
    machinesOf(subject).map(([part, path]) =>
      onValue<boolean>(part, `${path}.metadataNeedsToken`, (ok) => ({
        ok,
        message: ok ? "asks for a token" : "answers to anybody on the machine",
        fix: 'set metadataOptions.httpTokens to "required"',
      })),
    ),
};

function encrypted(part: ReadPart, path: string): Finding {
  const disks = valueAt(part, path);
  if (!disks.known) return undecided(part.key, path, disks);
  const open = (disks.value as readonly MachineDisk[]).filter(({ atRest }) => !atRest).length;
  const all = (disks.value as readonly MachineDisk[]).length;
  return finding(part.key, {
    ok: open === 0,
    message: open === 0 ? `${count(all, "disk")} encrypted` : `${open} of ${count(all, "disk")} not encrypted`,
    fix: "set encrypted, or encrypt by default in the account",
  });
}

const disksEncrypted: Rule = {
  id: "disks-encrypted",
  title: "Disks are encrypted",
  about: "A snapshot or a disk that is given on carries all that was ever written to it.",
  severity: inProd,
  peers: ["CKV_AWS_3", "CKV_AWS_8", "AWS-0008", "AWS-0026"],
  check: (subject) => [
    ...machinesOf(subject).map(([part, path]) => encrypted(part, `${path}.disks`)),
    ...partsOf(subject.parts, "volume").map((volume) =>
      onValue<boolean>(volume, "atRest", (ok) => ({
        ok,
        message: ok ? "encrypted" : "not encrypted",
        fix: "set encrypted, or encrypt by default in the account",
      })),
    ),
  ],
};

export const machineRules: readonly Rule[] = [replacedWhenIll, fromTemplate, needsToken, disksEncrypted];
