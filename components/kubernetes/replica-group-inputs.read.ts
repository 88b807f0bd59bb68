import type { InputTable } from "../../model";
import { NAME, namedInputs, objectInputs, OPERATED, TYPE } from "./object-inputs.read";

const REACH = "who may reach whom; no Part holds it";
const SECURITY = "what the pod may do on its node; no Part holds it";

/** Inputs of a pod template, below `spec.template`: which field each sets. */
export const podInputs = {
  fields: {
    "spec.template.spec.affinity.nodeAffinity": "placement",
    "spec.template.spec.affinity.podAntiAffinity": "runtime.hosts",
    "spec.template.spec.topologySpreadConstraints[].whenUnsatisfiable": "placement",
    "spec.template.spec.topologySpreadConstraints[].topologyKey": "placement",
    "spec.template.spec.topologySpreadConstraints[].labelSelector": "placement",
    "spec.template.spec.terminationGracePeriodSeconds": "drainSeconds",
    "spec.template.spec.imagePullSecrets": "pullSecrets",
    "spec.template.spec.containers[].name": "sidecars",
    "spec.template.spec.containers[].image": "image",
    "spec.template.spec.containers[].env[].name": "environment",
    "spec.template.spec.containers[].env[].value": "environment",
    "spec.template.spec.containers[].env[].valueFrom": "secrets",
    "spec.template.spec.containers[].env[].valueFrom.configMapKeyRef": "configMaps",
    "spec.template.spec.containers[].ports[].containerPort": "ports",
    "spec.template.spec.containers[].ports[].name": "ports",
    "spec.template.spec.containers[].resources.requests.cpu": "size",
    "spec.template.spec.containers[].resources.requests.memory": "size",
    "spec.template.spec.containers[].resources.limits.cpu": "runtime.cpuLimitMillis",
    "spec.template.spec.containers[].resources.limits.memory": "runtime.memoryLimitMiB",
    "spec.template.spec.containers[].livenessProbe": "probes",
    "spec.template.spec.containers[].readinessProbe": "probes",
    "spec.template.spec.containers[].startupProbe": "probes",
    "spec.template.spec.containers[].livenessProbe.httpGet.port": "ports",
    "spec.template.spec.containers[].livenessProbe.tcpSocket.port": "ports",
    "spec.template.spec.containers[].readinessProbe.httpGet.port": "ports",
    "spec.template.spec.containers[].readinessProbe.tcpSocket.port": "ports",
    "spec.template.spec.containers[].startupProbe.httpGet.port": "ports",
    "spec.template.spec.containers[].startupProbe.tcpSocket.port": "ports",
    "spec.template.spec.containers[].lifecycle.preStop.sleep.seconds": "runtime.stopDelaySeconds",
    "spec.template.spec.initContainers[]": "sidecars",
    "spec.template.spec.resources.requests.cpu": "size",
    "spec.template.spec.resources.requests.memory": "size",
    "spec.template.spec.resources.limits.cpu": "runtime.cpuLimitMillis",
    "spec.template.spec.resources.limits.memory": "runtime.memoryLimitMiB",
  },
  ignored: {
    "spec.template.metadata.labels": "what selects the pods; no Part holds it",
    "spec.template.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution[].weight":
      "which preference wins; there is one",
    "spec.template.spec.containers[].env[].valueFrom.secretKeyRef.key": "which key of the Secret; no Part holds it",
    "spec.template.spec.initContainers[].env[].valueFrom.secretKeyRef.key": "which key of the Secret; no Part holds it",
    "spec.template.spec.serviceAccountName": NAME,
    "spec.template.spec.automountServiceAccountToken": SECURITY,
    "spec.template.spec.enableServiceLinks": OPERATED,
    "spec.template.spec.priorityClassName": OPERATED,
    "spec.template.spec.securityContext": SECURITY,
    "spec.template.spec.topologySpreadConstraints[].maxSkew": "how uneven is even; rules judge it",
    "spec.template.spec.topologySpreadConstraints[].nodeTaintsPolicy": "which nodes count; rules judge it",
    "spec.template.spec.topologySpreadConstraints[].matchLabelKeys": "which pods count; rules judge it",
    "spec.template.spec.containers[].imagePullPolicy": OPERATED,
    "spec.template.spec.containers[].command": "what the container runs; no Part holds it",
    "spec.template.spec.containers[].ports[].protocol": "TCP",
    "spec.template.spec.containers[].resources.requests.ephemeral-storage": "scratch space; no Part holds it",
    "spec.template.spec.containers[].resources.limits.ephemeral-storage": "scratch space; no Part holds it",
    "spec.template.spec.containers[].securityContext": SECURITY,
    "spec.template.spec.containers[].volumeMounts": "scratch space; no Part holds it",
    "spec.template.spec.initContainers[].imagePullPolicy": OPERATED,
    "spec.template.spec.initContainers[].command": "what the container runs; no Part holds it",
    "spec.template.spec.initContainers[].ports[].name": NAME,
    "spec.template.spec.initContainers[].ports[].protocol": "TCP",
    "spec.template.spec.initContainers[].resources.requests.ephemeral-storage": "scratch space; no Part holds it",
    "spec.template.spec.initContainers[].resources.limits": "limits of what is beside; no Part holds them",
    "spec.template.spec.initContainers[].securityContext": SECURITY,
    "spec.template.spec.initContainers[].volumeMounts": "scratch space; no Part holds it",
    "spec.template.spec.volumes": "scratch space; no Part holds it",
  },
} as const;

