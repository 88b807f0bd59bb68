/** Older spellings of modules whose resources take the same inputs as the newer ones (aliases in @pulumi/aws 7.48.0, alb/*.js and lb/*.js). */
const modules: Readonly<Record<string, string>> = {
  alb: "lb",
  applicationloadbalancing: "lb",
  elasticloadbalancingv2: "lb",
  elasticloadbalancing: "elb",
};
const MODULE = /^aws:([a-z0-9]+)\//;
/** Second versions of S3's types became the first again in version 7 (deprecations in @pulumi/aws 7.48.0, s3/bucketV2.d.ts and its like). */
const SECOND = /^aws:s3\/(bucket[A-Za-z]*)V2:(Bucket[A-Za-z]*)V2$/;

/**
 * Versions of Kubernetes' kinds that take the same inputs as the newer ones (kubernetes.io/docs/reference/using-api/deprecation-guide,
 * read 2026-11-21). An autoscaler's first version is not among them: it says its metric in other words.
 */
const VERSION =
  /^kubernetes:(apps|policy|batch|gateway\.networking\.k8s\.io|external-secrets\.io|scheduling\.k8s\.io|storage\.k8s\.io|rbac\.authorization\.k8s\.io)\/v1beta\d+:/;
/** The same of what has another group or number since. */
const MOVED: readonly (readonly [RegExp, string])[] = [
  [/^kubernetes:autoscaling\/v2beta2:/, "kubernetes:autoscaling/v2:"],
  [/^kubernetes:extensions\/v1beta1:(?=Deployment$|DaemonSet$|ReplicaSet$)/, "kubernetes:apps/v1:"],
  [/^kubernetes:extensions\/v1beta1:(?=NetworkPolicy$)/, "kubernetes:networking.k8s.io/v1:"],
];

/** A type token in the spelling that readers, prices and tables know. Tokens without another spelling come back as they are. */
export function currentToken(type: string): string {
  if (type.startsWith("kubernetes:"))
    return MOVED.reduce((token, [from, to]) => token.replace(from, to), type.replace(VERSION, "kubernetes:$1/v1:"));
  const module = MODULE.exec(type)?.[1];
  if (module === undefined) return type;
  const newer = Object.hasOwn(modules, module) ? modules[module] : undefined;
  if (newer !== undefined) return `aws:${newer}/${type.slice(`aws:${module}/`.length)}`;
  return module === "s3" ? type.replace(SECOND, "aws:s3/$1:$2") : type;
}
