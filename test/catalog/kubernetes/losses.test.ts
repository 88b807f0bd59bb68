import { lossOf as lossWith, namespacesGone } from "../../../catalog/replacing";
import type { Inputs } from "../../../model";

const lossOf = (...given: Parameters<typeof lossWith>): string | undefined => lossWith(...given)?.what;
const object = (type: string, name: string, more: Inputs = {}, namespace = "shop") => ({
  type: `kubernetes:${type}`,
  inputs: { metadata: { name, namespace }, ...more },
});
const claim = (name: string, storageClassName: string | null = "fast", namespace = "shop") =>
  object("core/v1:PersistentVolumeClaim", name, { spec: { storageClassName } }, namespace);
const kept = (name: string, reclaimPolicy: string | null) =>
  object("storage.k8s.io/v1:StorageClass", name, { reclaimPolicy }, "");
const set = (spec: Inputs = {}) =>
  object("apps/v1:StatefulSet", "db", {
    spec: { volumeClaimTemplates: [{ spec: { storageClassName: "fast" } }], ...spec },
  });
const namespace = { type: "kubernetes:core/v1:Namespace", inputs: { metadata: { name: "shop" } } };

describe("what goes with an object of Kubernetes", () => {
  test("a namespace takes all claims in it along, and their volumes by their class", () => {
    const beside = [namespace, claim("files"), claim("cold", "slow"), set(), claim("other", "fast", "else")];
    expect(lossOf(namespace, [...beside, kept("fast", null), kept("slow", "Retain")])).toBe(
      "all that is in the namespace is deleted with it: claims files, those of db: the volume is deleted (class fast, reclaimPolicy Delete); claims cold: the volume stays (class slow retains), and costs until it is bound again or deleted by hand",
    );
    expect(lossOf(namespace, beside)).toContain(
      "the volume goes by the reclaim policy of class fast, which is not in view: deleted, unless that is Retain",
    );
    expect(lossOf(namespace, [namespace])).toBe(
      "all that is in the namespace is deleted with it: of its claims, none in view, the volumes go by the reclaim policy of their class",
    );
  });

  test("a claim loses its volume once no pod uses it", () => {
    expect(lossOf(claim("files"), [kept("fast", "Delete")])).toBe(
      "its data: the volume is deleted (class fast, reclaimPolicy Delete), once no pod uses the claim",
    );
    expect(lossOf(claim("files", null), [])).toContain("the default class, which is not in view");
  });

  test("a class takes nothing along that was made of it", () => {
    expect(lossOf(kept("fast", "Delete"), [claim("files")])).toBe(
      "volumes and claims that were made of it stay as they are, their own reclaim policy too; new claims of the class stay Pending until it is there again, and none grows meanwhile",
    );
  });

  test("a set stops its store; its claims stay unless it says otherwise", () => {
    expect(lossOf(set(), [])).toBe("stops the store: all its members go at once, and its claims stay");
    expect(lossOf(set({ persistentVolumeClaimRetentionPolicy: { whenDeleted: "Delete" } }), [])).toContain(
      "its claims are deleted with their data",
    );
    expect(lossOf(set({ volumeClaimTemplates: null }), [])).toContain("in no volume, and gone");
  });

  test("a set whose namespace goes loses its claims with it, and in another namespace it starts empty", () => {
    const moved = object("apps/v1:StatefulSet", "db", {}, "other");
    const gone = { namespaces: new Set(["shop"]), after: moved };
    expect(lossOf(set(), [], gone)).toBe(
      "stops the store: all its members go at once, and its claims go with namespace shop; in other it starts with empty volumes",
    );
    expect(lossOf(set(), [], { namespaces: new Set(), after: moved })).toBe(
      "stops the store: all its members go at once, and its claims stay in shop; in other it starts with empty volumes",
    );
    expect(lossOf(set(), [], { namespaces: new Set(["shop"]) })).toContain("and its claims go with namespace shop");
    expect(lossOf(set(), [], { namespaces: new Set(), after: set() })).toMatch(/and its claims stay$/);
  });

  test("what is replaced under its name is gone first; under another, or in another namespace, it is made first", () => {
    const named = (type: string, name: string, namespace = "shop") => object(type, name, {}, namespace);
    const instead = (after: { readonly type: string; readonly inputs: Inputs }) => ({
      namespaces: new Set<string>(),
      after,
    });
    for (const type of ["apps/v1:Deployment", "core/v1:Service"]) {
      const gone = named(type, "web");
      expect(lossWith(gone, [], instead(named(type, "web")))).toMatchObject({ grave: true });
      expect(lossOf(gone, [], instead(named(type, "web")))).toMatch(/^an outage: its name stays/);
      const first = type.endsWith("Service") ? /^the old one goes once the new one is there/ : /^$/;
      const unnamed = { type: gone.type, inputs: { metadata: { namespace: "shop" } } };
      for (const after of [named(type, "shop"), named(type, "web", "other"), unnamed])
        expect(lossOf(gone, [], instead(after)) ?? "").toMatch(first);
      expect(lossOf(gone, [])).toBeUndefined();
    }
    expect(lossOf(set(), [], instead(object("apps/v1:StatefulSet", "other")))).toMatch(
      /another name it starts with empty/,
    );
  });

  test("pods stay where what stands asks for it, and are taken over by what selects them", () => {
    const orphaning = (type: string, selector: string) => ({
      type: `kubernetes:apps/v1:${type}`,
      inputs: {
        metadata: { name: "db", annotations: { "pulumi.com/deletionPropagationPolicy": "orphan" } },
        spec: { selector: { matchLabels: { app: selector } } },
      },
    });
    const instead = (type: string, from: string, to: string) =>
      lossWith(orphaning(type, from), [], { namespaces: new Set(), after: orphaning(type, to) });
    expect(instead("StatefulSet", "a", "a")).toMatchObject({ grave: false });
    expect(instead("StatefulSet", "a", "b")).toMatchObject({ grave: true });
    expect(instead("Deployment", "a", "b")).toMatchObject({ grave: false });
    expect(instead("DaemonSet", "a", "b")).toMatchObject({ grave: false });
    expect(lossOf(orphaning("StatefulSet", "a"), [])).toMatch(/^stops the store/);
  });

  test("what runs, or permits, is missing between the old and the new; under another name the new one is there first", () => {
    const instead = (type: string, name: string) =>
      lossWith(object(type, "x"), [], { namespaces: new Set(), after: object(type, name) });
    const bindings = ["RoleBinding", "ClusterRoleBinding"].map((kind) => `rbac.authorization.k8s.io/v1:${kind}`);
    for (const type of ["apps/v1:DaemonSet", "core/v1:Pod", "batch/v1:Job", ...bindings])
      expect(instead(type, "y")).toBeUndefined();
    expect(instead("apps/v1:DaemonSet", "x")).toMatchObject({
      grave: true,
      what: expect.stringMatching(/^an outage on every node/),
    });
    expect(instead("core/v1:Pod", "x")).toMatchObject({ grave: true, what: expect.stringMatching(/^an outage/) });
    // A new Job is what a release is, and a binding is missing for a moment.
    expect(instead("batch/v1:Job", "x")).toMatchObject({ grave: false, what: expect.stringContaining("runs again") });
    for (const type of bindings)
      expect(instead(type, "x")).toMatchObject({ grave: false, what: expect.stringContaining("refused meanwhile") });
  });

  test("a chart of another name is another release: the old one's objects go", () => {
    const release = (name: string) => ({ type: "kubernetes:helm.sh/v3:Release", inputs: { name } });
    const after = { namespaces: new Set<string>(), after: release("b") };
    expect(lossWith(release("a"), [], after)).toMatchObject({ grave: true });
    expect(lossWith(release("a"), [])).toBeUndefined();
  });

  test("a namespace goes where its name is nobody's any more", () => {
    const other = { type: namespace.type, inputs: { metadata: { name: "other" } } };
    expect([...namespacesGone([namespace, set()], [other])]).toEqual(["shop"]);
    expect([...namespacesGone([namespace], [namespace, other])]).toEqual([]);
  });

  test("a volume goes by its own policy, a definition with all its objects, a Deployment by itself", () => {
    const volume = (policy: string) =>
      lossOf(object("core/v1:PersistentVolume", "v", { spec: { persistentVolumeReclaimPolicy: policy } }), []);
    expect(volume("Delete")).toContain("its disk is deleted");
    expect(volume("Retain")).toContain("the disk itself stays");
    expect(lossOf(object("apiextensions.k8s.io/v1:CustomResourceDefinition", "c"), [])).toContain("every object");
    expect(lossOf(object("apps/v1:Deployment", "web"), [])).toBeUndefined();
    expect(lossOf({ type: "gcp:storage/bucket:Bucket", inputs: {} }, [])).toBeUndefined();
  });
});
