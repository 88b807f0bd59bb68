import { asNumber, asText, inside, listOf } from "../../components/leaf.read";
import { DNS_LABEL, DNS_SUBDOMAIN, isRecord, textOf, type Resource, type Value } from "../../model";
import type { DeployCheck } from "../deployable-check";
import { api, refusal, templated, templateOf, textual, twice, type Slip } from "./refused";

const names = api("object names and IDs", "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/");
const labels = api("labels and selectors", "https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/");
const coreTypes = [
  ...templated.map(([type]) => type),
  ...["ConfigMap", "Namespace", "PersistentVolumeClaim", "Pod", "Secret", "Service", "ServiceAccount"].map(
    (kind) => `kubernetes:core/v1:${kind}`,
  ),
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
  "kubernetes:policy/v1:PodDisruptionBudget",
  "kubernetes:networking.k8s.io/v1:NetworkPolicy",
  "kubernetes:networking.k8s.io/v1:Ingress",
];
/** Names that become labels, and those to which a controller adds eleven characters of its own. */
const shorter: Readonly<Record<string, number>> = { Namespace: 63, Service: 63, Job: 63, StatefulSet: 52, CronJob: 52 };

function nameSlips(name: Value, kind: string): readonly Slip[] {
  const most = shorter[kind] ?? 253;
  const text = textOf(name);
  if (text.length > most) return [[`metadata.name has ${text.length} characters`, `shorten it to ${most}`]];
  const form = kind === "Namespace" || kind === "Service" ? DNS_LABEL : DNS_SUBDOMAIN;
  return form.test(text)
    ? []
    : [[`metadata.name ${text}`, "write small letters, digits and -, a letter or digit at both ends"]];
}

const KEY = /^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)$/;

function labelSlips(value: Value): readonly Slip[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, given]): readonly Slip[] => {
    const parts = key.split("/");
    const [prefix, name] = parts.length === 2 ? [parts[0] ?? "", parts[1] ?? ""] : [undefined, key];
    const prefixed = prefix === undefined || DNS_SUBDOMAIN.test(prefix);
    if (parts.length > 2 || name.length > 63 || !KEY.test(name) || !prefixed)
      return [[`label ${key}`, "name it in 63 characters or fewer, after a DNS prefix and one / at most"]];
    if (typeof given !== "string") return [[`label ${key}: ${textOf(given)} is no text`, "write it in quotes"]];
    if (given !== "" && (given.length > 63 || !KEY.test(given)))
      return [
        [
          `label ${key}: ${given.length > 63 ? `${given.length} characters` : given}`,
          "shorten it to 63 letters, digits, -, _ or .",
        ],
      ];
    return [];
  });
}

export const PORT = /^(?=.*[a-z])[a-z0-9]+(-[a-z0-9]+)*$/;
export const inRange = (port: Value | undefined): boolean => {
  const number = asNumber(port ?? null);
  return number !== undefined && Number.isInteger(number) && number >= 1 && number <= 65_535;
};

function servicePortSlips(spec: Value): readonly Slip[] {
  const ports = listOf(inside(spec, "ports"));
  const headless = inside(spec, "clusterIP") === "None";
  if (ports.length === 0)
    return headless || inside(spec, "type") === "ExternalName"
      ? []
      : [["no port", "give it a port, or clusterIP: None"]];
  const given = ports.map((each) => asText(inside(each, "name") ?? null));
  const keys = ports.map((each) => `${textOf(inside(each, "protocol") ?? "TCP")} ${textOf(inside(each, "port"))}`);
  return [
    ...ports
      .filter((each) => !inRange(inside(each, "port")))
      .map((each): Slip => [`port ${textOf(inside(each, "port"))}`, "give a number from 1 to 65535"]),
    ...ports.flatMap((each) => textual(each, ["port", "nodePort"])),
    ...(ports.length > 1 && given.includes(undefined)
      ? [["several ports, and one without a name", "name each"] as const]
      : []),
    ...twice(given.filter((each) => each !== undefined)).map((each): Slip => [
      `two ports are called ${each}`,
      "name each by itself",
    ]),
    ...twice(keys).map((each): Slip => [`${each} is there twice`, "keep one"]),
  ];
}

