import { tlsPolicies } from "../catalog/aws/tls-policies";
import { textAt } from "../model";
import type { BalancerTarget, Exposure, Listener } from "../model";
import { doorsOf, finding, onValue, partsOf, undecided, valueAt } from "./finding";
import { isMachine } from "./replica-group";
import { advice, beyondDev, inProd } from "./rule";
import type { Finding, Rule, Subject } from "./rule";

type Balancer = ReturnType<typeof partsOf<"load-balancer">>[number];

function eachBalancer(check: (balancer: Balancer) => Finding): (subject: Subject) => readonly Finding[] {
  return (subject) => partsOf(subject.parts, "load-balancer").map(check);
}

/** A network balancer's listener says nothing of what is in the bytes that it passes on. */
function isNetwork(balancer: Balancer): boolean {
  return textAt(balancer, "runtime", "kind") === "nlb";
}

/** A Service of type LoadBalancer: bytes are passed on to its pods. Where its ports say that they are HTTP's, they are judged as any other. */
function isService(balancer: Balancer): boolean {
  return textAt(balancer, "runtime", "kind") === "service";
}

/** Of balancers that are not `aside`. */
function eachBut(
  aside: (balancer: Balancer) => boolean,
  check: (balancer: Balancer) => Finding,
): (subject: Subject) => readonly Finding[] {
  return (subject) => partsOf(subject.parts, "load-balancer").flatMap((each) => (aside(each) ? [] : [check(each)]));
}

/** They do not understand requests. */
function passesBytes(balancer: Balancer): boolean {
  return isNetwork(balancer) || isService(balancer);
}

/** Objects of a cluster, not a provider's balancer. */
function isObject(balancer: Balancer): boolean {
  return ["gateway-api", "ingress", "service"].includes(textAt(balancer, "runtime", "kind") ?? "");
}

/** Inside a private network plain HTTP is advice: without a domain there is no certificate to be had. */
function milder(balancer: Balancer): { readonly severity?: "advisory" } {
  const exposure = valueAt(balancer, "exposure");
  return exposure.known && exposure.value === "private" ? { severity: "advisory" } : {};
}

const deletionProtected: Rule = {
  id: "balancer-deletion-protected",
  title: "A balancer cannot be deleted by accident",
  about: "Its name and addresses are what callers hold; a deleted one comes back with others.",
  severity: inProd,
  peers: ["CKV_AWS_150", "Config elb-deletion-protection-enabled"],
  check: (subject) =>
    partsOf(subject.parts, "load-balancer")
      // An object has no field for it: what protects one is an option of Pulumi, which manifests cannot hold.
      .filter((balancer) => subject.plan !== null || !isObject(balancer))
      .map((balancer) =>
        onValue<boolean>(balancer, "protection.deletion", (ok) => ({
          ok,
          message: `deletion protection ${ok ? "on" : "off"}`,
          fix: "set protect: true",
          fixByHand: "set enableDeletionProtection: true",
        })),
      ),
};

const accessLogs: Rule = {
  id: "balancer-logs",
  title: "A balancer logs its requests",
  about: "After an incident the access log is the only record of who was turned away.",
  severity: inProd,
  peers: ["CKV_AWS_91", "cdk-nag ELB2"],
  check: eachBalancer((balancer) =>
    onValue<boolean>(balancer, "protection.logs", (ok) => ({
      ok,
      message: `access logs ${ok ? "on" : "off"}`,
      fix: "send access logs to a bucket",
    })),
  ),
};

function spoken(listeners: readonly Listener[]): string {
  const floors = [...new Set(listeners.flatMap(({ tlsFloor: floor }) => floor ?? []))];
  return floors.length === 0 ? "passes on what callers encrypt themselves" : `TLS ${floors.join(", ")} or later`;
}

/** Its cloud passes on what comes, so it redirects nothing by itself. */
const BY_ANOTHER_DOOR = "lead callers in by a Gateway or an Ingress with a certificate, and make this type ClusterIP";

const tlsFloor: Rule = {
  id: "tls-floor",
  title: "Listeners speak TLS 1.2 or later",
  about: "Older protocols are broken, and plain text is read by whoever carries it.",
  severity: beyondDev,
  peers: ["CKV_AWS_103", "CKV2_AWS_74", "AWS-0047"],
  check: eachBalancer((balancer) =>
    onValue<readonly Listener[]>(balancer, "listeners", (listeners) => {
      const plainText = isNetwork(balancer)
        ? []
        : listeners.filter(({ tlsFloor: floor, redirects }) => floor === null && !redirects);
      const broken = listeners.filter(({ tlsFloor: floor }) => floor === "1.0" || floor === "1.1");
      if (listeners.length === 0) return { ok: false, message: "no listener", fix: "give it a listener" };
      // There is a certificate already, so nothing stands in the way: no milder inside a private network.
      if (broken.length > 0)
        return {
          ok: false,
          message: broken.map(({ port, tlsFloor: floor }) => `port ${port} accepts TLS ${floor ?? ""}`).join(", "),
          fix: `give the listener a policy that begins at TLS 1.2, such as ${tlsPolicies["1.2"]}`,
        };
      return {
        ok: plainText.length === 0,
        message:
          plainText.length === 0
            ? spoken(listeners)
            : `port ${plainText.map(({ port }) => port).join(", ")} answers in plain text`,
        fix: "give the environment a domain, and with it a certificate",
        fixByHand: isService(balancer)
          ? BY_ANOTHER_DOOR
          : "give it a listener with a certificate, and let this one redirect to it",
        ...milder(balancer),
      };
    }),
  ),
};

