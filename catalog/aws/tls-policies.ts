import type { Source } from "../../model";

/** Least version of TLS that a listener accepts. */
export type TlsVersion = "1.0" | "1.1" | "1.2" | "1.3";

export const tlsPoliciesSource: Source = {
  title: "Elastic Load Balancing, security policies for your Application Load Balancer",
  url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
  date: "2026-11-21",
};

/** The policies that nines asks for: no older protocol, forward secrecy with TLS 1.3. */
export const tlsPolicies = {
  "1.2": "ELBSecurityPolicy-TLS13-1-2-2021-06",
  "1.3": "ELBSecurityPolicy-TLS13-1-3-2021-06",
} as const;

/** The oldest protocol is part of a policy's name, with TLS 1.3 or without; `Res`, `Ext`, `FIPS` and `PQ` only change ciphers. */
const named = /^ELBSecurityPolicy-(?:TLS13|TLS|FS)-1-([0-3])(?:-(?:Res|Ext[0-9]?|FIPS|PQ))*-\d{4}-\d{2}$/;

/** Policies whose name does not say it: all accept TLS 1.0. */
const unnamed: ReadonlySet<string> = new Set([
  "ELBSecurityPolicy-2016-08",
  "ELBSecurityPolicy-2015-05",
  "ELBSecurityPolicy-FS-2018-06",
]);

const versions: readonly TlsVersion[] = ["1.0", "1.1", "1.2", "1.3"];

/** Least version of TLS that a policy accepts; null: a policy that is not known here. */
export function tlsFloorOf(policy: string): TlsVersion | null {
  if (unnamed.has(policy)) return "1.0";
  const minor = named.exec(policy)?.[1];
  return minor === undefined ? null : (versions[Number(minor)] ?? null);
}