function scalerSlips(spec: Value): readonly Slip[] {
  const least = asNumber(inside(spec, "minReplicas") ?? 1);
  const most = asNumber(inside(spec, "maxReplicas") ?? null);
  if (most === undefined) return [["no maxReplicas", "give maxReplicas"]];
  if (least === undefined || least < 0)
    return [[`minReplicas ${textOf(inside(spec, "minReplicas"))}`, "give 1 or more"]];
  const measured = listOf(inside(spec, "metrics")).some((each) =>
    ["Object", "External"].includes(textOf(inside(each, "type"))),
  );
  return [
    ...textual(spec, ["minReplicas", "maxReplicas"]),
    ...(least === 0 && !measured
      ? [["minReplicas 0, and no Object or External metric", "give 1 or more"] as const]
      : []),
    ...(most < 1 ? [[`maxReplicas ${most}`, "give 1 or more"] as const] : []),
    ...(most >= 1 && most < least
      ? [[`maxReplicas ${most} below minReplicas ${least}`, `give maxReplicas ${least} or more`] as const]
      : []),
    ...listOf(inside(spec, "metrics")).flatMap(targetSlips),
  ];
}

/** Of one metric of an autoscaler: what it steers at. */
function targetSlips(metric: Value): readonly Slip[] {
  return ["resource", "containerResource", "pods", "object", "external"].flatMap((of) =>
    ["averageUtilization", "averageValue", "value"].flatMap((field): readonly Slip[] => {
      const given = inside(metric, of, "target", field);
      const amount = given === undefined ? undefined : asNumber(given);
      return amount === undefined || amount > 0
        ? []
        : [[`${field} ${textOf(given)}`, "give more than 0: there is no load at which so little is used"]];
    }),
  );
}

function budgetSlips(spec: Value): readonly Slip[] {
  const both = ["minAvailable", "maxUnavailable"].filter((each) => inside(spec, each) !== undefined);
  if (both.length === 2) return [["minAvailable and maxUnavailable", "keep maxUnavailable"]];
  return both.flatMap((each): readonly Slip[] => {
    const value = inside(spec, each);
    const ok =
      typeof value === "number" ? value >= 0 && Number.isInteger(value) : /^(\d|[1-9]\d|100)%$/.test(textOf(value));
    return ok ? [] : [[`${each} ${textOf(value)}`, "give a whole number, or a percent up to 100%"]];
  });
}

function rolloutSlips(spec: Value): readonly Slip[] {
  const given = (field: string): Value => inside(spec, "strategy", "rollingUpdate", field) ?? "25%";
  const nothing = (value: Value): boolean => value === 0 || value === "0" || value === "0%";
  if (inside(spec, "strategy", "type") === "Recreate")
    return inside(spec, "strategy", "rollingUpdate") === undefined
      ? []
      : [["Recreate with rollingUpdate", "leave rollingUpdate out"]];
  const inQuotes = textual(inside(spec, "strategy", "rollingUpdate"), ["maxSurge", "maxUnavailable"]);
  if (inQuotes.length > 0) return inQuotes;
  return nothing(given("maxSurge")) && nothing(given("maxUnavailable"))
    ? [["maxSurge 0 and maxUnavailable 0", "set maxSurge: 1"]]
    : [];
}

/** Five fields of a crontab, or one of its words. */
const SCHEDULE = /^(@(yearly|annually|monthly|weekly|daily|midnight|hourly)|@every \S+|[\d*,/?-]+( +[\w*,/?-]+){4})$/i;

function jobSlips(resource: Resource): readonly Slip[] {
  const policy = inside(templateOf(resource), "spec", "restartPolicy");
  const ends = resource.type.startsWith("kubernetes:batch/");
  const schedule = inside(resource.inputs["spec"], "schedule");
  const spelt = typeof schedule === "string" && !SCHEDULE.test(schedule.trim());
  return [
    ...(ends && policy !== "OnFailure" && policy !== "Never"
      ? [
          [
            `restartPolicy ${policy === undefined ? "left at Always" : textOf(policy)}`,
            "write OnFailure or Never",
          ] as const,
        ]
      : []),
    ...(!ends && policy !== undefined && policy !== "Always"
      ? [[`restartPolicy ${textOf(policy)}`, "leave it out: what is kept running is restarted always"] as const]
      : []),
    ...(spelt
      ? [[`schedule ${JSON.stringify(schedule)}`, 'write five fields, for example "0 */6 * * *"'] as const]
      : []),
  ];
}

const workload = "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/";

