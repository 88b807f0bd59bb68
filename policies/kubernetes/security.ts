import { neighbours, scopeOf } from "../../components/kubernetes/scope.read";
import { asText, inside, listOf, valueAt } from "../../components/leaf.read";
import { isRecord, textOf, type Resource, type Value } from "../../model";
import { advice, inProd } from "../rule";
import type { Rule, Subject } from "../rule";
import { everyContainer, onPod, staying, told, type Container, type Workload } from "./workloads";

const NAMESPACE = "kubernetes:core/v1:Namespace";
const ACCOUNT = "kubernetes:core/v1:ServiceAccount";
const ENFORCE = "pod-security.kubernetes.io/enforce";
const SECURITY = ["securityContext", "containers", "initContainers", "volumes"];
/** Sources of volumes that `restricted` lets in (Kubernetes, Pod Security Standards). */
const VOLUMES = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

/** A container's own word, else its pod's. */
function secured(spec: Value | undefined, { value }: Container, property: string): Value | undefined {
  return inside(value, "securityContext", property) ?? inside(spec, "securityContext", property);
}

/** What `restricted` refuses of a pod, in words. */
function refusals(spec: Value | undefined): readonly string[] {
  const containers = everyContainer(spec);
  const ofPod = (["hostNetwork", "hostPID", "hostIPC"] as const).filter((field) => inside(spec, field) === true);
  const volumes = listOf(inside(spec, "volumes")).flatMap((volume) =>
    isRecord(volume) ? Object.keys(volume).filter((key) => key !== "name" && !VOLUMES.has(key)) : [],
  );
  const inEach = containers.flatMap((container) => {
    const { name, value } = container;
    const own = (property: string): Value | undefined => inside(value, "securityContext", property);
    const capabilities = own("capabilities");
    const profile = inside(secured(spec, container, "seccompProfile"), "type");
    const added = listOf(inside(capabilities, "add")).filter((each) => each !== "NET_BIND_SERVICE");
    return [
      ...(own("privileged") === true ? [`${name} is privileged`] : []),
      ...(own("allowPrivilegeEscalation") === false ? [] : [`allowPrivilegeEscalation of ${name} is not false`]),
      ...(secured(spec, container, "runAsNonRoot") === true ? [] : [`${name} may run as root`]),
      ...(secured(spec, container, "runAsUser") === 0 ? [`${name} runs as user 0`] : []),
      ...(listOf(inside(capabilities, "drop")).includes("ALL") ? [] : [`${name} does not drop ALL capabilities`]),
      ...(added.length > 0 ? [`${name} adds ${added.map(textOf).join(", ")}`] : []),
      ...(profile === "RuntimeDefault" || profile === "Localhost" ? [] : [`${name} has no seccompProfile`]),
      ...(listOf(inside(value, "ports")).some((port) => (inside(port, "hostPort") ?? 0) !== 0)
        ? [`${name} takes a port of its node`]
        : []),
    ];
  });
  return [...ofPod, ...volumes.map((each) => `a volume of ${each}`), ...inEach];
}

/** What the pod's namespace enforces; undefined: it is not in the program, or says nothing. */
function enforced({ graph }: Subject, { resource }: Workload): string | undefined {
  const [cluster, name] = scopeOf(resource).split("|");
  const home = graph
    .ofType(NAMESPACE)
    .find((each) => valueAt(each, "metadata", "name") === name && (each.provider ?? "") === cluster);
  const labels = home === undefined ? undefined : valueAt(home, "metadata", "labels");
  return asText(inside(labels, ENFORCE) ?? null);
}

const restricted: Rule = {
  id: "pods-restricted",
  title: "Pods ask for no more than Pod Security `restricted` gives",
  about: "Whoever breaks into a process that may become root, or sees its node, has the node and all that runs on it.",
  severity: inProd,
  peers: [
    "CKV_K8S_20",
    "CKV_K8S_23",
    "KSV-0001",
    "KSV-0012",
    "kube-linter run-as-non-root",
    "kube-linter privilege-escalation-container",
    "kube-score container-security-context-privileged",
  ],
  check: (subject) =>
    staying(subject).map((workload) =>
      onPod(workload, SECURITY, (spec) => {
        const found = refusals(spec);
        const level = enforced(subject, workload);
        return {
          ok: found.length === 0,
          message: `${found.length === 0 ? "restricted" : found.join(", ")}${level === undefined ? "" : `; its namespace enforces ${level}`}`,
          fix: "set runAsNonRoot, allowPrivilegeEscalation: false, capabilities.drop: [ALL] and seccompProfile RuntimeDefault",
        };
      }),
    ),
};

const namespaces: Rule = {
  id: "namespace-enforces",
  title: "A namespace refuses pods that are not restricted",
  about: "What one manifest forgets, the namespace refuses: without the label it admits whatever is asked for.",
  severity: advice,
  peers: [],
  check: ({ graph }) =>
    graph.ofType(NAMESPACE).map((namespace) => {
      const level = asText(inside(valueAt(namespace, "metadata", "labels"), ENFORCE) ?? null);
      return told(namespace, null, {
        ok: level === "restricted",
        message: level === undefined ? "enforces nothing" : `enforces ${level}`,
        fix: `label it ${ENFORCE}: restricted`,
      });
    }),
};

const readOnly: Rule = {
  id: "root-read-only",
  title: "A container cannot write over its own image",
  about: "What breaks in finds no place for its tools, and what a process leaves behind does not fill the node's disk.",
  severity: advice,
  peers: ["CKV_K8S_22", "KSV-0014", "kube-linter no-read-only-root-fs", "Polaris notReadOnlyRootFilesystem"],
  check: (subject) =>
    staying(subject).map((workload) =>
      onPod(workload, SECURITY, (spec) => {
        const open = everyContainer(spec).filter(
          ({ value }) => inside(value, "securityContext", "readOnlyRootFilesystem") !== true,
        );
        return {
          ok: open.length === 0,
          message: open.length === 0 ? "all are read-only" : `writable: ${open.map(({ name }) => name).join(", ")}`,
          fix: "set readOnlyRootFilesystem: true, and mount an emptyDir where it must write",
        };
      }),
    ),
};

/** Accounts that a pod runs under, as far as they are in the program. */
function accountOf({ graph }: Subject, { resource, pod }: Workload): Resource | undefined {
  const name = asText(inside(pod, "spec", "serviceAccountName") ?? "default");
  return neighbours(graph, resource, ACCOUNT).find((each) => valueAt(each, "metadata", "name") === name);
}

const tokenless: Rule = {
  id: "token-not-mounted",
  title: "A pod that does not call the cluster holds no key to it",
  about: "Left out, every container finds a token of the API in its file system, and so does whoever breaks in.",
  severity: advice,
  peers: ["Polaris automountServiceAccountToken", "CKV_K8S_38"],
  check: (subject) =>
    staying(subject).map((workload) =>
      onPod(workload, ["automountServiceAccountToken", "serviceAccountName"], (spec) => {
        const account = accountOf(subject, workload);
        const mounted =
          inside(spec, "automountServiceAccountToken") ??
          (account === undefined ? undefined : valueAt(account, "automountServiceAccountToken"));
        return {
          ok: mounted === false,
          message: mounted === false ? "no token" : "the account's token is mounted",
          fix: "set automountServiceAccountToken: false, unless it calls the cluster's API",
        };
      }),
    ),
};

export const securityRules: readonly Rule[] = [restricted, namespaces, readOnly, tokenless];
