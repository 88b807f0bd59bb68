import type { InputTable } from "../../model";

export const RECORD = "aws:route53/record:Record";
export const HEALTH_CHECK = "aws:route53/healthCheck:HealthCheck";

const SETTLED = "how the check is run beyond its time; no Part holds it";

/** Which field of a DnsFailover each input sets. */
export const dnsFailoverInputs: InputTable = {
  [RECORD]: {
    fields: {
      name: "targets",
      ttl: "ttlSeconds",
      records: "targets",
      aliases: "targets",
      healthCheckId: "targets",
      failoverRoutingPolicies: "targets",
      weightedRoutingPolicies: "targets",
    },
    ignored: {
      type: "what sort of address it holds; that it leads to a place is what it is read for",
      zoneId: "which hosted zone holds it",
      setIdentifier: "which of the records of its name it is",
      "aliases[].zoneId": "of the service that the alias leads to",
      allowOverwrite: "whether one that is there is taken over",
    },
  },
  [HEALTH_CHECK]: {
    fields: {
      type: "targets",
      fqdn: "targets",
      ipAddress: "targets",
      port: "targets",
      resourcePath: "targets",
      requestInterval: "targets",
      failureThreshold: "targets",
      measureLatency: "targets",
    },
    ignored: {
      searchString: "which text; that there is one its type says",
      enableSni: SETTLED,
      invertHealthcheck: SETTLED,
      disabled: SETTLED,
      regions: SETTLED,
      referenceName: "a name",
      tags: "tags are read by nobody",
    },
  },
};
