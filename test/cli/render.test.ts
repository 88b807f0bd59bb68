import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aProgram, type AProgram } from "../preview/a-program";
import { asOf, complaints, nines, type Ran } from "./a-project";

const PROGRAM = `
const k8s = require("@pulumi/kubernetes");
const pulumi = require("@pulumi/pulumi");
const provider = new k8s.Provider("cluster", { context: "cluster" });
const metadata = { name: "web", namespace: "shop" };
const labels = { app: "web" };
new k8s.apps.v1.Deployment("web", { metadata, spec: { replicas: 3, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [{ name: "web", image: "registry.example.com/web:1.2" }] } } } }, { provider });
const service = new k8s.core.v1.Service("web", { metadata, spec: { selector: labels, ports: [{ port: 80 }] } }, { provider });
new k8s.core.v1.Secret("auth", { metadata: { name: "auth", namespace: "shop" }, stringData: { password: "hunter2" } }, { provider });
new k8s.apiextensions.CustomResource("rule", { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", metadata: { name: "web", namespace: "shop" }, spec: { groups: [] } }, { provider });
if (new pulumi.Config().getBoolean("broken")) new k8s.core.v1.ConfigMap("late", { metadata: { name: "late" }, data: { ip: service.status.loadBalancer.ingress[0].ip } }, { provider });
`;

let program: AProgram;
let base: string;
const render = (...args: readonly string[]): Ran => nines(["render", ...args], program.root, join(base, "tmp"));
const files = (folder: string): readonly string[] =>
  readdirSync(join(base, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(base, folder).length + 1))
    .sort();

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "nines-render-"));
  program = aProgram({ "index.js": PROGRAM, "Pulumi.prod.yaml": "config: {}\n" });
  mkdirSync(join(base, "tmp"));
});
afterAll(() => {
  program.delete();
  rmSync(base, { recursive: true });
});

test("a stack as files; preview reads them as it reads the stack", () => {
  const ran = render("prod", "--to", join(base, "out"));
  expect(complaints(ran)).toBe("");
  expect(ran.status).toBe(0);
  expect(ran.output).toBe(
    `3 files in ${join(base, "out")}: deployment 1, prometheus rule 1, service 1\nnot written, for files hold no secrets: 1 Secret shop/auth; make it in the cluster, or refer to an external one\n`,
  );
  expect(files("out")).toEqual(["shop/deployment-web.yaml", "shop/prometheusrule-web.yaml", "shop/service-web.yaml"]);
  const texts = files("out").map((path) => readFileSync(join(base, "out", path), "utf8"));
  expect(texts.join()).not.toContain("hunter2");
  const read = nines(["preview", "--from", join(base, "out"), ...asOf], base, join(base, "tmp"));
  expect(read.output).toMatch(/^out +kubernetes, namespace shop +3 resources, read from out$/m);
});

test("a value that only a deploy gives is refused, and nothing is written", () => {
  const ran = render("prod", "--to", join(base, "none"), "--config", "shop:broken=true");
  expect(ran.status).toBe(2);
  expect(ran.output.replaceAll(/\s+/g, " ")).toContain(
    "1 mistake in the program of prod late data.ip its value is known only after a deploy; give it as text",
  );
  expect(readdirSync(base)).not.toContain("none");
});

test("into a folder of others only with --force", () => {
  mkdirSync(join(base, "others"));
  writeFileSync(join(base, "others/README.md"), "# ours\n");
  const ran = render("prod", "--to", join(base, "others"));
  expect(ran.status).toBe(1);
  expect(complaints(ran)).toContain(
    "others holds 1 file that no render of this wrote (README.md): nothing was written",
  );
  expect(render("prod", "--to", join(base, "others"), "--force").status).toBe(0);
  expect(files("others")).toContain("README.md");
  expect(files("others")).toHaveLength(4);
});

test("several stacks as base and overlays", () => {
  program.write("Pulumi.shop-dev.yaml", "config: {}\n");
  program.write("Pulumi.shop-prod.yaml", "config: {}\n");
  expect(complaints(render("shop-dev", "shop-prod", "--to", join(base, "flat")))).toContain(
    "one stack is rendered at a time",
  );
  const ran = render("shop-dev", "shop-prod", "--layout", "overlays", "--to", join(base, "layers"));
  expect(complaints(ran)).toBe("");
  expect(files("layers")).toEqual([
    "base/deployment-web.yaml",
    "base/kustomization.yaml",
    "base/prometheusrule-web.yaml",
    "base/service-web.yaml",
    "overlays/development/kustomization.yaml",
    "overlays/production/kustomization.yaml",
  ]);
});
