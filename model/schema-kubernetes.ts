import { z } from "zod";
import { addons, type KubernetesChoice } from "./kubernetes";
import { DNS_LABEL } from "./object-name";
import {
  list,
  mapping,
  named,
  number,
  oneOf,
  optional,
  refusal,
  shaped,
  text,
  words,
  type Mirrors,
} from "./schema-leaf";

const label = (about: string) =>
  shaped(about, "at most 63 small letters, digits and hyphens, no hyphen at an end", DNS_LABEL);
const perHourUsd = optional(number("USD an hour of one node, in the place of the catalog's price", { least: 0 }));
const machine = words("Machine type of the nodes, for example m7i.large");
const whole = (about: string) => number(about, { least: 1, whole: true });

/** What carries pods. */
export const nodes = z
  .discriminatedUnion(
    "platform",
    [
      mapping("nodes: { platform: eks, machine: m7i.large }", {
        platform: oneOf("Who runs the nodes", ["eks", "gke"]),
        machine,
        perHourUsd,
        karpenter: optional(
          mapping("karpenter: { nodeClass: default }", {
            nodeClass: label("Name of the EC2NodeClass, for example default"),
          }),
        ),
      }),
      mapping("nodes: { platform: other, machine: metal, allocatable: { cpuMillis, memoryMiB, pods }, perHourUsd }", {
        platform: z.literal("other"),
        machine,
        allocatable: mapping("allocatable: { cpuMillis: 3900, memoryMiB: 14000, pods: 110 }", {
          cpuMillis: whole("CPU that pods may take of one node, 1000 are one core"),
          memoryMiB: whole("Memory that pods may take of one node, MiB"),
          pods: whole("Pods that one node runs, for example 110"),
        }),
        perHourUsd,
      }),
    ],
    refusal("one of eks, gke, other", 'Who runs the nodes; platform: "other" takes any machine, with its allocatable'),
  )
  .describe("What carries the pods");

const door = z
  .union([
    mapping("door: { gateway: envoy-gateway }", {
      gateway: oneOf("What implements the Gateway", ["envoy-gateway", "istio"]),
      className: optional(words("Name of the GatewayClass")),
    }),
    mapping("door: { ingress: { className } }", {
      ingress: mapping("ingress: { className }", { className: words("Name of the IngressClass, for example haproxy") }),
    }),
  ])
  .describe("Where requests come in");

const certificate = z
  .union([
    mapping("certificate: { issuer: { kind: ClusterIssuer, name: letsencrypt } }", {
      issuer: mapping("issuer: { kind: ClusterIssuer, name: letsencrypt }", {
        kind: oneOf("Kind of the issuer of cert-manager", ["ClusterIssuer", "Issuer"]),
        name: label("Name of the issuer, for example letsencrypt"),
      }),
    }),
    mapping("certificate: { secret: door-tls }", {
      secret: label("Secret of the namespace that holds tls.crt and tls.key, for example door-tls"),
    }),
  ])
  .describe("Where the door's certificate is from");

/** Prefix and name of a label or annotation, in letters, digits and -_./ */
const KEY = /^([a-z0-9]([-a-z0-9.]*[a-z0-9])?\/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/;
const keyed = (about: string) =>
  named(about, text("The value as text; put a number in quotes")).refine(
    (entries) => Object.keys(entries).every((key) => KEY.test(key)),
    refusal("keys of labels: an optional prefix and a slash, then at most 63 letters, digits and -_.", about),
  );

export const kubernetes = mapping(
  "kubernetes: { clusters: { us-east-1: { context } }, nodes: { platform, machine } }",
  {
    clusters: named(
      "clusters: { us-east-1: { context: prod-us-east-1 } }",
      mapping("{ context }", { context: words("Context of the kubeconfig, for example prod-us-east-1") }),
    ),
    nodes,
    namespace: optional(
      z.union([
        mapping("namespace: { create: models }", { create: label("Name of the namespace, for example models") }),
        mapping("namespace: { existing: models }", { existing: label("Name of the namespace, for example models") }),
      ]),
    ),
    quota: optional(
      mapping("quota: { roomShare: 0.2 }", {
        roomShare: optional(
          number("Room beyond what is planned, a share of it, for others' pods", { least: 0, most: 10 }),
        ),
      }),
    ),
    door: optional(door),
    certificate: optional(certificate),
    has: optional(list("has: [gateway-api, prometheus-operator]", oneOf("What the cluster has installed", addons))),
    storageClass: optional(label("Name of the StorageClass, for example gp3")),
    prometheusLabels: optional(keyed('prometheusLabels: { release: "kube-prometheus-stack" }')),
    serviceAccounts: optional(
      named(
        "serviceAccounts: { embedding: { annotations } }",
        mapping("{ annotations }", {
          annotations: keyed('annotations: { eks.amazonaws.com/role-arn: "arn:aws:iam::..." }'),
        }),
      ),
    ),
    priorityClass: optional(label("Name of the PriorityClass, for example serving")),
    secretStore: optional(
      mapping("secretStore: { kind: ClusterSecretStore, name: vault }", {
        kind: oneOf("Kind of the store of external-secrets", ["SecretStore", "ClusterSecretStore"]),
        name: label("Name of the store"),
      }),
    ),
  },
);

const mirrored: Mirrors<z.infer<typeof kubernetes>, KubernetesChoice> = true;
void mirrored;
