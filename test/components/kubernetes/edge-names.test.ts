import { readParts } from "../../../components/readers";
import { plain, resourceGraph, type Resource, type Value } from "../../../model";
import { stacks } from "./stacks";

const at = (value: Value | undefined, ...path: readonly string[]): Value | undefined =>
  path.reduce<Value | undefined>(
    (here, step) =>
      typeof here === "object" && here !== null && !Array.isArray(here)
        ? (here as Readonly<Record<string, Value>>)[step]
        : undefined,
    value,
  );
const listIn = (value: Value | undefined): readonly Value[] =>
  Array.isArray(value) ? (value as readonly Value[]) : [];

/** Names that external-dns makes records of for an object, as its sources decide (source/gateway.go, source/ingress.go of v0.18). */
function recordsOf({ type, inputs }: Resource): readonly string[] {
  const annotation = (word: string) =>
    at(inputs, "metadata", "annotations", `external-dns.alpha.kubernetes.io/${word}`);
  if ((annotation("controller") ?? "dns-controller") !== "dns-controller") return [];
  const said = annotation("hostname");
  const annotated = typeof said === "string" ? said.split(",") : [];
  const hosts = type.endsWith(":HTTPRoute")
    ? listIn(at(inputs, "spec", "hostnames"))
    : type.endsWith(":Ingress") && annotation("ingress-hostname-source") !== "annotation-only"
      ? [
          ...listIn(at(inputs, "spec", "rules")).map((rule) => at(rule, "host")),
          ...listIn(at(inputs, "spec", "tls")).flatMap((each) => listIn(at(each, "hosts"))),
        ]
      : [];
  return [...new Set([...hosts, ...annotated].filter((host): host is string => typeof host === "string"))];
}

const several = stacks.filter(([name]) => name.includes("two regions with a domain"));
const led = stacks.filter(([name]) => name.includes("by external-dns") && name.includes("three regions"));

test.each(led)("%s: one is led to while it stands, each by an identifier of its own", async (_, record) => {
  const { resources, plan } = await record();
  const doors = resources.filter(({ type }) => /:(HTTPRoute|Ingress)$/.test(type));
  const said = (door: Resource, word: string) =>
    at(door.inputs, "metadata", "annotations", `external-dns.alpha.kubernetes.io/${word}`);
  const edge = doors.filter((door) => recordsOf(door).includes("model.example.com"));
  expect(
    edge.map((door) =>
      ["set-identifier", "aws-weight", "aws-evaluate-target-health"].map((word) => said(door, word)).join(" "),
    ),
  ).toEqual(expect.arrayContaining(["us-east-1 1 true", "us-west-2 0 true", "eu-west-1 0 true"]));
  expect(edge).toHaveLength(3);
  // What the names of single regions lead to, nobody else claims.
  const own = doors.flatMap(recordsOf).filter((name) => name !== "model.example.com");
  expect([...own].sort()).toEqual(
    ["eu-west-1", "us-east-1", "us-west-2"].map((region) => `${region}.model.example.com`),
  );

  // Each word of each door is read: without it, or with another, the failover is another.
  const failover = (all: readonly Resource[]) => {
    const { parts } = readParts("kubernetes", resourceGraph(all));
    return JSON.stringify(parts.filter(({ kind }) => kind === "dns-failover").map(plain));
  };
  const before = failover(resources);
  expect(before).toContain("external-dns");
  expect(plan.parts.filter(({ kind }) => kind === "dns-failover")).toHaveLength(1);
  const first = edge.find((door) => said(door, "aws-weight") === "1")!;
  const changes = { "set-identifier": undefined, "aws-weight": "0", "aws-evaluate-target-health": "false" };
  for (const [word, value] of Object.entries(changes)) {
    const annotations = Object.fromEntries(
      Object.entries(at(first.inputs, "metadata", "annotations") as Readonly<Record<string, Value>>).flatMap(
        ([key, old]) => (!key.endsWith(`/${word}`) ? [[key, old]] : value === undefined ? [] : [[key, value]]),
      ),
    );
    const metadata = { ...(at(first.inputs, "metadata") as Readonly<Record<string, Value>>), annotations };
    const changed = { ...first, inputs: { ...first.inputs, metadata } };
    expect(failover(resources.map((each) => (each === first ? changed : each)))).not.toBe(before);
  }
});

test.each(several)("%s: no name is claimed by the doors of two clusters", async (_, record) => {
  const { resources } = await record();
  const doors = resources.filter(({ type }) => /:(HTTPRoute|Ingress)$/.test(type));
  expect(new Set(doors.map(({ provider }) => provider)).size).toBe(2);
  const claims = doors.flatMap((door) => recordsOf(door).map((name) => `${name} ${door.name}`));
  const names = claims.map((claim) => claim.split(" ")[0]);
  // Route 53's records are the stack's own, and external-dns may write none of them.
  const own = resources.some(({ type }) => type === "aws:route53/record:Record")
    ? []
    : ["eu-west-1.model.example.com", "us-east-1.model.example.com"];
  expect([...names].sort()).toEqual(own);
});
