import { valueAt } from "../../../components/leaf.read";
import type { Resource } from "../../../model";
import { stacks } from "./stacks";

const recordOf = (name: string) => {
  const found = stacks.find(([each]) => each === name);
  if (found === undefined) throw new Error(`no stack ${name}`);
  return found[1]();
};

const POD: Readonly<Record<string, readonly string[]>> = {
  "kubernetes:apps/v1:Deployment": ["spec", "template", "spec"],
  "kubernetes:apps/v1:StatefulSet": ["spec", "template", "spec"],
  "kubernetes:batch/v1:CronJob": ["spec", "jobTemplate", "spec", "template", "spec"],
};

/** Secrets that pods pull with, by the object that makes them. */
function pulling(resources: readonly Resource[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    resources.flatMap((each) => {
      const pod = POD[each.type];
      if (pod === undefined) return [];
      const kind = each.type.split(":").at(-1) ?? "";
      const secrets = valueAt(each, ...pod, "imagePullSecrets") ?? null;
      return [[`${kind} ${String(valueAt(each, "metadata", "name"))}`, secrets]];
    }),
  );
}

const pull = [{ name: "pull" }];
const hub = [{ name: "hub" }];

test("pods of a service pull with the Secret that is said of their registry, and with it those beside them", async () => {
  const { resources, plan } = await recordOf("prod with sidecars, secrets and limits");
  expect(pulling(resources)).toEqual({ "Deployment embedding": pull, "Deployment storage-server": pull });
  expect(plan.parts.flatMap((part) => ("pullSecrets" in part ? [part.pullSecrets] : []))).toEqual([["pull"], ["pull"]]);
  expect(plan.lacks).toContainEqual({
    of: "Secret pull",
    lost: "pods of embedding, storage-server pull no image; make it in the namespace before them, of type kubernetes.io/dockerconfigjson",
  });
});

test("so do members of a store, and the job that copies their data", async () => {
  const { resources, plan } = await recordOf(
    "vectordb-prod with a leader, secrets, copies in an object store and a class of volumes that is there",
  );
  expect(pulling(resources)).toEqual({ "StatefulSet dvecdb": pull, "CronJob dvecdb-snapshots": pull });
  expect(plan.lacks?.find(({ of }) => of === "Secret pull")?.lost).toContain("pods of dvecdb pull no image");
});

test("and servers, Sentinels and proxies of a cache, by the registry of images without a host; nobody else does", async () => {
  const { resources, plan } = await recordOf("prod with a cache of its own");
  expect(plan.lacks?.find(({ of }) => of === "Secret hub")?.lost).toContain("pods of vectors pull no image");
  expect(pulling(resources)).toEqual({
    "Deployment embedding": null,
    "Deployment storage-server": null,
    "Deployment vectors-proxy": hub,
    "StatefulSet vectors": hub,
    "StatefulSet vectors-sentinel": hub,
  });
});
