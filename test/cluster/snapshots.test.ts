import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { renderedObjects } from "../../preview/render/objects";
import { stacks } from "../components/kubernetes/stacks";
import { contents } from "./by-plan";
import { partFolder } from "./harness/cache";
import type { Cluster } from "./harness/cluster";
import type { KubernetesObject } from "./harness/objects";
import { remembered } from "./harness/running";
import { clusterSuite, testFolder } from "./harness/suite";

const NAMESPACE = "dvecdb-prod";
const ACCOUNT = "dvecdb-snapshots";
const SNAPSHOTS = `/apis/snapshot.storage.k8s.io/v1/namespaces/${NAMESPACE}/volumesnapshots`;
const DAY = 86_400;

clusterSuite(
  "the job that takes snapshots of vectordb-prod, run as its own account",
  (cluster) => {
    let folder: string;
    let objects: readonly KubernetesObject[];
    const job = (): KubernetesObject => objects.find(({ kind }) => kind === "CronJob")!;

    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), "nines-snapshots-"));
      const [name, record] = stacks.find(([each]) => each === "vectordb-prod")!;
      const rendered = contents(renderedObjects(name, (await record()).resources).objects);
      objects = rendered.filter(({ kind, metadata }) => kind === "Namespace" || metadata.name === ACCOUNT);
      await cluster().apply(objects);
      writeFileSync(path.join(folder, "kubeconfig"), await kubeconfigOf(cluster()), { mode: 0o600 });
    });
    afterAll(async () => {
      await cluster().remove([...objects, ...(await cluster().client.list(SNAPSHOTS))]);
      rmSync(folder, { recursive: true });
    });

    /** The container of the job, as a kubelet would start it. */
    const run = () => {
      const [{ command, env }] = job()["spec"].jobTemplate.spec.template.spec.containers as [
        { readonly command: readonly [string, ...string[]]; readonly env: readonly { name: string; value: string }[] },
      ];
      return spawnSync(command[0], command.slice(1), {
        encoding: "utf8",
        env: {
          PATH: `${partFolder("kubectl")}:/usr/bin:/bin`,
          HOME: folder,
          KUBECONFIG: path.join(folder, "kubeconfig"),
          ...Object.fromEntries(env.map(({ name, value }) => [name, value])),
        },
      });
    };
    const names = async () => (await cluster().client.list(SNAPSHOTS)).map(({ metadata }) => metadata.name).sort();
    const taken = (name: string) => cluster().apply([snapshot(name)]);

    test("takes one of member 0's claim", async () => {
      const ran = run();
      expect({ status: ran.status, errors: ran.stderr }).toEqual({ status: 0, errors: "" });
      const [made, ...more] = await cluster().client.list(SNAPSHOTS);
      expect(more).toEqual([]);
      expect(made!.metadata.name).toMatch(/^dvecdb-\d{10}$/);
      expect(made!["spec"]).toMatchObject({ source: { persistentVolumeClaimName: "data-dvecdb-0" } });
    });

    test("deletes those that are older than seven days, and no other", async () => {
      const now = Math.floor(Date.now() / 1000);
      const [old, kept] = [`dvecdb-${now - 7 * DAY - 60}`, `dvecdb-${now - 7 * DAY + 600}`];
      for (const name of [old, kept, "dvecdb-before-the-migration"]) await taken(name);
      // Names carry seconds: the next is another's.
      await new Promise((resolve) => setTimeout(resolve, 1100));
      expect(run().status).toBe(0);
      const left = await names();
      expect(left).toHaveLength(4);
      expect(left).toEqual(expect.arrayContaining([kept, "dvecdb-before-the-migration"]));
      expect(left).not.toContain(old);
    });

    test("may do nothing else", () => {
      const asked = spawnSync(path.join(partFolder("kubectl"), "kubectl"), ["-n", NAMESPACE, "get", "secrets"], {
        encoding: "utf8",
        env: { HOME: folder, KUBECONFIG: path.join(folder, "kubeconfig") },
      });
      expect(asked.status).not.toBe(0);
      expect(asked.stderr).toContain("is forbidden");
    });
  },
  "kubectl",
);

function snapshot(name: string): KubernetesObject {
  return {
    apiVersion: "snapshot.storage.k8s.io/v1",
    kind: "VolumeSnapshot",
    metadata: { name, namespace: NAMESPACE, labels: { "nines/snapshots-of": "dvecdb" } },
    spec: { source: { persistentVolumeClaimName: "data-dvecdb-0" } },
  };
}

/** What a pod of the account would be given to speak to the server with. */
async function kubeconfigOf(cluster: Cluster): Promise<string> {
  const { status } = await cluster.client.call<{ readonly status: { readonly token: string } }>(
    "POST",
    `/api/v1/namespaces/${NAMESPACE}/serviceaccounts/${ACCOUNT}/token`,
    { apiVersion: "authentication.k8s.io/v1", kind: "TokenRequest", spec: {} },
  );
  const { server, certificateFile } = remembered(testFolder())!;
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "nines", cluster: { server, "certificate-authority": certificateFile } }],
    users: [{ name: ACCOUNT, user: { token: status.token } }],
    contexts: [{ name: "nines", context: { cluster: "nines", user: ACCOUNT } }],
    "current-context": "nines",
  });
}
