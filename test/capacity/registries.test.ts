import type { KubernetesChoice } from "../../model";
import { loginFor, pullSecretsOf } from "../../capacity/registries";
import { given, request, said } from "./a-stack";

const host = "registry.example.com";
const secretArn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:registry-AbCdEf";
const kubernetes: KubernetesChoice = {
  clusters: { "us-east-1": { context: "prod" } },
  nodes: { platform: "eks", machine: "m7i.xlarge" },
};
const onCluster = (registries: unknown) =>
  given({ yaml: { target: "kubernetes", registries }, environment: { kubernetes } });
const shared = (target: string, registries: object) =>
  given({ yaml: { target }, environment: { kubernetes, registries } });

describe("on Kubernetes", () => {
  test("a registry is opened by a Secret of the namespace", () => {
    expect(request(onCluster({ [host]: { secret: "pull" } })).chosen.registries).toEqual({
      [host]: { secret: "pull" },
    });
  });

  test.each([
    [
      "by none of Secrets Manager",
      { [host]: { secretArn } },
      `nines:registries.${host}.secretArn | "${secretArn}" | pods pull with a Secret of their namespace, and never ask Secrets Manager | secret: the name of one of type kubernetes.io/dockerconfigjson, for example pull`,
    ],
    [
      "not by both",
      { [host]: { secret: "pull", secretArn } },
      `nines:registries.${host}.secretArn | "${secretArn}" | pods pull with`,
    ],
    ["not by nothing", { [host]: {} }, `nines:registries.${host} | {} | nothing says what opens it | secret: the name`],
    [
      "by a name that a Secret can have",
      { [host]: { secret: "Pull" } },
      `nines:registries.${host}.secret | "Pull" | at most 253`,
    ],
  ])("%s", (_, registries, words) => expect(said(onCluster(registries))).toContain(words));
});

test("on AWS a Secret of Kubernetes opens nothing", () => {
  expect(said(given({ yaml: { registries: { [host]: { secret: "pull" } } } }))).toBe(
    `nines:registries.${host}.secret | "pull" | a Secret of Kubernetes opens nothing on AWS | secretArn: the ARN of a secret of Secrets Manager that holds user name and password`,
  );
});

describe("an environment, which stacks of both targets share,", () => {
  test.each(["aws", "kubernetes"])("says both, and %s takes its own", (target) => {
    expect(said(shared(target, { [host]: { secretArn, secret: "pull" } }))).toBe("");
  });

  test("must say the target's own where an image of the stack is from there, and not otherwise", () => {
    expect(said(shared("kubernetes", { [host]: { secretArn } }))).toContain(
      `environments.prod.registries.${host} | {"secretArn":"${secretArn}"} | pods pull with a Secret of their namespace`,
    );
    expect(said(shared("aws", { [host]: { secret: "pull" } }))).toContain("; secret may stay, for stacks of the other");
    expect(said(shared("kubernetes", { "other.example.com": { secretArn } }))).toBe("");
  });
});

test.each([
  ["docker.io", "redis:8", true],
  ["docker.io", "team/web:1", true],
  ["docker.io", "localhost/web", false],
  ["docker.io", "registry:5000/web", false],
  ["registry:5000", "registry:5000/web", true],
  ["registry.example.co", "registry.example.com/web", false],
  // Handed over while the program runs: nobody knows whose it is.
  ["docker.io", "", false],
])("the registry %s is that of %s: %s", (registry, image, is) => {
  expect(loginFor({ registries: { [registry]: { secret: "pull" } } }, image) !== undefined).toBe(is);
});

test("a pod shows each Secret once, in the order of their names", () => {
  const { chosen } = request(onCluster({ [host]: { secret: "pull" }, "docker.io": { secret: "hub" } }));
  const own = `${host}/web:1`;
  expect(pullSecretsOf({ chosen }, [own, "redis:8", `${host}/proxy:1`])).toEqual({ pullSecrets: ["hub", "pull"] });
  expect(pullSecretsOf({ chosen }, ["quay.io/web:1"])).toEqual({});
});
