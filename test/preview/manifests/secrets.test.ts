import { reportOfManifests } from "../../../preview/from-manifests";
import { workings } from "../../../preview/workings";
import type { Report } from "../../../model";

const report = (text: string): Report =>
  reportOfManifests(
    { name: "shop", files: [{ name: "web.yaml", text }], notRead: [] },
    { asOf: "2026-11-21" },
    workings,
  );

const secret = `apiVersion: v1
kind: Secret
metadata: { name: db }
stringData: { PASSWORD: hunter22, USER: postgres, URL: a-long-word-of-it }
data: { token: ${Buffer.from("from-base64-0001").toString("base64")} }
---
`;
const web = (env: string, more = ""): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"password":"applied-0001"}'
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "postgres:16", env: [${env}]${more} }
        - { name: side, image: "a:1", env: [${env}] }
`;
const env = (name: string, value: string): string => `{ name: ${name}, value: "${value}" }`;

describe("a report holds no secret that somebody wrote out", () => {
  test("settings that look like one, what a Secret holds, ConfigMaps, and what kubectl keeps", () => {
    const settings = [
      env("DB_PASSWORD", "plain-0001"),
      env("PGPASSWORD", "plain-0002"),
      env("DATABASE_URL", "postgres://app:plain-0003@db:5432/app"),
      env("GREETING", "hunter22 hello"),
      env("OTHER", "from-base64-0001"),
      env("LEVEL", "info-level"),
      env("DB_HOST", "postgres"),
    ].join(", ");
    const map = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: m }
data: { API_KEY: plain-0004, MODE: calm-mode }
`;
    const text = JSON.stringify(report(secret + web(settings, ', args: ["--token", "a-long-word-of-it"]') + map));
    for (const hidden of ["plain-000", "hunter22", "from-base64", "a-long-word", "applied-0001"])
      expect(text).not.toContain(hidden);
    for (const shown of ["info-level", "calm-mode", "postgres:16", "DB_PASSWORD"]) expect(text).toContain(shown);
  });

  test("rules judged what was written, and say it without the value", () => {
    const found = report(web(env("DB_PASSWORD", "plain-0001"))).rules.find(({ id }) => id === "no-plain-secret");
    expect(found).toMatchObject({
      verdict: "fail",
      message: "DB_PASSWORD is named like a secret, DB_PASSWORD of side is named like a secret",
    });
  });

  test("two that are both hidden are the same", () => {
    const [one, other] = ["plain-0001", "plain-0002"].map((value) => report(web(env("DB_PASSWORD", value))).resources);
    expect(one).toEqual(other);
  });
});
