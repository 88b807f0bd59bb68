import type { InputTable } from "../../model";
import { NAME, namedInputs, objectInputs, OPERATED } from "./object-inputs.read";
import { classInputs } from "./volume-class.read";
import { podInputs, replicaGroupInputs } from "./replica-group-inputs.read";

const MAY = "what the job may do; no Part holds it";

/** Which field of a Store each input sets. */
export const storeInputs: InputTable = {
  ...replicaGroupInputs,
  "kubernetes:apps/v1:StatefulSet": {
    fields: {
      ...podInputs.fields,
      "metadata.annotations.nines/topology": "topology",
      "metadata.annotations.nines/replication-batch-ms": "topology.batchMs",
      "spec.replicas": "scaling",
      "spec.serviceName": "peers",
      "spec.podManagementPolicy": "ordered",
      "spec.minReadySeconds": "runtime.minReadySeconds",
      "spec.persistentVolumeClaimRetentionPolicy": "volume.retained",
      "spec.volumeClaimTemplates[].spec.storageClassName": "volume.class",
      "spec.volumeClaimTemplates[].spec.resources": "volume.gib",
      "spec.template.spec.containers[].env[].name": "secrets",
      "spec.template.spec.containers[].envFrom": "environment",
    },
    ignored: {
      ...objectInputs,
      ...podInputs.ignored,
      "metadata.name": NAME,
      "spec.selector": "which pods are its own; no Part holds it",
      "spec.updateStrategy": "RollingUpdate is the default",
      "spec.template.metadata.annotations": OPERATED,
      "spec.volumeClaimTemplates[].metadata": NAME,
      "spec.volumeClaimTemplates[].spec.accessModes": "one node at a time, as every disk of a cloud",
    },
  },
  "kubernetes:core/v1:Service": {
    fields: {
      "spec.clusterIP": "peers",
      "spec.publishNotReadyAddresses": "peers",
      "spec.selector.statefulset.kubernetes.io/pod-name": "leaderService",
    },
    ignored: {
      ...objectInputs,
      "metadata.name": NAME,
      "spec.type": "inside the cluster, as is the default",
      "spec.selector": "whose members it leads to; rules judge it",
      "spec.ports": "how callers reach the ports that the members have; rules judge it",
    },
  },
  ...classInputs("volume.bindsLate", "volume.outlivesClaim"),
  "kubernetes:batch/v1:CronJob": {
    fields: {
      "metadata.annotations.nines/snapshots-of": "snapshots",
      "metadata.annotations.nines/snapshots-kind": "snapshots",
      "spec.schedule": "snapshots",
      "spec.jobTemplate.spec.template.spec.containers[].env": "snapshots",
    },
    ignored: { ...namedInputs, spec: "how the job runs; no Part holds it" },
  },
  "kubernetes:rbac.authorization.k8s.io/v1:Role": {
    fields: {},
    ignored: { ...namedInputs, rules: MAY },
  },
  "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding": {
    fields: {},
    ignored: { ...namedInputs, roleRef: MAY, subjects: MAY },
  },
};
