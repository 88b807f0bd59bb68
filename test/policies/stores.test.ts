import { certainPlan } from "../../capacity";
import { asReading, unknown, type Plan, type Store } from "../../model";
import { rules, type Finding, type Subject } from "../../policies";
import { configured, requestFor } from "../stacks";
import { cluster } from "./manifests";

function planOf(environment: string): Plan {
  const planned = certainPlan(requestFor(configured(`vectordb-${environment}`, {})));
  if (!planned.ok) throw new Error(JSON.stringify(planned.infeasible));
  return planned.plan;
}

const plan = planOf("prod");
function storeOf({ parts }: Plan): Store {
  const found = parts.find((part) => part.kind === "store");
  if (found?.kind !== "store") throw new Error("a store is planned");
  return found;
}
const store = storeOf(plan);

/** What a rule says of a store. */
function said(id: string, now: Store): Finding | undefined {
  const rule = rules.find((each) => each.id === id);
  if (rule === undefined) throw new Error(`no rule ${id}`);
  const subject = {
    parts: [asReading(now)],
    resources: [],
    basis: plan,
    baseline: null,
  } as unknown as Subject;
  return rule.check(subject)[0];
}

const fixed = (count: number): Store => ({ ...store, scaling: { kind: "fixed", count } });
const volume = (changed: Partial<Store["volume"]>): Store => ({ ...store, volume: { ...store.volume, ...changed } });

const oneZone: Store = {
  ...volume({ bindsLate: false }),
  placement: { kind: "zonal", zones: ["us-east-1a"], spread: "best-effort" },
};

