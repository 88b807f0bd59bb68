import { mapping, named, number, optional, refusal, shaped, uncertain, words, type Mirrors } from "./schema-leaf";
import type { z } from "zod";
import type { CopiesChoice } from "./stack-config";

const HIGHEST_PORT = 65_535;
const place = "host:port, a name that the other regions resolve and a port from 1 to 65535";
const EXAMPLE = "features.us-east-1.internal.example.com:6380";

const secret = mapping("tls: { secret: features-tls }; without TLS no copy: passwords and values leave the cluster", {
  // RFC 1123 subdomain, which Kubernetes asks of the name of a Secret.
  secret: shaped(
    "Secret in the namespace of every region with tls.crt, tls.key and ca.crt, for example features-tls",
    "the name of a Secret: at most 253 small letters, digits, hyphens and dots",
    /^(?=.{1,253}$)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
  ),
});

/** Read copies of a cache in the other regions of a stack. */
const copiesChoice = mapping(
  `features: { address: "${EXAMPLE}", tls: { secret: features-tls }, lagSeconds: 1, promoteMinutes: 30 }`,
  {
    address: shaped(
      `What leads the other regions to the primary's Service for copies, for example ${EXAMPLE}`,
      place,
      /^[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?:\d{1,5}$/,
    ).refine(
      (text) => {
        const port = Number(text.slice(text.lastIndexOf(":") + 1));
        return port >= 1 && port <= HIGHEST_PORT;
      },
      refusal(place, "correct the port"),
    ),
    tls: secret,
    lagSeconds: uncertain("Seconds that a copy is behind, for example { low: 0.1, mid: 0.5, high: 5 }", { least: 0 }),
    promoteMinutes: number("Minutes until people have promoted a copy and callers write to it, for example 30", {
      above: 0,
    }),
    primary: optional(words("Region that holds the primary, for example us-east-1")),
  },
);

export const copies = named("Read copies in the other regions, by cache", copiesChoice);

const mirrored: Mirrors<z.infer<typeof copiesChoice>, CopiesChoice> = true;
void mirrored;
