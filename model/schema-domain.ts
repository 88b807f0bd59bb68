import { z } from "zod";
import { flag, mapping, none, number, oneOf, optional, refusal, shaped } from "./schema-leaf";

export const arn = (about: string, service: string) =>
  shaped(about, `an ARN of ${service}`, new RegExp(`^arn:aws[a-z-]*:${service}:`));

// RFC 1035: labels of at most 63 letters, digits and hyphens, none at an end.
const DOMAIN = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** The name that callers use, or null: none. */
export const domain = z
  .union([
    mapping("domain: { name: embedding.example.com, zone: { existing: { id: Z0123456789 } } }", {
      name: shaped("Fully qualified and in small letters, for example embedding.example.com", "a domain name", DOMAIN),
      zone: mapping("a domain needs its hosted zone: zone: { existing: { id: Z0123456789 } }", {
        existing: mapping("existing: { id: Z0123456789 }", {
          id: shaped("Id of the hosted zone, for example Z0123456789", "an id that begins with Z", /^Z[A-Z0-9]+$/),
        }),
      }),
      certificate: optional(
        mapping("certificate: { existing: { arn } }", {
          existing: mapping("existing: { arn }", { arn: arn("ARN of the certificate", "acm") }),
        }),
      ),
    }),
    none,
  ])
  .describe("Name that callers use, with the hosted zone that holds it; null: none");

// Amazon Route 53 API, HealthCheckConfig: RequestInterval is 10 or 30, FailureThreshold 1 to 10.
const CHECK_SECONDS = [10, 30] as const;
const slower = refusal("10 or 30 seconds", "checkSeconds: 30, or 10, which costs more");

export const failover = mapping("failover: { dns: route53 }", {
  dns: oneOf("Who keeps the records of the name that callers use", ["route53", "external-dns", "none"]),
  doors: optional(flag("Doors hand requests on to other regions while their own replicas are ill")),
  checkSeconds: optional(
    z
      .literal(CHECK_SECONDS, slower)
      .describe("Seconds from one check of a region to the next, of each checker: 10 or 30"),
  ),
  failures: optional(
    number("Checks in a row that fail before a region counts as gone, for example 3", {
      least: 1,
      most: 10,
      whole: true,
    }),
  ),
});