export const objectRefusals: readonly DeployCheck[] = [
  refusal({
    name: "object-name",
    title: "metadata.name",
    quote:
      "a name is a DNS subdomain of 253 characters at most; of a Namespace, Service or Job a label of 63, and of a StatefulSet or CronJob 52, since their controllers add eleven",
    source: names,
    types: coreTypes,
    of: ({ inputs }) => inside(inputs["metadata"], "name"),
    slips: (name, { type }) => nameSlips(name, type.split(":")[2] ?? ""),
  }),
  refusal({
    name: "label-form",
    title: "metadata.labels, and those of the pod template",
    quote:
      "a label's value is text of 63 characters at most, letters, digits, -, _ and ., with a letter or digit at both ends; its key as much after a DNS prefix",
    source: labels,
    types: coreTypes,
    of: (resource) => {
      const own = inside(resource.inputs["metadata"], "labels");
      const pods = inside(templateOf(resource), "metadata", "labels");
      return own === undefined && pods === undefined ? undefined : [own ?? {}, pods ?? {}];
    },
    slips: (both) => listOf(both).flatMap(labelSlips),
  }),
  refusal({
    name: "selector-matches-template",
    title: "spec.selector",
    quote: "the selector does not match the labels of the template",
    source: api("Deployments, selector", `${workload}#selector`),
    types: templated.slice(0, 3).map(([type]) => type),
    of: (resource) => [
      inside(resource.inputs["spec"], "selector") ?? null,
      inside(templateOf(resource), "metadata", "labels") ?? null,
    ],
    slips: (both) => {
      const [selector, own] = listOf(both);
      const wanted = inside(selector, "matchLabels");
      if (selector === null) return [["no selector", "give spec.selector.matchLabels the template's labels"]];
      const missing = isRecord(wanted)
        ? Object.entries(wanted).filter(([key, value]) => inside(own, key) !== value)
        : [];
      return missing.map(([key, value]): Slip => [
        `${key}: ${textOf(value)} is no label of the template`,
        "give selector and template the same labels",
      ]);
    },
  }),
  refusal({
    name: "replicas-counted",
    title: "spec.replicas",
    quote: "must be greater than or equal to 0, and a number, not text",
    source: api(
      "validation of Deployments",
      "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/apps/validation/validation.go",
    ),
    types: templated.slice(0, 2).map(([type]) => type),
    of: ({ inputs }) => inside(inputs["spec"], "replicas"),
    slips: (value) => {
      const number = asNumber(value);
      return number !== undefined && Number.isInteger(number) && number >= 0
        ? textual({ replicas: value }, ["replicas"])
        : [[`replicas ${textOf(value)}`, "give a whole number"]];
    },
  }),
  refusal({
    name: "rollout-moves",
    title: "spec.strategy",
    quote: "maxUnavailable may not be 0 when maxSurge is 0; both are whole numbers, or texts with a %",
    source: api("Deployments, max unavailable", `${workload}#max-unavailable`),
    types: ["kubernetes:apps/v1:Deployment"],
    of: ({ inputs }) => inside(inputs["spec"], "strategy"),
    slips: (strategy) => rolloutSlips({ strategy }),
  }),
  refusal({
    name: "service-ports",
    title: "spec.ports of a Service",
    quote:
      "a Service has a port unless it is headless; ports are numbers from 1 to 65535, named where there are several, and each name and each protocol with its number is there once",
    source: api(
      "Services, multi-port Services",
      "https://kubernetes.io/docs/concepts/services-networking/service/#multi-port-services",
    ),
    types: ["kubernetes:core/v1:Service"],
    of: ({ inputs }) => inside(inputs, "spec"),
    slips: servicePortSlips,
  }),
  refusal({
    name: "scaler-bounds",
    title: "minReplicas, maxReplicas, targets of metrics",
    quote:
      "maxReplicas must be greater than or equal to minReplicas, and greater than 0; both are numbers, not text; minReplicas is 0 only with an Object or External metric; what a metric is steered at is more than 0",
    source: api(
      "HorizontalPodAutoscalerSpec",
      "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/",
    ),
    types: ["kubernetes:autoscaling/v2:HorizontalPodAutoscaler"],
    of: ({ inputs }) => inside(inputs, "spec"),
    slips: scalerSlips,
  }),
  refusal({
    name: "budget-bounds",
    title: "minAvailable and maxUnavailable",
    quote: "minAvailable and maxUnavailable cannot be both set, and are whole numbers or percents",
    source: api(
      "specifying a disruption budget",
      "https://kubernetes.io/docs/tasks/run-application/configure-pdb/#think-about-how-your-application-reacts-to-disruptions",
    ),
    types: ["kubernetes:policy/v1:PodDisruptionBudget"],
    of: ({ inputs }) => inside(inputs, "spec"),
    slips: budgetSlips,
  }),
  refusal({
    name: "restart-policy",
    title: "restartPolicy, and a CronJob's schedule",
    quote:
      "the pods of a Job or CronJob are restarted OnFailure or Never, all others Always; a schedule has five fields, or is a word such as @daily",
    source: api(
      "Jobs, pod template, and CronJobs, schedule syntax",
      "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template",
    ),
    types: templated.map(([type]) => type),
    of: (resource) => [
      inside(templateOf(resource), "spec", "restartPolicy") ?? null,
      inside(resource.inputs["spec"], "schedule") ?? null,
    ],
    slips: (_, resource) => jobSlips(resource),
  }),
];
