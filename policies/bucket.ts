import type { Resource, Value } from "../model";
import { at, isUnknownValue } from "../model";
import { finding, onValue, partsOf, undecided } from "./finding";
import { advice, beyondDev, inProd } from "./rule";
import type { Finding, Rule } from "./rule";

const BUCKET = "aws:s3/bucket:Bucket";
const BLOCK = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const ACCOUNT_BLOCK = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
const fences = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"] as const;

function blockOf(blocks: readonly Resource[], bucket: Resource): Resource | undefined {
  return blocks.find((block) => {
    const named = block.inputs["bucket"];
    return (
      block.propertyDependencies["bucket"]?.includes(bucket.urn) === true ||
      (typeof named === "string" && named === bucket.inputs["bucket"])
    );
  });
}

/** Of resources, not Parts: a bucket that another Part holds is judged too. */
const bucketsPrivate: Rule = {
  id: "buckets-private",
  title: "A bucket can never be public",
  about: "One careless policy or list is enough, and access logs too hold addresses and paths of everybody who called.",
  severity: beyondDev,
  peers: ["CKV2_AWS_6"],
  check: ({ graph }) => {
    const buckets = graph.ofType(BUCKET);
    if (buckets.length === 0) return [];
    const blocks = graph.ofType(BLOCK);
    const account = graph.ofType(ACCOUNT_BLOCK).find(({ inputs }) => fences.every((fence) => inputs[fence] === true));
    return buckets.map((bucket): Finding => {
      if (account !== undefined) return finding(null, { ok: true, message: `${bucket.name} is fenced`, fix: "" });
      const block = blockOf(blocks, bucket);
      const fix = "add a BucketPublicAccessBlock with all four on";
      // Whether it is older than AWS's default no program says.
      if (block === undefined)
        return finding(null, {
          ok: false,
          message: `${bucket.name} has no public access block; AWS fences buckets made since 2023-04, and no older ones`,
          fix,
          severity: "advisory",
        });
      const values = fences.map((fence): [string, Value | undefined] => [fence, block.inputs[fence]]);
      const unknownFence = values.find(([, value]) => isUnknownValue(value));
      if (unknownFence) return undecided(null, `${bucket.name}: ${unknownFence[0]}`, { why: "after-deploy" });
      const open = values.filter(([, value]) => value !== true && value !== "true").map(([fence]) => fence);
      return finding(null, {
        ok: open.length === 0,
        message: open.length === 0 ? `${bucket.name} is fenced` : `${bucket.name}: ${open.join(", ")} not on`,
        fix,
      });
    });
  },
};

const versioned: Rule = {
  id: "bucket-versioned",
  title: "A bucket keeps what was overwritten or deleted",
  about: "Without versions a wrong write is the loss of what was there. Logs are written once: for them it is advice.",
  severity: inProd,
  peers: ["CKV_AWS_21", "AWS-0090*"],
  check: ({ parts }) =>
    partsOf(parts, "bucket").map((bucket) => {
      const holds = at(bucket, "holds");
      return onValue<boolean>(bucket, "versioned", (ok) => ({
        ok,
        message: ok ? "versions are kept" : "no versions are kept",
        fix: 'add a BucketVersioning with status "Enabled"',
        ...(holds.known && holds.value === "logs" ? { severity: "advisory" as const } : {}),
      }));
    }),
};

const versionsExpire: Rule = {
  id: "bucket-versions-expire",
  title: "Old versions go some day",
  about: "Each overwritten object is paid for until somebody removes it, and nobody sees it in a listing.",
  severity: advice,
  peers: ["CKV2_AWS_61*"],
  check: ({ parts }) =>
    partsOf(parts, "bucket").flatMap((bucket): readonly Finding[] => {
      const keeps = at(bucket, "versioned");
      if (keeps.known && keeps.value === false) return [];
      if (!keeps.known) return [undecided(bucket.key, "versioned", keeps)];
      return [
        onValue<boolean>(bucket, "hasLifecycle", (ok) => ({
          ok,
          message: ok ? "a lifecycle rule is on" : "versions are kept for ever",
          fix: "add a BucketLifecycleConfiguration with noncurrentVersionExpiration",
        })),
      ];
    }),
};

const replicated: Rule = {
  id: "bucket-replicated",
  title: "What must survive a region is copied to another",
  about: "A bucket's copies are all in one region.",
  severity: inProd,
  peers: ["CKV_AWS_144"],
  check: ({ parts, basis }) =>
    basis?.objectives.survive !== "region"
      ? []
      : partsOf(parts, "bucket").map((bucket) =>
          onValue<boolean>(bucket, "replicated", (ok) => ({
            ok,
            message: ok ? "copied elsewhere" : "in one region alone, and the loss of one must be survived",
            fix: "add a BucketReplicationConfig",
          })),
        ),
};

const tlsOnly: Rule = {
  id: "bucket-tls",
  title: "A bucket refuses requests without TLS",
  about: "The endpoint answers plain HTTP too, and what is asked there is read by whoever carries it.",
  severity: advice,
  peers: ["cdk-nag S10*"],
  check: ({ parts }) =>
    partsOf(parts, "bucket").map((bucket) =>
      onValue<boolean>(bucket, "inTransit", (ok) => ({
        ok,
        message: ok ? "refuses plain HTTP" : "answers plain HTTP",
        fix: "deny requests where aws:SecureTransport is false in its policy",
      })),
    ),
};

const kept: Rule = {
  id: "bucket-kept",
  title: "A bucket that holds data does not go with its stack",
  about: "With forceDestroy, destroying or replacing the bucket deletes every object in it first.",
  severity: advice,
  peers: [],
  check: ({ parts }) =>
    partsOf(parts, "bucket").flatMap((bucket): readonly Finding[] => {
      const holds = at(bucket, "holds");
      if (holds.known && holds.value === "logs") return [];
      return [
        onValue<boolean>(bucket, "forceDestroy", (destroyed) => ({
          ok: !destroyed,
          message: destroyed ? "forceDestroy is on" : "refuses to go while it holds objects",
          fix: "leave forceDestroy out",
        })),
      ];
    }),
};

export const bucketRules: readonly Rule[] = [bucketsPrivate, versioned, versionsExpire, replicated, tlsOnly, kept];
