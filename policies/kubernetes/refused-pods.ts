import { bytes, cpuMillis } from "../../catalog/kubernetes/quantity";
import { asNumber, asText, inside, listOf } from "../../components/leaf.read";
import { DNS_LABEL, isRecord, textOf, type Resource, type Value } from "../../model";
import type { DeployCheck } from "../deployable-check";
import { api, refusal, templated, templateOf, textual, twice, type Slip } from "./refused";
import { inRange, PORT } from "./refused-objects";
import { everyContainer, type Container } from "./workloads";

const validation = api(
  "validation of pods",
  "https://github.com/kubernetes/kubernetes/blob/v1.36.3/pkg/apis/core/validation/validation.go",
);
const types = templated.map(([type]) => type);
const ROLES = ["livenessProbe", "readinessProbe", "startupProbe"] as const;
const HANDLERS = ["httpGet", "tcpSocket", "grpc", "exec"];

/** The pod's spec, as far as a check looks at it. */
const fields =
  (...paths: readonly string[]) =>
  (resource: Resource): Value | undefined => {
    const spec = inside(templateOf(resource), "spec");
    if (spec === undefined || !isRecord(spec)) return spec;
    return Object.fromEntries(paths.flatMap((path) => (spec[path] === undefined ? [] : [[path, spec[path]]])));
  };

const eachContainer =
  (test: (container: Container) => readonly Slip[]) =>
  (spec: Value): readonly Slip[] =>
    everyContainer(spec).flatMap(test);

function portSlips({ name, value }: Container): readonly Slip[] {
  const ports = listOf(inside(value, "ports"));
  const named = ports.flatMap((each) => asText(inside(each, "name") ?? null) ?? []);
  return [
    ...ports
      .filter((each) => !inRange(inside(each, "containerPort")))
      .map((each): Slip => [
        `containerPort ${textOf(inside(each, "containerPort"))} of ${name}`,
        "give a number from 1 to 65535",
      ]),
    ...ports.flatMap((each) => textual(each, ["containerPort"], `of ${name}`)),
    ...named
      .filter((each) => each.length > 15 || !PORT.test(each))
      .map((each): Slip => [
        `port ${each} of ${name}`,
        "name it in 15 small letters, digits and -, with a letter among them",
      ]),
    ...twice(named).map((each): Slip => [`two ports of ${name} are called ${each}`, "name each by itself"]),
  ];
}

const NUMBERS = ["periodSeconds", "timeoutSeconds", "failureThreshold", "successThreshold"];

function probeSlips({ name, value }: Container): readonly Slip[] {
  return ROLES.flatMap((role): readonly Slip[] => {
    const probe = inside(value, role);
    if (probe === undefined) return [];
    const where = `${role} of ${name}`;
    const handlers = HANDLERS.filter((each) => inside(probe, each) !== undefined);
    const successes = asNumber(inside(probe, "successThreshold") ?? 1) ?? 1;
    const low = NUMBERS.filter((each) => {
      const given = inside(probe, each);
      // Nought is taken for left out.
      return given !== undefined && (asNumber(given) ?? -1) < 0;
    });
    return [
      ...(handlers.length === 1
        ? []
        : [
            [
              `${where} asks by ${handlers.length === 0 ? "nothing" : handlers.join(" and ")}`,
              "give one of httpGet, tcpSocket, grpc and exec",
            ] as const,
          ]),
      ...(role !== "readinessProbe" && successes > 1
        ? [[`successThreshold ${successes} of ${where}`, "leave successThreshold out"] as const]
        : []),
      ...low.map((each): Slip => [`${each} ${textOf(inside(probe, each))} of ${where}`, "give 1 or more"]),
      ...textual(probe, [...NUMBERS, "initialDelaySeconds"], `of ${where}`),
    ];
  });
}

function amountSlips({ name, value }: Container): readonly Slip[] {
  return (["cpu", "memory", "ephemeral-storage"] as const).flatMap((amount): readonly Slip[] => {
    const parse = amount === "cpu" ? cpuMillis : bytes;
    const [request, limit] = (["requests", "limits"] as const).map((what) => {
      const given = inside(value, "resources", what, amount);
      return typeof given === "string" || typeof given === "number" ? { given, parsed: parse(given) } : undefined;
    });
    const negative = [request, limit].flatMap((each) =>
      each !== undefined && (each.parsed ?? 0) < 0 ? [each.given] : [],
    );
    if (negative.length > 0) return [[`${amount} ${String(negative[0])} of ${name}`, "give an amount of 0 or more"]];
    if (request?.parsed === undefined || limit?.parsed === undefined || request.parsed <= limit.parsed) return [];
    return [
      [`${amount} of ${name}: ${request.given} requested, ${limit.given} at most`, "request no more than the limit"],
    ];
  });
}

