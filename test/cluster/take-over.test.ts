import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { renderedObjects } from "../../preview/render/objects";
import { stacks } from "../components/kubernetes/stacks";
import { cacheOf, contents } from "./by-plan";
import { partFolder } from "./harness/cache";
import type { Promised } from "./harness/cases";
import { remembered } from "./harness/running";
import { clusterSuite, testFolder } from "./harness/suite";
import { podsOf, referenceOf, settled, type Named } from "./harness/workload";

/** The real kubectl for all but what runs in pods, which have no processes here: that is answered, and remembered, by files. */
const wrapper = (kubectl: string): string => `#!/bin/sh
echo "$@" >>calls
case " $* " in
  *" exec "*) ;;
  *) exec ${kubectl} "$@" ;;
esac
case " $* " in
  *" --who "*) if [ -f promoted ]; then echo features-0; fi ;;
  *" --it-is-gone "*) touch promoted ;;
  *) exit 3 ;;
esac
`;

clusterSuite(
  "a copy that takes over, by the script of its ConfigMap and the real kubectl",
  (cluster) => {
    let folder: string;
    let promised: Promised;
    let named: (name: string) => Named;
    beforeAll(async () => {
      folder = mkdtempSync(path.join(tmpdir(), "nines-take-over-"));
      const [name, record] = stacks.find(([each]) =>
        each.startsWith("predictions in two regions, the first's features a copy"),
      )!;
      const { plan, resources } = await record();
      const { objects } = renderedObjects(name, resources);
      const here = objects.find(({ content }) => JSON.stringify(content).includes("us-east-1a"))!;
      const parts = plan.parts.filter(({ region }) => region === "us-east-1");
      promised = cacheOf({ ...plan, parts }, "features", contents(objects, here.cluster));
      const set = promised.objects.find(({ kind }) => kind === "StatefulSet")!;
      named = (called) => ({ kind: "StatefulSet", namespace: set.metadata.namespace!, name: called });
      await cluster().addNodes(promised.nodes);
      await cluster().apply(promised.objects);
      await settled(cluster(), named("features"), 3);
      const script = promised.objects.find(({ metadata }) => metadata.name.startsWith("features-config-"))!["data"][
        "take-over.sh"
      ] as string;
      writeFileSync(path.join(folder, "take-over.sh"), script);
      writeFileSync(path.join(folder, "kubectl"), wrapper(path.join(partFolder("kubectl"), "kubectl")), {
        mode: 0o755,
      });
      writeFileSync(path.join(folder, "kubeconfig"), kubeconfig(), { mode: 0o600 });
    });
    afterAll(async () => {
      await cluster().remove(promised.objects);
      rmSync(folder, { recursive: true });
    });

    const run = async (...words: readonly string[]) => {
      writeFileSync(path.join(folder, "calls"), "");
      const env = {
        PATH: `${folder}:/usr/bin:/bin`,
        HOME: folder,
        KUBECONFIG: path.join(folder, "kubeconfig"),
        WAIT_SECONDS: "60",
      };
      const child = spawn("sh", ["take-over.sh", ...words], { cwd: folder, env });
      let printed = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (bytes: Buffer) => {
          printed += bytes.toString();
        });
      const code = await new Promise((resolve) => child.once("close", resolve));
      const calls = readFileSync(path.join(folder, "calls"), "utf8").split("\n");
      return { code, printed, changes: calls.filter((call) => / scale | restart /.test(call)).length };
    };
    const countOf = async (name: string) => (await podsOf(cluster(), named(name))).length;

    test("refused, it scales nothing", async () => {
      expect(await run("--context", "here")).toMatchObject({ code: 3, changes: 0 });
      expect([await countOf("features"), await countOf("features-sentinel")]).toEqual([3, 0]);
    });

    test("a context that is not there is kubectl's word", async () => {
      const { code, printed } = await run("--context", "nowhere", "--old-context", "here");
      expect([code, printed]).toEqual([1, expect.stringContaining('context "nowhere" does not exist')]);
    });

    // One cluster stands for both: the old group's members are the sets of the same names.
    test("the old group is scaled to none, and waited for; three Sentinels are started, and waited for", async () => {
      const { code, printed } = await run("--context", "here", "--old-context", "there");
      expect(printed).toContain("3 Sentinels watch over it, after");
      expect(code).toBe(0);
      expect(await countOf("features")).toBe(0);
      await settled(cluster(), named("features-sentinel"), 3);
      const proxies = await cluster().client.get({ ...referenceOf(named("features-proxy")), kind: "Deployment" });
      expect(proxies!["spec"].template.metadata.annotations).toHaveProperty(["kubectl.kubernetes.io/restartedAt"]);
    });

    test("again it changes nothing", async () => {
      const { code, printed, changes } = await run("--context", "here", "--old-context", "there");
      expect({ code, changes }).toEqual({ code: 0, changes: 0 });
      expect(printed).toContain("it is done already");
    });
  },
  "kubectl",
);

/** Of the administrator, by two names. */
function kubeconfig(): string {
  const { server, certificateFile, token } = remembered(testFolder())!;
  const context = { cluster: "nines", user: "admin" };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "nines", cluster: { server, "certificate-authority": certificateFile } }],
    users: [{ name: "admin", user: { token } }],
    contexts: ["here", "there"].map((name) => ({ name, context })),
  });
}
