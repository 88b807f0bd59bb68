import type { Cluster } from "../model";
import { finding, onValue, partsOf, undecided, valueAt } from "./finding";
import { advice, beyondDev, inProd } from "./rule";
import type { Finding, Rule } from "./rule";

const everybody = ["0.0.0.0/0", "::/0"];

const endpointClosed: Rule = {
  id: "cluster-endpoint-closed",
  title: "A cluster's control plane does not answer to everybody",
  about: "Whoever finds a token, or a hole in the API, needs nothing else where the endpoint is open to the internet.",
  severity: beyondDev,
  peers: ["CKV_AWS_38", "CKV_AWS_39", "AWS-0041", "cdk-nag EKS1"],
  check: (subject) =>
    partsOf(subject.parts, "cluster").map((cluster): Finding => {
      const open = valueAt(cluster, "endpoint.public");
      if (!open.known) return undecided(cluster.key, "endpoint.public", open);
      if (open.value === false) return finding(cluster.key, { ok: true, message: "the endpoint is private", fix: "" });
      return onValue<Cluster["endpoint"]["publicRanges"]>(cluster, "endpoint.publicRanges", (ranges) => {
        const wide = ranges.filter((range) => everybody.includes(range));
        return {
          ok: wide.length === 0,
          message: `the endpoint answers to ${ranges.join(", ") || "nobody"}`,
          fix: "name vpcConfig.publicAccessCidrs, or turn endpointPublicAccess off",
        };
      });
    }),
};

const secretsEncrypted: Rule = {
  id: "cluster-secrets-encrypted",
  title: "A cluster encrypts its secrets",
  about: "Secrets in the control plane's store are read by whoever gets hold of a copy of it.",
  severity: inProd,
  peers: ["CKV_AWS_58", "AWS-0039"],
  check: (subject) =>
    partsOf(subject.parts, "cluster").map((cluster) =>
      onValue<boolean>(cluster, "encryptsSecrets", (ok) => ({
        ok,
        message: ok ? "secrets encrypted" : "secrets as they are",
        fix: "give it an encryptionConfig for secrets, or Kubernetes 1.28 or later",
      })),
    ),
};

const planeLogs = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const logsKept: Rule = {
  id: "cluster-logs",
  title: "A cluster keeps its control plane's logs",
  about: "Who changed what is in the control plane's logs alone, and they cannot be had afterwards.",
  severity: inProd,
  peers: ["CKV_AWS_37", "AWS-0038", "cdk-nag EKS2"],
  check: (subject) =>
    partsOf(subject.parts, "cluster").map((cluster) =>
      onValue<Cluster["logs"]>(cluster, "logs", (logs) => {
        const missing = planeLogs.filter((log) => !logs.includes(log));
        return {
          ok: missing.length === 0,
          message: missing.length === 0 ? "all logs kept" : `without ${missing.join(", ")}`,
          fix: `set enabledClusterLogTypes to ${planeLogs.join(", ")}`,
          // With who did what and who asked for it, the rest is detail.
          ...(logs.includes("api") && logs.includes("audit") ? { severity: "advisory" as const } : {}),
        };
      }),
    ),
};

const versionSupported: Rule = {
  id: "cluster-version-supported",
  title: "A cluster's version is not an old one",
  about: "An old version costs six times as much an hour, and is moved on by the provider at its end.",
  severity: advice,
  peers: [],
  check: (subject) =>
    partsOf(subject.parts, "cluster").map((cluster) =>
      onValue<Cluster["support"]>(cluster, "support", (support) => ({
        ok: support === "standard",
        message: `${support} support`,
        fix: "go to a version in standard support, one minor at a time",
      })),
    ),
};

export const clusterRules: readonly Rule[] = [endpointClosed, secretsEncrypted, logsKept, versionSupported];