describe("rules of stores", () => {
  // Every size of the autoscaler of vectordb-prod, and one below.
  test.each([
    [2, "fail", "1 are left, and 2 are a majority"],
    [3, "pass", "2 are left, 2 a majority"],
    [4, "fail", "2 are left, and 3 are a majority"],
    [5, "pass", "3 are left, 3 a majority"],
    [6, "pass", "4 are left, 4 a majority"],
    [7, "pass", "4 are left, 4 a majority"],
    [8, "pass", "5 are left, 5 a majority"],
    [9, "pass", "6 are left, 5 a majority"],
    [10, "pass", "6 are left, 6 a majority"],
  ])("%i members in three zones: a majority after a zone: %s", (count, verdict, left) => {
    expect(said("store-majority-after-zone", fixed(count))).toMatchObject({
      verdict,
      message: `${count} members in 3 zones: ${left}`,
    });
  });

  test.each([
    [3, 2, 2],
    [4, 3, 3],
    [5, 4, 3],
    [6, 5, 4],
    [7, 6, 4],
    [8, 7, 5],
    [9, 8, 5],
    [10, 9, 6],
  ])("%i members, of which the budget lets one go: %i are left, %i a majority", (count, left, majority) => {
    expect(store.runtime.disruptionMaxUnavailable).toBe(1);
    expect(said("store-majority-in-drain", fixed(count))).toMatchObject({
      verdict: "pass",
      message: `${count} members, 1 may go: ${left} are left, ${majority} a majority`,
    });
  });

  test("three to ten members: at four a zone takes the majority, which is said and does not count", () => {
    expect(said("store-majority-after-zone", store)).toMatchObject({
      verdict: "fail",
      severity: "advisory",
      message: "3 members in 3 zones: 2 are left, 2 a majority; at 4 of its sizes a zone takes it",
    });
  });

  test("two members and a drain: none of them is a majority, which is said and does not count", () => {
    expect(said("store-majority-in-drain", storeOf(planOf("staging")))).toMatchObject({
      verdict: "fail",
      severity: "advisory",
      message: "2 members, 1 may go: 1 are left, 2 a majority",
    });
    expect(said("store-majority-in-drain", store)?.verdict).toBe("pass");
    const unbudgeted = { ...store, runtime: { ...store.runtime, disruptionMaxUnavailable: null } };
    const found = said("store-majority-in-drain", unbudgeted);
    expect(found?.verdict).toBe("fail");
    expect(found?.severity).toBeUndefined();
  });

  test.each([
    ["a class that waits", volume({ bindsLate: true }), "pass"],
    ["a class that binds at once", volume({ bindsLate: false }), "fail"],
    ["a class of somebody else", volume({ bindsLate: null }), "undecided"],
    ["a class that binds at once, in one zone", oneZone, "pass"],
  ])("%s", (_, changed, verdict) => {
    expect(said("store-volume-binds-late", changed)?.verdict).toBe(verdict);
  });

  test.each([
    [
      "a class that retains",
      volume({ outlivesClaim: true }),
      "pass",
      /retains them: they are deleted by hand, and cost/,
    ],
    ["a class that deletes", volume({ outlivesClaim: false }), "fail", /deletes volumes with their claims/],
    [
      "a class of somebody else, whose volumes may outlive their claims",
      volume({ outlivesClaim: null }),
      "undecided",
      /./,
    ],
  ])("%s", (_, changed, verdict, message) => {
    const found = said("store-volumes-outlive-claims", changed);
    expect(found).toMatchObject({ verdict, message: expect.stringMatching(message) });
  });

  test("a store without claims has no volume that could outlive them", () => {
    expect(said("store-volumes-outlive-claims", volume({ gib: 0, outlivesClaim: false }))).toBeUndefined();
  });

  test.each([
    [null, "fail"],
    ["Delete", "fail"],
    ["Retain", "pass"],
  ])(
    "anyone's class with reclaimPolicy %s: that one's word, where nothing is said the API server's",
    (policy, verdict) => {
      const set = {
        apiVersion: "apps/v1",
        kind: "StatefulSet",
        metadata: { name: "db", namespace: "shop" },
        spec: {
          replicas: 3,
          template: { spec: { containers: [{ name: "db", image: "registry.example.com/db:1" }] } },
          volumeClaimTemplates: [
            {
              metadata: { name: "data" },
              spec: { storageClassName: "fast", resources: { requests: { storage: "5Gi" } } },
            },
          ],
        },
      };
      const storageClass = {
        apiVersion: "storage.k8s.io/v1",
        kind: "StorageClass",
        metadata: { name: "fast" },
        provisioner: "disks.example.com",
        ...(policy === null ? {} : { reclaimPolicy: policy }),
      };
      const rule = rules.find(({ id }) => id === "store-volumes-outlive-claims")!;
      expect(rule.check(cluster([set, storageClass])).map((found) => found.verdict)).toEqual([verdict]);
      expect(rule.check(cluster([set])).map((found) => found.verdict)).toEqual(["undecided"]);
    },
  );

  test("writes beyond what the one leader takes", () => {
    const of = (peak: number) => {
      const demand = plan.demand.map((each) =>
        each.store === undefined ? each : { ...each, store: { ...each.store, writesPerSecond: { mean: 1, peak } } },
      );
      const rule = rules.find(({ id }) => id === "store-writes-carried");
      return rule?.check({ parts: [asReading(store)], basis: { ...plan, demand } } as unknown as Subject)[0];
    };
    const most = plan.demand.find((each) => each.store !== undefined)?.store?.writesPerSecondPerLeader ?? 0;
    expect(of(most)?.verdict).toBe("pass");
    expect(of(most + 1)).toMatchObject({
      verdict: "fail",
      message: expect.stringMatching(/writes\/s at the peak; one leader takes/),
    });
    expect(of(0)).toBeUndefined();
  });

  test.each([
    [674, "fail"],
    [675, "pass"],
  ])("writes that a lost leader stops for 675 s, where %i s are promised", (recoverySeconds, verdict) => {
    const basis = { ...plan, objectives: { ...plan.objectives, recoverySeconds } };
    const rule = rules.find(({ id }) => id === "store-writes-back-in-time")!;
    expect(rule.check({ parts: [asReading(store)], basis } as unknown as Subject)[0]?.verdict).toBe(verdict);
  });

  test("members that are not ready are named too", () => {
    expect(said("store-members-find-each-other", store)?.verdict).toBe("pass");
    expect(said("store-members-find-each-other", { ...store, peers: null })?.verdict).toBe("fail");
    const ready = { ...store, peers: { name: "dvecdb-headless", notReadyToo: false } };
    expect(said("store-members-find-each-other", ready)?.verdict).toBe("fail");
  });

  test("claims that go with their members, and a store of which no copy is taken", () => {
    expect(said("store-volumes-kept", store)?.verdict).toBe("pass");
    expect(said("store-volumes-kept", volume({ retained: false }))?.verdict).toBe("fail");
    expect(said("store-snapshots", store)?.verdict).toBe("pass");
    expect(said("store-snapshots", { ...store, snapshots: null })?.verdict).toBe("fail");
  });

  test("an autoscaler adds members that copy first: 100 GiB at 50 MiB/s are 34 minutes", () => {
    expect(said("store-scales-by-copying", store)?.message).toBe(
      "a new member copies up to 100 GiB at 50 MiB/s before it answers: 34 minutes; it takes no writes; each member holds everything, so none that is added lowers the memory of another: above 80 % of 4,096 MiB the autoscaler adds members up to 10, and keeps them",
    );
    expect(said("store-scales-by-copying", fixed(3))).toBeUndefined();
    const { scaling } = store;
    const byCpu = { ...store, scaling: { ...scaling, signals: [{ metric: "cpu", target: 70 }] } } as typeof store;
    expect(said("store-scales-by-copying", byCpu)?.message).toBe(
      "a new member copies up to 100 GiB at 50 MiB/s before it answers: 34 minutes; it takes no writes",
    );
  });

  test("what is not known is undecided", () => {
    const unread = { ...asReading(store), scaling: unknown("u", "spec.replicas", "after-deploy") };
    const rule = rules.find(({ id }) => id === "store-majority-after-zone")!;
    const subject = { parts: [unread], basis: null, baseline: null } as unknown as Subject;
    expect(rule.check(subject)[0]?.verdict).toBe("undecided");
  });
});
