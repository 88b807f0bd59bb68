import { at } from "../model";
import type { Cdn } from "../model";
import { count, finding, onValue, partsOf, undecided } from "./finding";
import { advice, beyondDev } from "./rule";
import type { Finding, Rule } from "./rule";

const old: readonly (string | null)[] = [null, "1.0", "1.1"];

const tlsFloor: Rule = {
  id: "cdn-tls-floor",
  title: "A distribution speaks TLS 1.2 or later, and nothing else",
  about:
    "Older protocols are broken, and plain text is read by whoever carries it. CloudFront's own certificate comes with TLS 1.0: without a name of one's own that is advice.",
  severity: beyondDev,
  peers: ["CKV_AWS_174", "CKV_AWS_34*", "AWS-0013", "cdk-nag CFR4"],
  check: ({ parts, graph }) =>
    partsOf(parts, "cdn").flatMap((cdn): readonly Finding[] => {
      const redirects = onValue<boolean>(cdn, "redirectsToTls", (ok) => ({
        ok,
        message: ok ? "plain HTTP is redirected or refused" : "answers plain HTTP",
        fix: 'set viewerProtocolPolicy: "redirect-to-https"',
      }));
      const floor = at(cdn, "tlsFloor");
      const named = floor.known ? graph.byUrn(floor.urn)?.inputs["aliases"] : undefined;
      const bare = !Array.isArray(named) || named.length === 0;
      return [
        redirects,
        onValue<Cdn["tlsFloor"]>(cdn, "tlsFloor", (version) => ({
          ok: !old.includes(version),
          message: `accepts TLS ${version ?? "of any version"}`,
          fix: 'give it a certificate, and minimumProtocolVersion: "TLSv1.2_2021"',
          ...(bare ? { severity: "advisory" as const } : {}),
        })),
      ];
    }),
};

const originFailover: Rule = {
  id: "cdn-origin-failover",
  title: "Another origin answers where the first fails",
  about: "What is not in the caches is lost with its only origin.",
  severity: advice,
  peers: ["CKV_AWS_310"],
  check: ({ parts }) =>
    partsOf(parts, "cdn").flatMap((cdn): readonly Finding[] => {
      const origins = at(cdn, "origins");
      if (!origins.known) return [undecided(cdn.key, "origins", origins)];
      return [
        onValue<boolean>(cdn, "originFailover", (ok) => ({
          ok,
          message: `${count(Number(origins.value), "origin")}, ${ok ? "one takes over for the other" : "none takes over"}`,
          fix: "give it an originGroup with two members, and send the default behaviour there",
        })),
      ];
    }),
};

const flag = (
  id: string,
  path: "logs" | "firewall",
  words: Pick<Rule, "title" | "about" | "peers"> & { readonly on: string; readonly off: string; readonly fix: string },
): Rule => ({
  id,
  title: words.title,
  about: words.about,
  severity: advice,
  peers: words.peers,
  check: ({ parts }) =>
    partsOf(parts, "cdn").map((cdn) => {
      const leaf = at(cdn, path);
      if (!leaf.known) return undecided(cdn.key, path, leaf);
      const ok = leaf.value === true;
      return finding(cdn.key, { ok, message: ok ? words.on : words.off, fix: words.fix });
    }),
});

export const cdnRules: readonly Rule[] = [
  tlsFloor,
  originFailover,
  flag("cdn-logs", "logs", {
    title: "A distribution logs its requests",
    about: "After an incident the log is the only record of who was turned away before any origin saw it.",
    peers: ["CKV_AWS_86", "AWS-0010", "cdk-nag CFR3"],
    on: "logs are kept",
    off: "no logs",
    fix: "give it a loggingConfig with a bucket",
  }),
  flag("cdn-firewall", "firewall", {
    title: "A distribution has a web firewall in front",
    about: "One caller can ask for more than all the others together.",
    peers: ["CKV_AWS_68", "AWS-0011", "cdk-nag CFR2"],
    on: "a web firewall is attached",
    off: "no web firewall",
    fix: "give it a webAclId",
  }),
];
