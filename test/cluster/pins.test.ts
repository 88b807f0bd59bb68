import { readFileSync } from "node:fs";
import * as path from "node:path";
import { controlPlane, definitions, envoyRequirement, pins } from "./harness/pins";

const goMod = (part: string): string => readFileSync(path.join(controlPlane, part, "go.mod"), "utf8");

describe("the versions that Go builds", () => {
  test("are the ones that the harness names", () => {
    expect(goMod("kubernetes")).toContain(`k8s.io/kubernetes ${pins.kubernetes} `);
    expect(goMod("etcd")).toContain(`go.etcd.io/etcd/server/v3 ${pins.etcd} `);
  });

  test("Envoy is had at the version and by the hashes that are written down", () => {
    expect(readFileSync(envoyRequirement, "utf8")).toContain(`\nenvoy-server==${pins.envoy} \\\n    --hash=sha256:`);
  });

  test("Envoy Gateway's translator is of the release whose definitions are applied", () => {
    expect(definitions.find(({ module }) => module.endsWith("envoyproxy/gateway"))?.version).toBe(pins.egctl);
  });

  test("every staging module is replaced by that of the same release", () => {
    const replaced = [...goMod("kubernetes").matchAll(/^\t(k8s\.io\/\S+) => (\S+) (\S+)$/gm)];
    expect(replaced.length).toBeGreaterThan(30);
    for (const [, name, by, version] of replaced)
      expect([by, version]).toEqual([name, pins.kubernetes.replace("v1.", "v0.")]);
  });
});