/** Printable ASCII but `=`, as relaxed in 1.34. */
const VARIABLE = /^[\x20-\x3c\x3e-\x7e]+$/;

function graceSlips(spec: Value): readonly Slip[] {
  const grace = asNumber(inside(spec, "terminationGracePeriodSeconds") ?? 30) ?? 30;
  const quoted = textual(spec, ["terminationGracePeriodSeconds"]);
  if (quoted.length > 0) return quoted;
  if (grace < 0) return [[`terminationGracePeriodSeconds ${grace}`, "give 0 or more"]];
  return everyContainer(spec).flatMap(({ name, value }): readonly Slip[] => {
    const seconds = asNumber(inside(value, "lifecycle", "preStop", "sleep", "seconds") ?? 0) ?? 0;
    return seconds >= 0 && seconds <= grace
      ? []
      : [[`preStop of ${name} sleeps ${seconds} s of ${grace}`, `set terminationGracePeriodSeconds above ${seconds}`]];
  });
}

function spreadSlips(spec: Value): readonly Slip[] {
  const all = listOf(inside(spec, "topologySpreadConstraints"));
  const keys = all.map((each) => `${textOf(inside(each, "topologyKey"))} ${textOf(inside(each, "whenUnsatisfiable"))}`);
  return [
    ...twice(keys).map((each): Slip => [`${each} is there twice`, "keep one"]),
    ...all.flatMap((each): readonly Slip[] => {
      const where = textOf(inside(each, "topologyKey"));
      const [skew, least] = [inside(each, "maxSkew"), inside(each, "minDomains")].map((given) =>
        asNumber(given ?? null),
      );
      const soft = inside(each, "whenUnsatisfiable") === "ScheduleAnyway";
      return [
        ...(skew === undefined || skew < 1
          ? [[`maxSkew ${textOf(inside(each, "maxSkew"))} over ${where}`, "set maxSkew: 1"] as const]
          : []),
        ...(least !== undefined && least < 1
          ? [[`minDomains ${least} over ${where}`, "leave minDomains out"] as const]
          : []),
        ...(least !== undefined && soft
          ? [[`minDomains with ScheduleAnyway over ${where}`, "leave minDomains out"] as const]
          : []),
        ...(inside(each, "matchLabelKeys") !== undefined && inside(each, "labelSelector") === undefined
          ? [[`matchLabelKeys without a labelSelector over ${where}`, "add the labelSelector"] as const]
          : []),
      ];
    }),
  ];
}

function mountSlips(spec: Value): readonly Slip[] {
  const volumes = listOf(inside(spec, "volumes")).map((each) => inside(each, "name"));
  return [
    ...twice(volumes).map((each): Slip => [`two volumes are called ${textOf(each)}`, "name each by itself"]),
    ...everyContainer(spec).flatMap(({ name, value }): readonly Slip[] => {
      const mounts = listOf(inside(value, "volumeMounts"));
      return [
        ...mounts
          .filter((each) => !volumes.includes(inside(each, "name")))
          .map((each): Slip => [
            `${name} mounts ${textOf(inside(each, "name"))}, which is no volume`,
            "add the volume, or mount one that is there",
          ]),
        ...twice(mounts.map((each) => inside(each, "mountPath"))).map((each): Slip => [
          `${name} mounts two at ${textOf(each)}`,
          "mount each elsewhere",
        ]),
      ];
    }),
  ];
}

