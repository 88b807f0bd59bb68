import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { renderedObjects } from "../../preview/render/objects";
import { stacks } from "../components/kubernetes/stacks";
import { binary } from "./harness/cache";
import { pins } from "./harness/pins";

const command = binary("kube-score");

/** A suite that needs kube-score: where it is not built it is skipped, by its name. */
const scored = existsSync(command)
  ? (suite: () => void) => describe(`kube-score ${pins["kube-score"]}`, suite)
  : (suite: () => void) => describe.skip("kube-score (skipped: not built: npm run cluster:up)", suite);

interface Finding {
  readonly object_name: string;
  readonly checks: readonly {
    readonly check: { readonly id: string };
    readonly grade: number;
    readonly skipped: boolean;
    readonly comments: readonly { readonly path: string; readonly summary: string }[] | null;
  }[];
}

/** As kube-score grades: 1 is critical, 5 a warning, 10 all is well. */
const CRITICAL = 1;

/** What it finds critical, as `object: check: why`. */
function criticals(objects: readonly unknown[]): readonly string[] {
  const { stdout, stderr } = spawnSync(
    command,
    ["score", "--kubernetes-version", pins.kubernetes.replace(/\.\d+$/, ""), "--output-format", "json", "-"],
    { input: objects.map((object) => JSON.stringify(object)).join("\n---\n"), encoding: "utf8" },
  );
  if (!stdout.startsWith("[")) throw new Error(stderr);
  return (JSON.parse(stdout) as readonly Finding[]).flatMap(({ object_name, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade === CRITICAL)
      .map(
        ({ check, comments }) =>
          `${object_name}: ${check.id}: ${(comments ?? []).map(({ path, summary }) => `${path} ${summary}`).join("; ")}`,
      ),
  );
}

scored(() => {
  test("a bare Deployment has critical findings", () => {
    const labels = { app: "web" };
    const found = criticals([
      {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web" },
        spec: {
          replicas: 3,
          selector: { matchLabels: labels },
          template: { metadata: { labels }, spec: { containers: [{ name: "web", image: "web:latest" }] } },
        },
      },
    ]);
    expect(found.map((finding) => finding.split(": ")[1])).toEqual(
      expect.arrayContaining(["container-image-tag", "container-resources", "pod-networkpolicy"]),
    );
  });

  test.each(stacks)("%s: nothing that is built is critical", async (name, record) => {
    const { objects } = renderedObjects(name, (await record()).resources);
    expect(criticals(objects.map(({ content }) => content))).toEqual([]);
  });
});
