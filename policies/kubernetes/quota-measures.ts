import { bytes, cpuMillis } from "../../catalog/kubernetes/quantity";
import { podAmount } from "../../components/kubernetes/pod-amounts.read";
import { inside, listOf, valueAt } from "../../components/leaf.read";
import type { Value } from "../../model";
import { running, type Workload } from "./workloads";

/** What quotas of one name count. */
export interface Measured {
  /** Of one pod, with the claims that are its own; null: somebody does not say it, and a quota of it then refuses. */
  readonly each: (workload: Workload) => number | null;
  /** Of a claim that is an object by itself; null: pods are counted, not claims. */
  readonly claim: ((spec: Value | undefined) => number | null) | null;
  readonly parse: (given: string | number) => number | undefined;
  readonly shown: (amount: number) => string;
}

const pods: Measured = { each: () => 1, claim: null, parse: Number, shown: (amount) => `${amount} pods` };

function ofPods(
  what: "requests" | "limits",
  amount: "cpu" | "memory",
  parse: Measured["parse"],
  shown: Measured["shown"],
): Measured {
  const parsed = (given: Value | undefined): number | undefined =>
    typeof given === "string" || typeof given === "number" ? parse(given) : undefined;
  const each: Measured["each"] = ({ pod }) => {
    const spec = inside(pod, "spec");
    const whole = podAmount(spec, what, amount);
    if (typeof whole === "string" || typeof whole === "number") return parse(whole) ?? null;
    let total = 0;
    for (const { value } of running(spec)) {
      const limit = inside(value, "resources", "limits", amount);
      const one = parsed(what === "limits" ? limit : (inside(value, "resources", "requests", amount) ?? limit));
      if (one === undefined) return null;
      total += one;
    }
    return total;
  };
  return { each, claim: null, parse, shown };
}

/** Of claims: those of a set's templates, one of each a pod, and those by themselves. */
function ofClaims(claim: NonNullable<Measured["claim"]>, parse: Measured["parse"], shown: Measured["shown"]): Measured {
  const each: Measured["each"] = ({ resource }) => {
    let total = 0;
    for (const template of listOf(valueAt(resource, "spec", "volumeClaimTemplates"))) {
      const one = claim(inside(template, "spec"));
      if (one === null) return null;
      total += one;
    }
    return total;
  };
  return { each, claim, parse, shown };
}

const ofClass = (spec: Value | undefined, name: string | undefined): boolean =>
  name === undefined || inside(spec, "storageClassName") === name;

/** @param name of the class; @default - of all */
const storage = (name?: string): Measured =>
  ofClaims(
    (spec) => {
      if (!ofClass(spec, name)) return 0;
      const given = inside(spec, "resources", "requests", "storage");
      return (typeof given === "string" || typeof given === "number" ? bytes(given) : undefined) ?? null;
    },
    bytes,
    mebibytes,
  );

/** @param name of the class; @default - of all */
const claims = (name?: string): Measured =>
  ofClaims(
    (spec) => (ofClass(spec, name) ? 1 : 0),
    Number,
    (amount) => `${amount} claims`,
  );

const cpu = (what: "requests" | "limits") => ofPods(what, "cpu", cpuMillis, (amount) => `${amount}m CPU`);
const memory = (what: "requests" | "limits") => ofPods(what, "memory", bytes, mebibytes);

/** Names of quotas, and how what they count is read (Kubernetes, Resource Quotas); cpu and memory are of requests. */
const measures: Readonly<Record<string, Measured>> = {
  pods,
  "count/pods": pods,
  cpu: cpu("requests"),
  "requests.cpu": cpu("requests"),
  "limits.cpu": cpu("limits"),
  memory: memory("requests"),
  "requests.memory": memory("requests"),
  "limits.memory": memory("limits"),
  "requests.storage": storage(),
  persistentvolumeclaims: claims(),
  "count/persistentvolumeclaims": claims(),
};

/** By a quota's name; that of one class's claims holds the name of the class. */
export function measureOf(name: string): Measured | undefined {
  const [storageClass, counted] = name.split(".storageclass.storage.k8s.io/");
  if (counted === "requests.storage") return storage(storageClass);
  if (counted === "persistentvolumeclaims") return claims(storageClass);
  return Object.hasOwn(measures, name) ? measures[name] : undefined;
}

function mebibytes(amount: number): string {
  return `${Math.ceil(amount / 2 ** 20).toLocaleString("en-US")} MiB`;
}