const httpRedirects: Rule = {
  id: "http-redirects",
  title: "Plain HTTP only redirects to TLS",
  about: "A browser tries HTTP first; the answer must lead to TLS and carry nothing else.",
  severity: beyondDev,
  peers: ["CKV2_AWS_20", "AWS-0054"],
  check: eachBut(isNetwork, (balancer) =>
    onValue<readonly Listener[]>(balancer, "listeners", (listeners) => {
      const answers = listeners.filter((listener) => listener.tlsFloor === null && !listener.redirects);
      return {
        ok: answers.length === 0,
        message:
          answers.length === 0
            ? "plain HTTP is redirected or absent"
            : `port ${answers.map((listener) => listener.port).join(", ")} does not redirect`,
        fix: "redirect to a TLS listener",
        ...(isService(balancer) ? { fixByHand: BY_ANOTHER_DOOR } : {}),
        ...milder(balancer),
      };
    }),
  ),
};

const headersDropped: Rule = {
  id: "invalid-headers-dropped",
  title: "Invalid headers are dropped",
  about: "What the balancer and the service read differently is how requests are smuggled.",
  severity: beyondDev,
  peers: ["CKV_AWS_131", "AWS-0052"],
  check: eachBut(passesBytes, (balancer) =>
    onValue<boolean>(balancer, "protection.dropsInvalidHeaders", (ok) => ({
      ok,
      message: `invalid headers ${ok ? "dropped" : "passed on"}`,
      fix: "turn dropInvalidHeaderFields on",
    })),
  ),
};

const rateLimited: Rule = {
  id: "internet-rate-limited",
  title: "A balancer on the internet has a web firewall in front",
  about: "One caller can ask for more than all the others together.",
  severity: advice,
  peers: ["CKV2_AWS_28", "CKV2_AWS_31", "AWS-0011"],
  check: (subject) =>
    partsOf(subject.parts, "load-balancer").flatMap((balancer): readonly Finding[] => {
      // A web firewall does not attach to a network balancer (AWS WAF, AssociateWebACL), nor to the one of a Service.
      if (passesBytes(balancer)) return [];
      const exposure = valueAt(balancer, "exposure");
      if (!exposure.known) return [undecided(balancer.key, "exposure", exposure)];
      if ((exposure.value as Exposure) !== "internet") return [];
      return [
        onValue<number | null>(balancer, "protection.rateLimitPerSecond", (limit) => ({
          ok: limit !== null,
          message: limit === null ? "on the internet without a rate limit" : `${limit} requests a second a caller`,
          fix: "attach a web ACL with a rate rule",
        })),
      ];
    }),
};

const crossZone: Rule = {
  id: "balancer-cross-zone",
  title: "A network balancer sends to the replicas of every zone",
  about:
    "Each zone gets the same share of connections, however few replicas it has; a zone whose replicas are gone still gets its share until its name is withdrawn.",
  severity: advice,
  peers: ["CKV_AWS_152"],
  check: (subject) =>
    partsOf(subject.parts, "load-balancer").flatMap((balancer): readonly Finding[] =>
      isNetwork(balancer)
        ? [
            onValue<boolean>(balancer, "runtime.crossZone", (ok) => ({
              ok,
              message: ok ? "over all zones" : "each zone for itself",
              fix: "turn enableCrossZoneLoadBalancing on; bytes between zones are then billed",
            })),
          ]
        : [],
    ),
};

const zonalShift: Rule = {
  id: "balancer-zonal-shift",
  title: "A zone can be taken out of a balancer",
  about: "A zone that is ill but not dead passes its probes; only a shift takes it out.",
  severity: advice,
  peers: [],
  // Objects have no such thing: what is before them in each zone is the cloud's, and none of them says it.
  check: eachBut(isObject, (balancer) =>
    onValue<boolean>(balancer, "zonalShift", (ok) => ({
      ok,
      message: `zonal shift ${ok ? "on" : "off"}`,
      fix: "turn enableZonalShift on",
    })),
  ),
};

const drainAgrees: Rule = {
  id: "drain-agrees",
  title: "A replica is not killed before the balancer has let go of it",
  about:
    "Requests in flight need the longer of both: a stop timeout beyond the deregistration delay waits for nothing, one far below drops requests.",
  severity: beyondDev,
  peers: [],
  check: (subject) => {
    const groups = new Map(partsOf(subject.parts, "replica-group").map((part) => [part.key, part]));
    return doorsOf(subject.parts).flatMap((balancer): readonly Finding[] => {
      const targets = valueAt(balancer, "targets");
      if (!targets.known) return [undecided(balancer.key, "targets", targets)];
      return (targets.value as readonly BalancerTarget[]).flatMap((target): readonly Finding[] => {
        const group = groups.get(target.part);
        // A machine is ended only after every balancer has let go of it.
        if (group === undefined || isMachine(group)) return [];
        const stop = valueAt(group, "drainSeconds");
        if (!stop.known) return [undecided(group.key, "drainSeconds", stop)];
        const seconds = Number(stop.value);
        return [
          finding(group.key, {
            ok: seconds <= target.drainSeconds,
            message: `stop timeout ${seconds} s, deregistration delay ${target.drainSeconds} s`,
            fix: `give the target group a delay of ${seconds} s or more`,
          }),
        ];
      });
    });
  },
};

export const balancerRules: readonly Rule[] = [
  deletionProtected,
  accessLogs,
  tlsFloor,
  httpRedirects,
  headersDropped,
  rateLimited,
  zonalShift,
  crossZone,
  drainAgrees,
];
