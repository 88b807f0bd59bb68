import { isRecord, textOf, type Value } from "../../model";
import { fine, refused, type DeployCheck, type Outcome } from "../deployable-check";
import { api, templated, type Slip } from "./refused";

/**
 * Fields of whole numbers, wherever they stand; those that a check of their own holds (replicas, ports, probes, bounds of autoscalers) are
 * not among them.
 */
const NUMBERS = new Set([
  "activeDeadlineSeconds",
  "averageUtilization",
  "backoffLimit",
  "completions",
  "defaultMode",
  "expirationSeconds",
  "failedJobsHistoryLimit",
  "fsGroup",
  "hostPort",
  "maxSkew",
  "minDomains",
  "minReadySeconds",
  "parallelism",
  "partition",
  "priority",
  "progressDeadlineSeconds",
  "revisionHistoryLimit",
  "runAsGroup",
  "runAsUser",
  "seconds",
  "stabilizationWindowSeconds",
  "startingDeadlineSeconds",
  "successfulJobsHistoryLimit",
  "tolerationSeconds",
  "ttlSecondsAfterFinished",
  "weight",
]);
/** Fields that are true or false. */
const SWITCHES = new Set([
  "allowPrivilegeEscalation",
  "automountServiceAccountToken",
  "enableServiceLinks",
  "hostIPC",
  "hostNetwork",
  "hostPID",
  "optional",
  "privileged",
  "publishNotReadyAddresses",
  "readOnly",
  "readOnlyRootFilesystem",
  "runAsNonRoot",
  "shareProcessNamespace",
  "suspend",
]);
/** Mappings of text to text, of people's own keys. */
const TEXTS = new Set(["annotations", "data", "labels", "matchLabels", "nodeSelector", "parameters", "stringData"]);
/** Mappings of people's own keys that hold amounts. */
const AMOUNTS = new Set(["limits", "requests", "hard"]);
/** Lists of texts. */
const LISTS = new Set(["args", "command"]);

const WHOLE = /^-?\d+$/;
const BOOLEAN = /^(true|false)$/i;

const bare = (value: Value): boolean => typeof value === "number" || typeof value === "boolean";

function quoted(where: string, value: Value): readonly Slip[] {
  if (!bare(value)) return [];
  return [[`${where} ${textOf(value)} is no text`, "write it in quotes"]];
}

function unquoted(where: string, value: string): Slip {
  return [`${where} ${JSON.stringify(value)} is text`, `write it without quotes: ${value.trim().toLowerCase()}`];
}

/** What of an object is of another type than its field, in the order of its keys. */
function typeSlips(inputs: Value): readonly Slip[] {
  const slips: Slip[] = [];
  visit(inputs, "", slips);
  return slips;
}

function visit(value: Value, above: string, slips: Slip[]): void {
  if (Array.isArray(value)) for (const each of value as readonly Value[]) visit(each, above, slips);
  if (!isRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    // One setting of a container.
    if (above === "env" && key === "value") slips.push(...quoted(`env ${textOf(value["name"])}:`, inner));
    else if (above === "env") visit(inner, key, slips);
    else visitField(key, inner, slips);
  }
}

function visitField(key: string, inner: Value, slips: Slip[]): void {
  if (TEXTS.has(key) && isRecord(inner)) {
    // Labels of metadata are held by a check of their own.
    if (key === "labels") return;
    for (const [name, each] of Object.entries(inner)) slips.push(...quoted(`${key}: ${name}`, each));
  } else if (AMOUNTS.has(key)) return;
  else if (LISTS.has(key) && Array.isArray(inner)) {
    for (const each of inner as readonly Value[]) slips.push(...quoted(key, each));
  } else if (typeof inner !== "string") visit(inner, key, slips);
  else if ((NUMBERS.has(key) && WHOLE.test(inner.trim())) || (SWITCHES.has(key) && BOOLEAN.test(inner.trim())))
    slips.push(unquoted(key, inner));
}

const types = [
  ...templated.map(([type]) => type),
  ...["core/v1:ConfigMap", "core/v1:Pod", "core/v1:Secret", "core/v1:Service", "core/v1:PersistentVolumeClaim"].map(
    (type) => `kubernetes:${type}`,
  ),
  "kubernetes:storage.k8s.io/v1:StorageClass",
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  "kubernetes:policy/v1:PodDisruptionBudget",
  "kubernetes:networking.k8s.io/v1:Ingress",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy",
];

/** Numbers and switches in quotes, and text without them: the API server decodes strictly by type. What is not known yet has its type already. */
export const typeRefusals: readonly DeployCheck[] = [
  {
    name: "field-types",
    title: "numbers, switches and texts",
    by: "Kubernetes",
    quote: "cannot unmarshal a string into a number or a boolean, nor these into a string",
    source: api(
      "decoding of objects by their Go types",
      "https://github.com/kubernetes/kubernetes/blob/v1.36.3/staging/src/k8s.io/apimachinery/pkg/runtime/serializer/json/json.go",
    ),
    types,
    check: ({ inputs }): Outcome | readonly Outcome[] => {
      const slips = typeSlips(inputs);
      return slips.length === 0 ? fine : slips.map(([seen, fix]) => refused(seen, fix));
    },
  },
];
