import type { Source } from "../model";
import { defaultDeploys } from "./deploys";
import type { SourcedInterval } from "./interval";

// How often things fail and how long they stay failed, whichever provider they run on. Unavailability is a probability:
// minutes a year are it x 525,600. Sources carry the day they were read where their own day is not known.

const read = "2026-11-21";

const statusEntries: Source = {
  title:
    "Cloud Uptime Archive: AWS status entries 2018-20, each classified by its text, over about 195 zone-years and 63 region-years",
  url: "https://github.com/atlarge-research/cloud-uptime-archive",
  date: read,
};
const zoneEntries: Source = {
  ...statusEntries,
  title: `${statusEntries.title}; the high end assumes two multi-week losses in 600 zone-years`,
};
const ford: Source = {
  title:
    "Ford et al., Availability in Globally Distributed Storage Systems, OSDI 2010; IEC 61508 floor .01; mid assumed",
  date: read,
};
const usEast1: Source = {
  title: "AWS post-event summaries: six us-east-1 events 2017-25, 3,209 minutes in 9.9 years; ends assumed",
  date: read,
};
const edge: Source = {
  title:
    "Edge and DNS events 2018-25 (Google, Cloudflare, Fastly, Azure): about 45 minutes in 4 years; high 8 hours in 3 years",
  date: read,
};
const machines: Source = {
  title:
    "Assumed from machine failures: Dean 2009 (.4-.8 a year), Kokolis HPCA 2025 (.85-2.4), Ford OSDI 2010 (2.8, planned reboots included)",
  date: read,
};
const managedCache: Source = {
  title: "Assumed: no failure rate of managed cache nodes was found; taken as a machine's",
  date: read,
};
const changeTags: Source = {
  title: "Change share of incidents: Gunawi SoCC 2016 .26, Ghosh SoCC 2022 .53, Google SRE book ch. 1 .70",
  date: read,
};
const impactToFix: Source = {
  title: "Impact to fix in five public post-mortems: 27, 40, 73, 115 and 157 minutes",
  date: read,
};
const spotBands: Source = {
  title: "Assumed from Spot tables of nOps and cloudprice.app: < 5 % a month on average, bands to > 20 %",
  date: read,
};
const cacheFailover: Source = {
  title: "AWS Database Blog: test failover about 30 s (engine 3.2.4); AWS guide: usually a few seconds; ends assumed",
  date: read,
};
const databaseFailover: Source = {
  title:
    "RDS Multi-AZ as an application saw it, 72technologies (12 to 90 s), AWS documentation (60-120 s); mid assumed",
  date: read,
};
const dnsTail: Source = {
  title: "Assumed from DynamoDB 2025-10-20 (900 s until clients were back) and serverfault 72363 (98 % in an hour)",
  date: read,
};
// Few events: the ends are the exact Poisson 90 % interval of the count (3 events .82..7.75, 2 events .355..6.30).
const balancerEntries: Source = {
  ...statusEntries,
  title: "Cloud Uptime Archive: ELB 2018-20, 3 of 14 entries touched traffic, 180 minutes in 63 region-years",
};
const natEntries: Source = {
  ...statusEntries,
  title: "Cloud Uptime Archive: NAT gateway 2018-20, 2 entries, 475 minutes in 63 region-years",
};

