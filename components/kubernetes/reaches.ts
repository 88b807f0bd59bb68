import { isIP } from "node:net";
import * as pulumi from "@pulumi/pulumi";
import { DNS_LABEL, nearest, printable } from "../../model";
import { isLater } from "../component-arguments";
import type { Slip } from "../component-request";

/** What a service calls, and on which ports: pods of a namespace, addresses, or, with neither, whatever answers there. */
export interface Reached {
  /** Of its pods; all of them where `pods` is left out. Literal. @default - the service's own */
  readonly namespace?: string;
  /** Labels of its pods. @default - all of `namespace` */
  readonly pods?: Readonly<Record<string, string>>;
  /** Addresses outside the cluster, for example 10.20.0.0/16; in the place of namespace and pods. @default - any */
  readonly cidr?: string;
  /** That they listen on, TCP, 1 to 65535: of pods the container's port, whatever a Service before them calls it. */
  readonly ports: readonly number[];
}

/** Of a component: its pods, and whom they let in. */
export interface Reachable extends Reached {
  /** Workloads of its namespace, by their label app.kubernetes.io/name. @default - whoever reaches the pods */
  readonly callers?: readonly string[];
}

/** A component of nines/kubernetes, or what is somebody else's. */
export type Reaches = Reached | { readonly reachable: Reachable };

/** A workload's pods, as the policy of their callers selects them. */
export function reachablePods(
  workload: string,
  namespace: string,
  ports: readonly number[],
  callers?: readonly string[],
): Reachable {
  return {
    namespace,
    pods: { "app.kubernetes.io/name": workload },
    ports,
    ...(callers === undefined ? {} : { callers }),
  };
}

/** By the Output that a component hands out as its url. */
const urls = new WeakMap<object, Reachable>();

/** Whoever has this url in its environment calls the component. */
export function leadsTo(url: object, reachable: Reachable): void {
  urls.set(url, reachable);
}

/** Who calls: where it stands, and what it has. */
export interface Caller {
  readonly name: string;
  readonly namespace: string;
  readonly reaches?: unknown;
  readonly environment?: Readonly<Record<string, unknown>>;
}

/** What the pods are let out to, and what is wrong with it. A url made of another is traced to nobody. */
export function reachedBy({ name, namespace, reaches, environment }: Caller): {
  readonly reached: readonly Reached[];
  readonly slips: readonly Slip[];
} {
  const slips: Slip[] = [];
  const reached = new Map<string, Reached>();
  const meet = (key: string, { callers, ...callee }: Reachable): void => {
    const beside = (callee.namespace ?? namespace) === namespace;
    // Beside it the labels alone say who.
    const least = beside && callee.pods !== undefined ? { pods: callee.pods, ports: callee.ports } : callee;
    reached.set(JSON.stringify(least), least);
    if (callers === undefined) return;
    if (beside && callers.includes(name)) return;
    slips.push({
      key,
      given: wordOf(callee),
      allowed: beside
        ? `lets in ${callers.length === 0 ? "nobody" : callers.join(", ")}`
        : `lets in workloads of its own namespace alone, ${callee.namespace ?? namespace}`,
      fix: beside ? `add "${name}" to its callers` : "leave its callers out, or stand in its namespace",
    });
  };
  const list: readonly unknown[] = Array.isArray(reaches) ? reaches : [];
  if (reaches !== undefined && !Array.isArray(reaches))
    slips.push({ key: "reaches", given: shown(reaches), allowed: "a list", fix: `for example ${EXAMPLE}` });
  list.forEach((each, index) => {
    const key = `reaches[${index}]`;
    const own = slipsOf(key, each);
    slips.push(...own);
    if (own.length === 0) meet(key, (isComponent(each) ? each.reachable : each) as Reachable);
  });
  for (const [variable, value] of Object.entries(environment ?? {})) {
    const callee = typeof value === "object" && value !== null ? urls.get(value) : undefined;
    if (callee !== undefined) meet(`environment.${variable}`, callee);
  }
  return { reached: [...reached.values()], slips };
}

