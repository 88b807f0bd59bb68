import { isRecord, isUnknownValue, textOf, type Value } from "../../model";
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
function typeSlips(value: Value, above: string): readonly Slip[] {
  if (Array.isArray(value)) return (value as readonly Value[]).flatMap((each) => typeSlips(each, above));
  if (!isRecord(value) || isUnknownValue(value)) return [];
  const entries = Object.entries(value);
  // One setting of a container.
  if (above === "env") return entries.flatMap(([key, inner]) => ofSetting(key, inner, value["name"]));
  return entries.flatMap(([key, inner]): readonly Slip[] => {
    if (TEXTS.has(key) && isRecord(inner))
      // Labels of metadata are held by a check of their own.
      return key === "labels" ? [] : Object.entries(inner).flatMap(([name, each]) => quoted(`${key}: ${name}`, each));
    if (AMOUNTS.has(key)) return [];
    if (LISTS.has(key) && Array.isArray(inner)) return (inner as readonly Value[]).flatMap((each) => quoted(key, each));
    if (typeof inner === "string") {
      if (NUMBERS.has(key) && WHOLE.test(inner.trim())) return [unquoted(key, inner)];
      if (SWITCHES.has(key) && BOOLEAN.test(inner.trim())) return [unquoted(key, inner)];
      return [];
    }
    return typeSlips(inner, key);
  });
}

function ofSetting(key: string, inner: Value, name: Value | undefined): readonly Slip[] {
  if (key === "value") return quoted(`env ${textOf(name)}:`, inner);
  return typeSlips(inner, key);
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
      const slips = typeSlips(inputs, "");
      return slips.length === 0 ? fine : slips.map(([seen, fix]) => refused(seen, fix));
    },
  },
];