const REFERENCE = /^[a-z0-9._:/-]+?(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

function imageSlips({ name, value }: Container): readonly Slip[] {
  const image = asText(inside(value, "image") ?? null);
  if (image === undefined) return [[`no image of ${name}`, "name its image"]];
  return REFERENCE.test(image) && image.trim() === image
    ? []
    : [
        [
          `image ${image} of ${name}`,
          "write repository:tag, or repository@sha256: and 64 digits of hex, in small letters",
        ],
      ];
}

const pods: readonly Omit<Parameters<typeof refusal>[0], "types">[] = [
  {
    name: "containers-there",
    title: "containers of pods",
    quote: "spec.template.spec.containers: Required value",
    source: validation,
    of: fields("containers"),
    slips: (spec) =>
      listOf(inside(spec, "containers")).length > 0 ? [] : [["no container", "name one, with its image"]],
  },
  {
    name: "container-names",
    title: "names of containers",
    quote: "a container's name is a DNS label of 63 characters at most, and no two of a pod share one",
    source: validation,
    of: fields("containers", "initContainers"),
    slips: (spec) => {
      const names = everyContainer(spec).map(({ name }) => name);
      return [
        ...names
          .filter((each) => !DNS_LABEL.test(each))
          .map((each): Slip => [`container ${each}`, "name it in small letters, digits and -"]),
        ...twice(names).map((each): Slip => [`two containers are called ${each}`, "name each by itself"]),
      ];
    },
  },
  {
    name: "container-ports",
    title: "ports of containers",
    quote:
      "a containerPort is a number from 1 to 65535; its name has 15 characters at most, small letters, digits and -, a letter among them, and is there once",
    source: validation,
    of: fields("containers", "initContainers"),
    slips: eachContainer(portSlips),
  },
  {
    name: "container-image",
    title: "images of containers",
    quote:
      "an image is a repository in small letters, with a tag, a sha256 digest of 64 digits, or both; a node that is given another says InvalidImageName",
    source: api("images, image names", "https://kubernetes.io/docs/concepts/containers/images/#image-names"),
    of: fields("containers", "initContainers"),
    slips: eachContainer(imageSlips),
  },
  {
    name: "container-amounts",
    title: "requests and limits",
    quote: "a request must be less than or equal to its limit, and neither is negative",
    source: validation,
    of: fields("containers", "initContainers"),
    slips: eachContainer(amountSlips),
  },
  {
    name: "container-environment",
    title: "names of settings",
    quote: "an environment variable's name is not empty, of printable ASCII, and has no =",
    source: validation,
    of: fields("containers", "initContainers"),
    slips: eachContainer(({ name, value }) =>
      listOf(inside(value, "env"))
        .map((each) => asText(inside(each, "name") ?? null) ?? "")
        .filter((each) => !VARIABLE.test(each))
        .map((each): Slip => [
          `${each === "" ? "a setting without a name" : each} of ${name}`,
          "name it in letters, digits and _",
        ]),
    ),
  },
  {
    name: "probe-form",
    title: "probes",
    quote:
      "a probe has one handler; successThreshold must be 1 for liveness and startup, and no number is negative, or text",
    source: validation,
    of: fields("containers", "initContainers"),
    slips: eachContainer(probeSlips),
  },
  {
    name: "grace-holds-sleep",
    title: "terminationGracePeriodSeconds and preStop.sleep",
    quote: "preStop.sleep must not be more than terminationGracePeriodSeconds, which is a number, not text",
    source: validation,
    of: fields("containers", "initContainers", "terminationGracePeriodSeconds"),
    slips: graceSlips,
  },
  {
    name: "spread-form",
    title: "topologySpreadConstraints",
    quote:
      "maxSkew is 1 or more; minDomains only with DoNotSchedule; matchLabelKeys only with a labelSelector; each pair of topologyKey and whenUnsatisfiable once",
    source: api(
      "pod topology spread constraints",
      "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/",
    ),
    of: fields("topologySpreadConstraints"),
    slips: spreadSlips,
  },
  {
    name: "volume-mounts",
    title: "volumeMounts",
    quote: "a mount names a volume of the pod, and no two of a container share a path",
    source: validation,
    of: (resource) => {
      const spec = fields("containers", "initContainers", "volumes")(resource);
      if (!isRecord(spec)) return spec;
      // A StatefulSet's claims are volumes too.
      const claims = listOf(inside(resource.inputs["spec"], "volumeClaimTemplates")).map((each) => ({
        name: inside(each, "metadata", "name") ?? null,
      }));
      return { ...spec, volumes: [...listOf(spec["volumes"]), ...claims] };
    },
    slips: mountSlips,
  },
];

export const podRefusals: readonly DeployCheck[] = pods.map((each) => refusal({ ...each, types }));
