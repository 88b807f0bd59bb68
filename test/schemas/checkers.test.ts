import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { binary } from "../cluster/harness/cache";
import { suiteIfThere } from "../needs";
import type { Checked } from "./checker";
import { byDefault } from "./kube-linter";
import { worthwhile } from "./kube-linter-more";
import { polaris } from "./polaris";
import { renderedStacks, type Rendered } from "./rendered";

let rendered: readonly Rendered[];
beforeAll(async () => {
  rendered = await renderedStacks();
});

const tables: readonly (readonly [string, readonly Checked[]])[] = [
  ["kube-linter, on by default", byDefault],
  ["kube-linter, worth turning on", worthwhile],
  ["Polaris", polaris],
];

describe.each(tables)("%s", (_, checks) => {
  test.each(checks.map((check) => [check.id, check] as const))("%s", (__, { expect: expected, broken, kinds = [] }) => {
    const found = rendered.flatMap(({ stack, objects }) =>
      (broken?.(objects) ?? []).map((title) => `${stack}: ${title}`),
    );
    if (expected === "pass") expect(found).toEqual([]);
    // An exception that nothing needs is none.
    else if ("exception" in expected) expect(found).not.toEqual([]);
    else
      expect(rendered.flatMap(({ objects }) => objects.filter(({ kind }) => kinds.includes(String(kind))))).toEqual([]);
  });
});

test("each check of a table can fail", () => {
  const bare = {
    kind: "Deployment",
    apiVersion: "extensions/v1beta1",
    metadata: { name: "web" },
    spec: {
      selector: { matchLabels: { app: "other" } },
      template: {
        metadata: { labels: { app: "web" } },
        spec: {
          hostIPC: true,
          hostPID: true,
          hostNetwork: true,
          serviceAccount: "web",
          restartPolicy: "Never",
          securityContext: { sysctls: [{}] },
          volumes: [{ hostPath: { path: "/var/run/docker.sock" } }],
          containers: [
            {
              image: "web:latest",
              securityContext: { privileged: true, capabilities: { add: ["SYS_ADMIN"] } },
              env: [
                { name: "API_KEY", value: "x" },
                { name: "API_KEY", value: "x" },
              ],
              ports: [{ containerPort: 22, hostPort: 22 }],
              ...Object.fromEntries(
                ["liveness", "readiness", "startup"].map((role) => [`${role}Probe`, { tcpSocket: { port: 1 } }]),
              ),
            },
            {},
          ],
        },
      },
    },
  };
  const unprobed = {
    ...bare,
    spec: { ...bare.spec, template: { metadata: { labels: {} }, spec: { containers: [{}] } } },
  };
  const job = { ...bare, kind: "Job", metadata: { name: "job" } };
  const cron = {
    kind: "CronJob",
    metadata: { name: "cron" },
    spec: { jobTemplate: { spec: { ttlSecondsAfterFinished: 60, template: bare.spec.template } } },
  };
  const bound = { kind: "RoleBinding", metadata: { name: "job" }, subjects: [{ name: "caller" }] };
  const caller = {
    ...job,
    spec: { template: { spec: { serviceAccountName: "caller", containers: [{}] } } },
  };
  const others = [
    job,
    cron,
    bound,
    caller,
    { kind: "Ingress", metadata: { name: "web" }, spec: { rules: [] } },
    {
      kind: "Service",
      metadata: { name: "web" },
      spec: { type: "NodePort", selector: { app: "x" }, ports: [{ targetPort: "x" }] },
    },
    {
      kind: "PodDisruptionBudget",
      metadata: { name: "web" },
      spec: { maxUnavailable: 0, minAvailable: 1, selector: { matchLabels: { app: "x" } } },
    },
    { kind: "HorizontalPodAutoscaler", metadata: { name: "web" }, spec: { minReplicas: 1, maxReplicas: 1 } },
    {
      kind: "NetworkPolicy",
      metadata: { name: "web" },
      spec: {
        podSelector: { matchLabels: { app: "x" } },
        egress: [{ to: [{ podSelector: { matchLabels: { app: "y" } } }] }],
      },
    },
  ];
  const silent = tables.flatMap(([, checks]) =>
    checks
      .filter(({ broken }) => broken !== undefined && broken([bare, unprobed, ...others]).length === 0)
      .map(({ id }) => id),
  );
  expect(silent).toEqual([]);
});

test("every exception and every contradiction is told in docs/checkers.md", () => {
  const page = readFileSync(path.join(__dirname, "../../docs/checkers.md"), "utf8");
  const exceptions = tables.flatMap(([, checks]) =>
    checks.flatMap(({ id, expect: expected }) => (expected !== "pass" && "exception" in expected ? [id] : [])),
  );
  expect(exceptions.filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
});

/** In the cache of the control plane (npm run cluster:up), or on PATH. */
function kubeScore(): string | undefined {
  const built = binary("kube-score");
  if (existsSync(built)) return built;
  return (process.env["PATH"] ?? "")
    .split(path.delimiter)
    .map((folder) => path.join(folder, "kube-score"))
    .find((each) => existsSync(each));
}

const command = kubeScore();
/** Where each check that is left out has its reason beside it; other annotations of ours are read by nines itself. */
const reasonOf: Readonly<Record<string, string>> = {
  "container-resources": "nines/no-cpu-limit",
  "container-image-pull-policy": "nines/pull-if-not-present",
  "deployment-has-poddisruptionbudget": "nines/no-budget",
  "service-targets-pod": "nines/selects-one-pod",
};
const reasonNames = Object.values(reasonOf);
const notFound = command === undefined ? "kube-score is neither built nor on PATH: npm run cluster:up" : null;

suiteIfThere(notFound, "kube-score v1.20", () => {
  function criticalIn(objects: Rendered["objects"]): readonly string[] {
    const { stdout, error } = spawnSync(command ?? "", ["score", "--kubernetes-version", "v1.36", "-o", "ci", "-"], {
      input: objects.map((each) => JSON.stringify(each)).join("\n---\n"),
      encoding: "utf8",
    });
    if (error !== undefined) throw error;
    return stdout.split("\n").filter((line) => line.startsWith("[CRITICAL]"));
  }

  test("finds nothing critical in what is written", () => {
    for (const { objects } of rendered) expect(criticalIn(objects)).toEqual([]);
  });

  test("each exception is an annotation with its reason beside it, and is needed", () => {
    let needed = 0;
    for (const { objects } of rendered) {
      const bare = objects.map((each) => {
        const metadata = each["metadata"] as { readonly annotations?: Readonly<Record<string, string>> };
        const { "kube-score/ignore": ignored, ...reasons } = metadata.annotations ?? {};
        if (ignored === undefined) return each;
        const said = Object.keys(reasons).filter((key) => reasonNames.includes(key));
        expect(new Set(said)).toEqual(new Set(ignored.split(",").map((check) => reasonOf[check])));
        needed += 1;
        return { ...each, metadata: { ...metadata, annotations: reasons } };
      });
      expect(criticalIn(bare).length).toBeGreaterThan(0);
    }
    expect(needed).toBeGreaterThan(0);
  });
});
