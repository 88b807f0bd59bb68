import type { Value } from "../../model";
import type { Subject } from "../../policies";
import { cluster, container, later, ofKind, pod, policy, web, type Content } from "./manifests";

const db = { app: "db" };

/** A store of another team's, whose pods listen on 5432 for a Service of 5433. */
export const store = (over: Content = {}, namespace = "shop"): readonly Content[] => [
  {
    apiVersion: "apps/v1",
    kind: "StatefulSet",
    metadata: { name: "db", namespace },
    spec: {
      selector: { matchLabels: db },
      template: {
        metadata: { labels: db },
        spec: { containers: [container({ ports: [{ name: "pg", containerPort: 5432 }] })] },
      },
    },
  },
  {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "db", namespace },
    spec: { selector: db, ports: [{ port: 5433, targetPort: "pg" }], ...over },
  },
];

/** A Deployment with that address in a variable. */
export const calling = (value: Value, name = "PG_URL"): Content =>
  web({}, pod({ containers: [container({ env: [{ name, value }] })] }));

export const toDb: Content = { to: [{ podSelector: { matchLabels: db } }], ports: [{ port: 5432 }] };

/** Whoever calls the store by that address, and rules of its way out. */
export const leaving = (egress: Value, value: Value = "postgres://web:hush@db:5433/shop", name?: string): Subject =>
  cluster([calling(value, name), ...store(), policy({ egress })]);

/** The same without a policy of its own; the store's lets these in. */
export const entering = (ingress: Value): Subject =>
  cluster([
    calling("db:5433"),
    ...store(),
    ofKind("networking.k8s.io/v1", "NetworkPolicy", { podSelector: { matchLabels: db }, ingress }, "db"),
  ]);

const ID = "callees-reachable";
export const calleesCases: readonly (readonly [id: string, failing: Subject, passing: Subject])[] = [
  [ID, leaving([]), leaving([toDb])],
  [ID, leaving([{ ...toDb, ports: [{ port: 5433 }] }]), leaving([{ ...toDb, ports: [{ port: "pg" }] }])],
  [ID, leaving([{ ports: [{ port: 5000, endPort: 5431 }] }]), leaving([{ ports: [{ port: 5000, endPort: 5432 }] }])],
  [ID, leaving([{ ...toDb, ports: [{ port: 5432, protocol: "UDP" }] }]), leaving([{ to: [{ podSelector: {} }] }])],
  [ID, entering([]), entering([{ from: [{ podSelector: { matchLabels: { app: "web" } } }] }])],
  [ID, entering([{ from: [{ podSelector: { matchLabels: db } }] }]), entering([{}])],
];

export const calleesOpenCases: readonly (readonly [id: string, Subject])[] = [
  [ID, leaving(later)],
  [ID, leaving([{ to: [{ ipBlock: { cidr: "10.0.0.0/8" } }] }])],
];