/** Which field of a ReplicaGroup each input sets. */
export const replicaGroupInputs: InputTable = {
  "kubernetes:apps/v1:Deployment": {
    fields: {
      ...podInputs.fields,
      "spec.replicas": "scaling",
      "spec.minReadySeconds": "runtime.minReadySeconds",
      "spec.strategy.rollingUpdate.maxSurge": "rollout.surge",
      "spec.strategy.rollingUpdate.maxUnavailable": "rollout.unavailable",
    },
    ignored: {
      ...objectInputs,
      ...podInputs.ignored,
      "metadata.name": NAME,
      "spec.selector": "which pods are its own; no Part holds it",
      "spec.strategy.type": "RollingUpdate is the default",
      "spec.progressDeadlineSeconds": OPERATED,
    },
  },
  "kubernetes:autoscaling/v2:HorizontalPodAutoscaler": {
    fields: {
      "spec.scaleTargetRef.kind": "scaling",
      "spec.scaleTargetRef.name": "scaling",
      "spec.minReplicas": "scaling",
      "spec.maxReplicas": "scaling",
      "spec.metrics[].resource": "scaling",
    },
    ignored: {
      ...namedInputs,
      "spec.scaleTargetRef.apiVersion": TYPE,
      "spec.metrics[].type": TYPE,
      "spec.metrics[].resource.target.type": TYPE,
      "spec.behavior": "how fast it moves; no Part holds it",
    },
  },
  "kubernetes:autoscaling/v1:HorizontalPodAutoscaler": {
    fields: {
      "spec.scaleTargetRef.kind": "scaling",
      "spec.scaleTargetRef.name": "scaling",
      "spec.minReplicas": "scaling",
      "spec.maxReplicas": "scaling",
      "spec.targetCPUUtilizationPercentage": "scaling",
    },
    ignored: { ...namedInputs, "spec.scaleTargetRef.apiVersion": TYPE },
  },
  "kubernetes:keda.sh/v1alpha1:ScaledObject": {
    fields: {
      "spec.scaleTargetRef.kind": "scaling",
      "spec.scaleTargetRef.name": "scaling",
      "spec.minReplicaCount": "scaling",
      "spec.maxReplicaCount": "scaling",
    },
    ignored: {
      ...namedInputs,
      "spec.scaleTargetRef.apiVersion": TYPE,
      "spec.triggers": "what it measures is no share of what pods ask for",
      "*": "how fast it moves, and when it asks; no Part holds it",
    },
  },
  "kubernetes:policy/v1:PodDisruptionBudget": {
    fields: {
      "spec.maxUnavailable": "runtime.disruptionMaxUnavailable",
      "spec.minAvailable": "runtime.disruptionMaxUnavailable",
      "spec.selector": "runtime.disruptionMaxUnavailable",
    },
    ignored: { ...namedInputs, "spec.unhealthyPodEvictionPolicy": OPERATED },
  },
  "kubernetes:core/v1:Service": {
    fields: { "metadata.name": "registry", "spec.selector": "registry" },
    ignored: {
      ...objectInputs,
      "spec.type": "inside the cluster, as is the default",
      "spec.clusterIP":
        "one without an address is for a door that asks for its pods by name; callers are told the other",
      "spec.ports": "how callers reach the ports that the pods have; rules judge it",
    },
  },
  "kubernetes:networking.k8s.io/v1:NetworkPolicy": {
    fields: {},
    ignored: { ...namedInputs, spec: REACH },
  },
  "kubernetes:core/v1:ServiceAccount": {
    fields: {},
    ignored: { ...namedInputs, automountServiceAccountToken: SECURITY },
  },
  "kubernetes:core/v1:Secret": {
    fields: {},
    ignored: {
      ...namedInputs,
      type: TYPE,
      stringData: "secrets are never read",
      data: "secrets are never read",
    },
  },
  "kubernetes:core/v1:ConfigMap": {
    fields: { data: "environment" },
    ignored: { ...namedInputs },
  },
  "kubernetes:external-secrets.io/v1:ExternalSecret": {
    fields: { "spec.target.name": "secrets" },
    ignored: { ...namedInputs, spec: "where secrets are fetched from; no Part holds it" },
  },
};
