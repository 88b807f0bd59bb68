import type { InputTable } from "../../model";
import { classInputs } from "./volume-class.read";
import { NAME, namedInputs, OPERATED, TYPE } from "./object-inputs.read";

const REACH = "who may reach whom; no Part holds it";
const SECURITY = "what the pod may do on its node; no Part holds it";
const WHERE = "where its pods find it; no Part holds it";
const SECRET = "secrets are never read";

const pod = "spec.template.spec";
const container = `${pod}.containers[]`;

/** Which field of a RedisCache each input sets. */
export const redisCacheInputs: InputTable = {
  "kubernetes:apps/v1:StatefulSet": {
    fields: {
      "spec.replicas": "topology",
      "spec.volumeClaimTemplates[].spec.storageClassName": "runtime.volume.class",
      "spec.volumeClaimTemplates[].spec.resources": "runtime.volume.gib",
      [`${pod}.affinity.nodeAffinity`]: "placement",
      [`${pod}.topologySpreadConstraints[].whenUnsatisfiable`]: "placement",
      [`${pod}.topologySpreadConstraints[].topologyKey`]: "placement",
      [`${pod}.topologySpreadConstraints[].labelSelector`]: "placement",
      [`${container}.image`]: "engine",
      [`${container}.ports[].containerPort`]: "port",
      [`${container}.resources.limits.memory`]: "node",
      [`${container}.resources.requests.cpu`]: "runtime.member",
      [`${container}.resources.requests.memory`]: "runtime.member",
      [`${pod}.volumes[].configMap.name`]: "eviction",
    },
    ignored: {
      ...namedInputs,
      "spec.serviceName": "which Service gives pods their names; no Part holds it",
      "spec.selector": "which pods are its own; no Part holds it",
      "spec.minReadySeconds": OPERATED,
      "spec.podManagementPolicy": OPERATED,
      "spec.updateStrategy": OPERATED,
      "spec.persistentVolumeClaimRetentionPolicy": "what is kept when pods go; rules judge it",
      "spec.volumeClaimTemplates[].metadata": NAME,
      "spec.volumeClaimTemplates[].spec.accessModes": "one node at a time, as every disk of a cloud",
      "spec.template.metadata.labels": "what selects the pods; no Part holds it",
      "spec.template.metadata.annotations": OPERATED,
      [`${pod}.affinity.podAntiAffinity`]: "how pods keep off each other's nodes; rules judge it",
      [`${pod}.topologySpreadConstraints[].maxSkew`]: "how uneven is even; rules judge it",
      [`${pod}.topologySpreadConstraints[].nodeTaintsPolicy`]: "which nodes count; rules judge it",
      [`${pod}.serviceAccountName`]: NAME,
      [`${pod}.automountServiceAccountToken`]: SECURITY,
      [`${pod}.enableServiceLinks`]: OPERATED,
      [`${pod}.priorityClassName`]: OPERATED,
      [`${pod}.imagePullSecrets`]: "secrets of registries; no Part of a cache holds them",
      [`${pod}.securityContext`]: SECURITY,
      [`${pod}.terminationGracePeriodSeconds`]: OPERATED,
      [`${pod}.volumes`]: WHERE,
      [container]: "how the server is run and looked after; no Part holds it",
    },
  },
  "kubernetes:apps/v1:Deployment": {
    fields: {},
    ignored: {
      ...namedInputs,
      spec: "it leads callers to the master, and Sentinels say who that is; no Part holds it",
    },
  },
  "kubernetes:core/v1:ConfigMap": {
    fields: {
      "data.redis.conf": "eviction",
      "data.sentinel.conf": "runtime.downAfterSeconds",
      "data.settings.sh": "runtime.quorum",
    },
    ignored: {
      ...namedInputs,
      immutable: OPERATED,
      data: "scripts, and what proxies are told; no Part holds it",
    },
  },
  "kubernetes:core/v1:Service": {
    fields: {},
    ignored: {
      ...namedInputs,
      // Only of a group that is copied does a port of one of its Services tell anything: it is read there.
      "spec.ports": WHERE,
      "metadata.annotations": "whose balancer leads copies in, and by what name; no Part holds it",
      spec: WHERE,
    },
  },
  ...classInputs("runtime.volume.bindsLate", null),
  "kubernetes:core/v1:ServiceAccount": {
    fields: {},
    ignored: { ...namedInputs, automountServiceAccountToken: SECURITY },
  },
  "kubernetes:policy/v1:PodDisruptionBudget": {
    fields: {},
    ignored: { ...namedInputs, spec: "how many a drain may take; rules judge it" },
  },
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": { fields: {}, ignored: { ...namedInputs, spec: REACH } },
  "kubernetes:core/v1:Secret": {
    fields: {},
    ignored: { ...namedInputs, type: TYPE, stringData: SECRET, data: SECRET },
  },
  "kubernetes:external-secrets.io/v1:ExternalSecret": {
    fields: {},
    ignored: { ...namedInputs, spec: "where secrets are fetched from; no Part holds it" },
  },
  "random:index/randomPassword:RandomPassword": {
    fields: {},
    ignored: { length: SECRET, special: SECRET },
  },
};
