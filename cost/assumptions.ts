import type { Source } from "../model";

/** A number that a usage line needs and nobody gave: assumed, and said so. */
export interface CostAssumption {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly label: "assumed";
  readonly because: string;
  /** How a user finds the true value. */
  readonly measure: string;
  readonly source: Source;
}

const source: Source = { title: "assumed by nines, nobody measured it here", date: "2026-11-21" };

function assumed(name: string, value: number, unit: string, because: string, measure: string): CostAssumption {
  return { name, value, unit, label: "assumed", because, measure, source };
}

/** What usage lines rest on beside the demand; printed with the cost. */
export const costAssumptions = {
  requestsPerConnection: assumed(
    "requests a connection",
    10,
    "requests",
    "callers keep connections open",
    "RequestCount / NewConnectionCount of the balancer",
  ),
  connectionSeconds: assumed(
    "life of a connection",
    60,
    "seconds",
    "the balancer's idle timeout by default",
    "ActiveConnectionCount / (NewConnectionCount / 60)",
  ),
  snapshotChangedShare: assumed(
    "change of a volume between two snapshots",
    0.05,
    "share",
    "stores append, and rewrite their files in turn; the first snapshot is taken to hold the whole volume",
    "EBS:SnapshotUsage of the bill, or size of the snapshots, by volume",
  ),
  copiedPerDay: assumed(
    "what is written to a cache with copies elsewhere, in a day",
    1,
    "times all that it may hold",
    "entries are renewed about once a day; each copy is sent every write",
    "master_repl_offset of INFO replication, from one day to the next",
  ),
  handedOnHours: assumed(
    "time in which a door hands all of its requests on to other regions",
    1,
    "hours a month",
    "more than the nines lose of a region's own replicas; bytes of both directions leave a region",
    "requests to the fallback's endpoints: envoy_cluster_upstream_rq by endpoint, or DataTransfer-Regional-Bytes of the bill",
  ),
  imageGb: assumed(
    "size of an image as pulled",
    0.5,
    "GB",
    "a slim runtime and a small model",
    "size of the image in its registry",
  ),
  accessLogBytes: assumed(
    "access log of a request, compressed",
    100,
    "bytes",
    "one line of text, compressed about five times",
    "size of the log bucket / requests",
  ),
  accessLogDays: assumed(
    "days that access logs are kept",
    30,
    "days",
    "not read from the bucket's lifecycle",
    "the bucket's lifecycle rule",
  ),
  flowLogBytes: assumed(
    "flow log of a connection, both ends",
    300,
    "bytes",
    "two records of the default format",
    "IncomingBytes of the flow log group / connections",
  ),
  cachedShareOfResponse: assumed(
    "a cached value, share of the caller's response",
    1,
    "share",
    "the cache holds what the caller answers with",
    "bytes out of the cache / its hits",
  ),
  dnsTtlSeconds: assumed(
    "life of a name of Cloud Map",
    10,
    "seconds",
    "what nines builds; each caller is taken to ask again as soon as it may, which is the most",
    "DNS queries of the hosted zone / callers",
  ),
  requestsPerMessage: assumed(
    "requests a message of a queue",
    3,
    "requests",
    "sent, taken and deleted one by one",
    "NumberOfMessagesSent, NumberOfMessagesReceived and NumberOfMessagesDeleted of the queue",
  ),
  publishesPerMonth: assumed(
    "messages of alarms",
    0,
    "messages above what is free",
    "far fewer than the million publishes and 100,000 calls a month that are free",
    "NumberOfMessagesPublished of the topic",
  ),
  emailsPerMonth: assumed(
    "alarm e-mails",
    0,
    "e-mails above 1,000",
    "fewer than the 1,000 a month that are free",
    "NumberOfNotificationsDelivered of the topic",
  ),
} as const satisfies Record<string, CostAssumption>;
