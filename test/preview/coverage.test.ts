import type { Cost, Inputs, ReportedResource } from "../../model";
import { coverageOf } from "../../preview/coverage";
import { resource } from "../policies/fixture";

const reported = (type: string, state: ReportedResource["state"]): ReportedResource => ({
  ...resource(type, {}),
  urn: `urn:pulumi:s::p::${type}::a`,
  state,
});
const cost = (...parts: readonly `bucket/${string}/r`[]): Cost => ({
  perMonthUsd: { min: 0, expected: 0, max: 0 },
  partial: false,
  unpriced: [],
  lines: parts.map((part) => ({
    part,
    item: "x",
    quantity: { min: 1, expected: 1, max: 1 },
    unit: "x",
    unitUsd: 1,
    perMonthUsd: { min: 1, expected: 1, max: 1 },
    usage: false,
    grade: "A",
    source: { title: "x", date: "2026-01-01", url: "https://example.com" },
  })),
});

test("what is free, or billed with another, is read but not billed for; providers do not count", () => {
  const resources = [
    reported("aws:s3/bucket:Bucket", "read"),
    reported("aws:s3/bucketPolicy:BucketPolicy", "read"),
    reported("aws:iam/role:Role", "read"),
    reported("aws:iot/thing:Thing", "unread"),
    reported("pulumi:providers:aws", "read"),
  ];
  const claims = resources.map(({ urn }) => ({ urn, part: "bucket/a/r", carries: "fields" }) as const);
  expect(coverageOf(resources, claims, cost("bucket/a/r"))).toEqual({
    resources: 4,
    read: 3,
    billed: 2,
    billedRead: 1,
    priced: 2,
  });
  expect(coverageOf(resources, claims, cost("bucket/b/r"))).toMatchObject({ billed: 2, priced: 0 });
});

test("an Ingress of a controller that stands there anyway is billed for as little as its Service; one that makes a balancer is", () => {
  const ingress = (inputs: object) => ({
    ...reported("kubernetes:networking.k8s.io/v1:Ingress", "read" as const),
    inputs: inputs as Inputs,
  });
  const billed = (inputs: object) => coverageOf([ingress(inputs)], [], cost()).billed;
  expect(billed({ spec: { ingressClassName: "nginx" } })).toBe(0);
  expect(billed({ metadata: { annotations: { "kubernetes.io/ingress.class": "haproxy" } } })).toBe(0);
  expect(billed({ spec: { ingressClassName: "alb" } })).toBe(1);
  expect(billed({ spec: {} })).toBe(1);
});

test("what has a price for its disk and none for its hours is not priced; use that nobody stated is no matter", () => {
  const resources = [reported("aws:s3/bucket:Bucket", "read")];
  const part = "bucket/a/r" as const;
  const claims = resources.map(({ urn }) => ({ urn, part, carries: "fields" }) as const);
  const priced = (item: string, why: string) =>
    coverageOf(resources, claims, { ...cost(part), unpriced: [{ part, item, why }] }).priced;
  expect(priced("machine-hour on Spot", "100 % on Spot, whose price moves")).toBe(0);
  expect(priced("machine-hour:u-6tb1.metal", "no price known in us-east-1")).toBe(0);
  expect(priced("replicas", "scaling.min is not known")).toBe(0);
  expect(priced("nat-hour", "no price known in eu-south-2")).toBe(0);
  expect(priced("alb-lcu-hour", "needs demand")).toBe(1);
  expect(priced("alb-lcu-hour", "no price known in eu-south-2")).toBe(1);
  expect(priced("disk", "rootBlockDevice: not set, and no default is known")).toBe(1);
  expect(priced("logs", "needs demand")).toBe(1);
});