const EXAMPLE =
  '[db, { namespace: "data", pods: { app: "pg" }, ports: [5432] }, { cidr: "10.20.0.0/16", ports: [5432] }]';

/** A resource holds more than anybody would read. */
function shown(value: unknown): unknown {
  if (isLater(value)) return "an Output";
  return pulumi.Resource.isInstance(value) ? value.constructor.name : printable(value);
}

const isComponent = (value: unknown): value is { readonly reachable: Reachable } =>
  typeof value === "object" && value !== null && "reachable" in value;

function wordOf({ namespace, pods = {} }: Reached): string {
  return [namespace, Object.values(pods).join(",")].filter((each) => each !== undefined && each !== "").join("/");
}

/** What each word of a callee must be. */
const words: Readonly<
  Record<keyof Reached, { readonly is: (value: unknown) => boolean; readonly allowed: string; readonly fix: string }>
> = {
  namespace: {
    is: (value) => typeof value === "string" && DNS_LABEL.test(value),
    allowed: "the name of a namespace, literal",
    fix: "lower-case letters, digits and hyphens, at most 63",
  },
  pods: {
    is: (value) =>
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value) &&
      Object.keys(value).length > 0 &&
      Object.values(value).every((each) => typeof each === "string"),
    allowed: "labels of pods, literal",
    fix: 'for example { app: "pg" }; left out, with a namespace, they are all of it',
  },
  cidr: {
    is: (value) => typeof value === "string" && isCidr(value),
    allowed: "addresses, as a CIDR block",
    fix: "for example 10.20.0.0/16, and 10.20.0.7/32 for one",
  },
  ports: {
    is: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((each) => Number.isInteger(each) && Number(each) >= 1 && Number(each) <= 65_535),
    allowed: "a list of ports, each 1 to 65535",
    fix: "for example [5432]",
  },
};

function isCidr(text: string): boolean {
  const [address = "", bits = "", ...more] = text.split("/");
  if (more.length > 0 || !/^\d{1,3}$/.test(bits)) return false;
  const family = isIP(address);
  return family !== 0 && Number(bits) <= (family === 4 ? 32 : 128);
}

function slipsOf(at: string, given: unknown): readonly Slip[] {
  const component = isComponent(given);
  const callee: unknown = component ? given.reachable : given;
  if (
    isLater(callee) ||
    pulumi.Resource.isInstance(callee) ||
    typeof callee !== "object" ||
    callee === null ||
    Array.isArray(callee)
  )
    return [
      {
        key: at,
        given: shown(callee),
        allowed:
          "a Service, Cache or Store of nines/kubernetes, or { namespace, pods, ports }, { cidr, ports }, { ports }",
        fix: `for example ${EXAMPLE}`,
      },
    ];
  const told = Object.keys(words) as readonly (keyof Reached)[];
  const said: ReadonlyMap<string, unknown> = new Map(Object.entries(callee));
  const strange = [...said.keys()].flatMap((key): readonly Slip[] => {
    if (component || told.some((each) => each === key)) return [];
    const near = nearest(key, told);
    return [
      {
        key: `${at}.${key}`,
        given: shown(said.get(key)),
        allowed: `one of ${told.join(", ")}, or a component of nines/kubernetes`,
        fix: near === undefined ? "remove it" : `did you mean ${near}?`,
      },
    ];
  });
  const wrong = told.flatMap((key): readonly Slip[] => {
    const value = said.get(key);
    if ((value === undefined && key !== "ports") || words[key].is(value)) return [];
    const { allowed, fix } = words[key];
    return [{ key: `${at}.${key}`, given: shown(value), allowed, fix }];
  });
  const both = said.get("cidr") !== undefined && (said.get("namespace") ?? said.get("pods")) !== undefined;
  return [
    ...strange,
    ...wrong,
    ...(both
      ? [
          {
            key: `${at}.cidr`,
            given: shown(said.get("cidr")),
            allowed: "addresses, or pods by namespace and labels",
            fix: "say them apart: each has its own ports",
          },
        ]
      : []),
  ];
}