/** Failure rates, the deploy practice of somebody who said nothing, and how long people and failovers take. */
export const failures = {
  zoneUnavailability: {
    name: "a zone is down",
    unit: "probability",
    low: 1.4e-5,
    mid: 4e-5,
    high: 2e-4,
    label: "approx",
    source: zoneEntries,
    measure:
      "Minutes in which the provider's status history or your own probes had a zone of your regions down, over minutes watched.",
  },
  zoneEventsPerYear: {
    name: "zone events",
    unit: "per year",
    low: 0.04,
    mid: 0.13,
    high: 0.13,
    label: "approx",
    source: zoneEntries,
    measure: "Count the zone events in your regions' status history and divide by zones x years.",
  },
  zoneEventMinutes: {
    name: "length of a zone event",
    unit: "minutes",
    low: 172,
    mid: 172,
    high: 800,
    label: "approx",
    source: zoneEntries,
    measure: "Average the lengths of the zone events in your regions' status history.",
  },
  zoneShareHit: {
    name: "share of a zone's replicas that a zone event takes",
    unit: "share",
    low: 0.075,
    mid: 0.225,
    high: 0.61,
    label: "approx",
    source: { ...statusEntries, title: "Cloud Uptime Archive: share of instances hit in five zone events 2018-20" },
    measure: "In a zone event, count the replicas of that zone that failed.",
  },
  betaZone: {
    name: "share of zone failures that take another zone too",
    unit: "share",
    low: 0.02,
    mid: 0.05,
    high: 0.2,
    label: "assumed",
    source: {
      ...statusEntries,
      title: "Assumed around 3 of 39 zone events that touched more than one zone, Cloud Uptime Archive 2018-20",
    },
    measure:
      "Of the zone events in the provider's history, the share in which two zones of one region were down at once.",
  },
  regionUnavailability: {
    name: "a region's own data plane is down",
    unit: "probability",
    low: 1.5e-5,
    mid: 2.7e-5,
    high: 1e-4,
    label: "approx",
    source: {
      ...statusEntries,
      title: "Cloud Uptime Archive: 14 region-wide data-plane events, 896 minutes in 63 region-years; high assumed",
    },
    measure: "Minutes in which probes from outside found all zones of the region unreachable, over minutes watched.",
  },
  regionEventsPerYear: {
    name: "events that take a region's data plane",
    unit: "per year",
    low: 0.1,
    mid: 0.22,
    high: 0.5,
    label: "approx",
    source: {
      ...statusEntries,
      title: "Cloud Uptime Archive: 14 region-wide data-plane events in 63 region-years; ends assumed",
    },
    measure: "Region-wide entries of the provider's history for your regions, divided by regions and years.",
  },
  regionAllServicesHard: {
    name: "a region is down where every one of its services is a hard dependency (us-east-1)",
    unit: "probability",
    low: 2e-4,
    mid: 6e-4,
    high: 1e-3,
    label: "approx",
    source: usEast1,
    measure: "List the provider's services that a request really needs, and add up the minutes of their events.",
  },
  globalUnavailability: {
    name: "something global is down: edge, DNS, identity",
    unit: "probability",
    low: 5e-6,
    mid: 2e-5,
    high: 3e-4,
    label: "assumed",
    source: edge,
    measure: "Minutes in which probes on several continents failed at once, over minutes watched.",
  },
  launchImpaired: {
    name: "nothing new starts in the region, running capacity is fine",
    unit: "probability",
    low: 2e-5,
    mid: 7e-5,
    high: 5e-4,
    label: "approx",
    source: {
      ...statusEntries,
      title: "Cloud Uptime Archive: 25 of 32 regional EC2 entries, 2,413 minutes in 63 region-years; low assumed",
    },
    measure: "Share of the time in which a scheduled test launch did not come up.",
  },
  replicaMachineUnavailability: {
    name: "a replica is down because of its machine",
    unit: "probability",
    low: 4e-7,
    mid: 5e-6,
    high: 8e-5,
    label: "assumed",
    source: machines,
    measure:
      "Replicas that stopped for reasons of the host, times the minutes until another ran, over replica-minutes.",
  },
  replicaFailuresPerYear: {
    name: "failures of one replica by its machine",
    unit: "per year",
    low: 0.1,
    mid: 0.5,
    high: 2.8,
    label: "assumed",
    source: machines,
    measure:
      "Replicas that stopped for reasons of the host in a year, over replicas; crashes and evictions of your own software come on top.",
  },
  replicaRepairMinutes: {
    name: "until another replica runs",
    unit: "minutes",
    low: 2,
    mid: 5,
    high: 15,
    label: "assumed",
    source: machines,
    measure: "Stop one replica and take the time until its successor passes its probe.",
  },
  betaReplica: {
    name: "share of replica failures that take all replicas of a zone",
    unit: "share",
    low: 0.01,
    mid: 0.1,
    high: 0.37,
    label: "assumed",
    source: ford,
    measure: "Of the replica failures of a year, the share in which a second one followed within two minutes.",
  },
  changeShare: {
    name: "share of outages that a change caused",
    unit: "share",
    low: 0.26,
    mid: 0.53,
    high: 0.7,
    label: "approx",
    source: changeTags,
    measure: "Of your own incidents of a year, the share that a deploy or a configuration change began.",
  },
  humanFixMinutes: {
    name: "from impact to a fix by people",
    unit: "minutes",
    low: 27,
    mid: 73,
    high: 157,
    label: "approx",
    source: impactToFix,
    measure: "Median of impact start to impact end over your own incidents.",
  },
  spotLoss: {
    name: "a Spot machine is taken away",
    unit: "per month",
    low: 0.02,
    mid: 0.05,
    high: 0.2,
    label: "assumed",
    source: spotBands,
    measure: "Interruption notices of a month over Spot machines that ran in it.",
  },
  balancerUnavailability: {
    name: "the load balancer's data plane is down in the region",
    unit: "probability",
    low: 1.4e-6,
    mid: 5e-6,
    high: 1.3e-5,
    label: "approx",
    source: balancerEntries,
    measure: "Minutes in which the balancer did not answer while its targets did, over minutes watched.",
  },
  balancerEventsPerYear: {
    name: "events that take the load balancer's data plane",
    unit: "per year",
    low: 0.013,
    mid: 0.048,
    high: 0.123,
    label: "approx",
    source: balancerEntries,
    measure:
      "Entries of the provider's history in which balancers of your regions lost traffic, over regions and years.",
  },
  natEventsPerYear: {
    name: "events that take NAT gateways",
    unit: "per year",
    low: 0.0056,
    mid: 0.032,
    high: 0.1,
    label: "approx",
    source: natEntries,
    measure:
      "Entries of the provider's history in which NAT gateways of your regions lost traffic, over regions and years.",
  },
  natUnavailability: {
    name: "NAT gateways are down in the region",
    unit: "probability",
    low: 2.5e-6,
    mid: 1.4e-5,
    high: 4.4e-5,
    label: "approx",
    source: natEntries,
    measure: "Minutes in which calls to the internet failed from private subnets only, over minutes watched.",
  },
  cacheNodeFailuresPerYear: {
    name: "failures of one managed cache node",
    unit: "per year",
    low: 0.1,
    mid: 0.5,
    high: 2.8,
    label: "assumed",
    source: managedCache,
    measure: "Node replacements and failovers in the cache's event list of a year, over nodes.",
  },
  managedRedisFailoverSeconds: {
    name: "a managed Redis fails over",
    unit: "seconds",
    low: 5,
    mid: 30,
    high: 60,
    label: "approx",
    source: cacheFailover,
    measure: "Start a test failover and take the time in which writes fail.",
  },
  databaseFailoverSeconds: {
    name: "a managed database fails over, as its client sees it",
    unit: "seconds",
    low: 12,
    mid: 60,
    high: 120,
    label: "assumed",
    source: databaseFailover,
    measure: "Reboot with failover and take the time in which a client's writes fail.",
  },
  dnsTailSeconds: {
    name: "clients that follow a changed name late",
    unit: "seconds after the TTL",
    low: 60,
    mid: 900,
    high: 3600,
    label: "assumed",
    source: dnsTail,
    measure: "Change a record and take the time until 99 % of requests arrive at the new address.",
  },
  /** The deploy practice assumed where an environment states none. */
  deploys: defaultDeploys,
} as const satisfies Record<string, SourcedInterval | Readonly<Record<string, SourcedInterval>>>;
