import type { Resource, Value } from "../../../model";
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
