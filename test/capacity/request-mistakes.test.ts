import { given, images, mistakesOf, said, system, withFacts } from "./a-stack";

type Changes = Parameters<typeof given>[0];

const kubernetes = {
  clusters: { "us-east-1": { context: "prod-us-east-1" } },
  nodes: { platform: "eks", machine: "m7i.large" },
} as const;

const price = { item: "volume-gb-month", usd: 0.1, note: "our own disks" };

/** What is changed -> what is said, whole. */
const refused: readonly (readonly [string, Changes, string])[] = [
  [
    "unknown system",
    { yaml: { system: "embeding" } },
    'nines:system | "embeding" | systems are embedding | did you mean embedding?',
  ],
  [
    "inherited name",
    { yaml: { system: "constructor" } },
    'nines:system | "constructor" | systems are embedding | take one of them, or add it to stacks/systems/index.ts',
  ],
  [
    "unknown environment",
    { yaml: { environment: "prd" } },
    'nines:environment | "prd" | environments are prod | did you mean prod?',
  ],
  [
    "target not built",
    { yaml: { target: "gcp" } },
    'nines:target | "gcp" | one of aws, kubernetes | nothing else is built yet',
  ],
  [
    "zero load",
    { yaml: { load: { requestsPerSecond: { mean: 0, peak: 1 } } } },
    "nines:load.requestsPerSecond.mean | 0 | a number above 0 | Requests a second on average, for example 400",
  ],
  [
    "peak below the mean",
    { yaml: { load: { requestsPerSecond: { mean: 400, peak: 399 } } } },
    "nines:load.requestsPerSecond.peak | 399 | needs at least the mean, 400 | swapped?",
  ],
  [
    "burst below 1",
    { yaml: { load: { requestsPerSecond: { mean: 1, peak: 1 }, burst: { factor: 0.9 } } } },
    "nines:load.burst.factor | 0.9 | a number of at least 1 | Sudden step above the peak, for example 1.5",
  ],
  [
    "interval out of order",
    { yaml: { workloads: { embedding: { serviceTimeMs: { low: 1, mid: 3, high: 2 } } } } },
    'nines:workloads.embedding.serviceTimeMs | {"low":1,"mid":3,"high":2} | low, mid and high in rising order | put the smallest first: swapped?',
  ],
  [
    "hit ratio above 1",
    { yaml: { workloads: { vectors: { hitRatio: 1.01 } } } },
    "nines:workloads.vectors.hitRatio | 1.01 | a number from 0 to 1 | Share of look-ups that hit, for example 0.4",
  ],
  [
    "fact of a cache on a service",
    { yaml: { workloads: { embedding: { hitRatio: 0.1 } } } },
    "nines:workloads.embedding.hitRatio | 0.1 | embedding is a service, which has no hitRatio | remove it",
  ],
  [
    "fact of a service on a cache",
    { yaml: { workloads: { vectors: { exposure: "private" } } } },
    'nines:workloads.vectors.exposure | "private" | vectors is a cache, which has no exposure | remove it',
  ],
  [
    "override of nobody",
    { yaml: { workloads: { vector: { hitRatio: 0.1 } } } },
    'nines:workloads.vector | "vector" | workloads are storage-server, embedding, vectors | did you mean vectors?',
  ],
  [
    "memory not sold with the CPU",
    { yaml: { sizes: { embedding: { cpuMillis: 2000, memoryMiB: 2048 } } } },
    'nines:sizes.embedding | "2 vCPU with 2048 MiB" | Fargate sells 2 vCPU with 4096 to 16384 MiB in steps of 1024 | 2048 MiB goes with 0.25 to 1 vCPU',
  ],
  [
    "memory sold with no CPU",
    { yaml: { sizes: { embedding: { memoryMiB: 2500 } } } },
    "nines:sizes.embedding.memoryMiB | 2500 | Fargate sells no CPU with that memory | the next that is sold is 3072 MiB",
  ],
  [
    "CPU not sold",
    { yaml: { sizes: { embedding: { cpuMillis: 3000 } } } },
    "nines:sizes.embedding.cpuMillis | 3000 | Fargate sells 250, 500, 1000, 2000, 4000, 8000, 16000, 32000 | take the next larger: 4000",
  ],
  [
    "memory below the need",
    { yaml: { sizes: { embedding: { memoryMiB: 1024 } } } },
    "nines:sizes.embedding.memoryMiB | 1024 | embedding needs 2048 MiB | raise it, or leave it out",
  ],
  [
    "size of a cache",
    { yaml: { sizes: { vectors: { memoryMiB: 1024 } } } },
    'nines:sizes.vectors | {"memoryMiB":1024} | the size of a cache\'s nodes follows from its entries | remove it',
  ],
  [
    "one zone where a zone must be survived",
    { yaml: { zones: 1 } },
    "nines:zones | 1 | to survive a zone needs at least 2 zones | add a zone, or objectives.survive: replica",
  ],
  [
    "more zones than listed",
    { yaml: { zones: 4 } },
    "nines:zones | 4 | environment prod lists 3 in us-east-1 | at most 3, or add zones to the environment",
  ],
  [
    "zones of the environment",
    { environment: { zones: 4 } },
    "environments.prod.zones | 4 | environment prod lists 3 in us-east-1 | at most 3, or add zones to the environment",
  ],
  [
    "region to survive",
    { yaml: { objectives: { survive: "region" } } },
    'nines:objectives.survive | "region" | one of nothing, replica, zone: the stack is built in one region | objectives.survive: zone, or regions: [...] where the target builds in several',
  ],
  [
    "several regions where one is built",
    {
      yaml: { regions: ["us-east-1", "eu-west-1"] },
      environment: {
        regions: {
          "us-east-1": { zones: ["us-east-1a", "us-east-1b"] },
          "eu-west-1": { zones: ["eu-west-1a", "eu-west-1b"] },
        },
      },
    },
    'nines:regions | "us-east-1, eu-west-1" | a stack of target aws is built in one region; kubernetes in several | name one, or make a stack of each region',
  ],
  [
    "a region twice",
    { yaml: { regions: ["us-east-1", "us-east-1"], target: "kubernetes" }, environment: { kubernetes } },
    'nines:regions[1] | "us-east-1" | each region once | remove one of the two',
  ],
  [
    "a region and regions",
    { yaml: { regions: ["us-east-1"], region: "us-east-1" } },
    'nines:region | "us-east-1" | either region or regions | remove it, and put it first in regions',
  ],
  [
    "no cluster at all",
    { yaml: { target: "kubernetes" } },
    'environments.prod.kubernetes | nothing | environment prod has no cluster for target kubernetes | kubernetes: { clusters: { "us-east-1": { context: "prod" } }, nodes: { platform: "eks", machine: "m7i.large" } }',
  ],
  [
    "no cluster of the region",
    { yaml: { target: "kubernetes" }, environment: { kubernetes: { ...kubernetes, clusters: {} } } },
    'environments.prod.kubernetes.clusters | "" | the stack is built in us-east-1 | add "us-east-1": { context: "..." }',
  ],
  [
    "a context named twice",
    {
      yaml: { target: "kubernetes" },
      environment: {
        kubernetes: { ...kubernetes, clusters: { ...kubernetes.clusters, "eu-west-1": { context: "prod-us-east-1" } } },
      },
    },
    'environments.prod.kubernetes.clusters.eu-west-1.context | "prod-us-east-1" | us-east-1 has the same context, and a cluster is in one region | name the context of this region\'s own cluster',
  ],
  [
    "a machine that is not known",
    {
      yaml: { target: "kubernetes" },
      environment: { kubernetes: { ...kubernetes, nodes: { platform: "eks", machine: "m7i.larg" } } },
    },
    'environments.prod.kubernetes.nodes.machine | "m7i.larg" | a machine type of eks whose size is known | did you mean m7i.large? Or platform: "other" with its allocatable',
  ],
  [
    "a way in that AWS does not have",
    withFacts("embedding", { reachedBy: "cluster-ip" }),
    'systems.embedding.workloads.embedding.reachedBy | "cluster-ip" | aws knows balancer, service-connect, cloud-map | take one of them',
  ],
  [
    "no replica",
    { yaml: { minReplicas: 0 } },
    "nines:minReplicas | 0 | a whole number of at least 1 | Least replicas of each service, for example 2",
  ],
  [
    "half a replica",
    { yaml: { minReplicas: 1.5 } },
    "nines:minReplicas | 1.5 | a whole number of at least 1 | Least replicas of each service, for example 2",
  ],
  [
    "ceiling above 1",
    { yaml: { utilisationCeiling: 1.1 } },
    "nines:utilisationCeiling | 1.1 | a number above 0 and at most 1 | Highest share of time that slots are busy at the peak, for example 0.7",
  ],
  [
    "availability of 1",
    { yaml: { objectives: { availability: 1 } } },
    "nines:objectives.availability | 1 | a number between 0 and 1, both excluded | Share of time that the entry answers, for example 0.9999",
  ],
  [
    "percentile of 100",
    { yaml: { objectives: { latency: { percentile: 100, withinMs: 9 } } } },
    "nines:objectives.latency.percentile | 100 | a number between 0 and 100, both excluded | Percent of responses, for example 95",
  ],
  [
    "image missing",
    { yaml: { images: { embedding: images.embedding } } },
    "nines:images.storage-server | nothing | service storage-server needs an image | for example storage-server: registry.example.com/storage-server@sha256:...",
  ],
  [
    "image of nobody",
    { yaml: { images: { ...images, embeding: "a" } } },
    'nines:images.embeding | "a" | workloads are storage-server, embedding | did you mean embedding?',
  ],
  [
    "image of a cache",
    { yaml: { images: { ...images, vectors: "redis" } } },
    'nines:images.vectors | "redis" | vectors is a cache, which runs no image | remove it',
  ],
  [
    "image in capitals",
    { yaml: { images: { ...images, embedding: "registry.example.com/Embedding:1" } } },
    'nines:images.embedding | "registry.example.com/Embedding:1" | registry/name:tag or registry/name@sha256:<64 hexadecimal digits> | names are in small letters',
  ],
  [
    "region that the environment has not",
    { yaml: { region: "us-west-2" } },
    'nines:region | "us-west-2" | environment prod has us-east-1 | did you mean us-east-1?',
  ],
  [
    "waiver without a reason",
    { yaml: { waivers: [{ rule: "zones", reason: " ", until: "2027-01-31" }] } },
    'nines:waivers[0].reason | " " | text that says something | say why the rule may be broken until then',
  ],
  [
    "waiver to no day",
    { yaml: { waivers: [{ rule: "zones", reason: "x", until: "2027-02-29" }] } },
    'nines:waivers[0].until | "2027-02-29" | a day as YYYY-MM-DD | a day of the calendar, for example 2027-03-31',
  ],
  [
    "price of nothing",
    { yaml: { prices: [{ item: "nat-hours", usd: 1, note: "x" }] } },
    'nines:prices[0].item | "nat-hours" | an item of the catalog\'s prices | did you mean nat-hour, nlb-hour, alb-hour?',
  ],
  [
    "negative price",
    { yaml: { prices: [{ item: "nat-hour", usd: -1, note: "x" }] } },
    "nines:prices[0].usd | -1 | a number of at least 0 | USD a unit",
  ],
  [
    "negative quota",
    { environment: { quotas: { fargateVcpus: -1 } } },
    "environments.prod.quotas.fargateVcpus | -1 | a number of at least 0 | Fargate On-Demand vCPUs in the region",
  ],
  [
    "budget of nothing",
    { yaml: { budget: { perMonthUsd: 0 } } },
    "nines:budget.perMonthUsd | 0 | a number above 0 | USD a month, for example 2500",
  ],
  [
    "failure share above 1",
    { environment: { deploys: { perWeek: 1, failureShare: 1.1, minutes: 1, exposedShare: 1 } } },
    "environments.prod.deploys.failureShare | 1.1 | a number from 0 to 1 | Share of deploys that break something, for example 0.05",
  ],
  [
    "unknown key within",
    { yaml: { load: { requestsPerSecond: { mean: 1, peak: 1, peek: 2 } } } },
    "nines:load.requestsPerSecond.peek | 2 | unknown key; known are mean, peak | did you mean nines:load.requestsPerSecond.peak?",
  ],
  [
    "secret",
    { yaml: { zones: { secure: "v1:abc" } } },
    'nines:zones | "(secret)" | is secret, and must be plain: nines plans from it, and prints it | pulumi config set it without --secret',
  ],
  [
    "secret that was taken away",
    { yaml: { region: { $unknown: "secret" } } },
    'nines:region | "(secret)" | is secret, and must be plain: nines plans from it, and prints it | pulumi config set it without --secret',
  ],
  [
    "secret variable",
    { yaml: { workloads: { embedding: { environment: { TOKEN: { secure: "v1:abc" } } } } } },
    'nines:workloads.embedding.environment.TOKEN | "(secret)" | is secret, and must be plain: nines plans from it, and prints it | name it under secrets of the workload in the system, for example TOKEN: { create: "secret-manager" }',
  ],

  [
    "region without prices",
    { environment: { regions: { "us-east-9": { zones: ["us-east-9a", "us-east-9b"] } } } },
    'environments.prod.regions.us-east-9 | "us-east-9" | regions with prices are ap-northeast-1, eu-central-1, eu-west-1, us-east-1, us-west-2 | did you mean us-east-1?',
  ],
  [
    "two regions, none said",
    {
      environment: {
        regions: {
          "us-east-1": { zones: ["us-east-1a", "us-east-1b"] },
          "eu-west-1": { zones: ["eu-west-1a", "eu-west-1b"] },
        },
      },
    },
    "nines:region | nothing | environment prod has us-east-1, eu-west-1 | say which, for example nines:region: us-east-1",
  ],
  [
    "zone twice",
    { environment: { regions: { "us-east-1": { zones: ["us-east-1a", "us-east-1b", "us-east-1a"] } } } },
    'environments.prod.regions.us-east-1.zones[2] | "us-east-1a" | each zone once | remove one of the two, or name another zone',
  ],
  [
    "zone elsewhere",
    { environment: { regions: { "us-east-1": { zones: ["us-east-1a", "us-west-2b"] } } } },
    'environments.prod.regions.us-east-1.zones[1] | "us-west-2b" | zones of us-east-1 are called us-east-1a to us-east-1h | correct the name of the zone',
  ],
  [
    "one zone for a balancer",
    { environment: { regions: { "us-east-1": { zones: ["us-east-1a"] } }, objectives: { survive: "nothing" } } },
    'environments.prod.regions.us-east-1.zones | ["us-east-1a"] | a load balancer needs subnets in 2 zones | add a zone; replicas stay in fewer with zones: 1',
  ],
  [
    "address range of words",
    { environment: { network: { create: true, nat: "one", addressRange: "10.0.0.256/16" } } },
    'environments.prod.network.addressRange | "10.0.0.256/16" | four numbers to 255, a slash and a length | for example 10.0.0.0/16',
  ],
  [
    "address range with host bits",
    { environment: { network: { create: true, nat: "one", addressRange: "10.0.1.0/16" } } },
    'environments.prod.network.addressRange | "10.0.1.0/16" | no address bits behind the first 16 | for example 10.0.0.0/16',
  ],
  [
    "address range too large",
    { environment: { network: { create: true, nat: "one", addressRange: "10.0.0.0/15" } } },
    'environments.prod.network.addressRange | "10.0.0.0/15" | a VPC is /16 to /28 | for example 10.0.0.0/16',
  ],
  [
    "address range too small",
    { environment: { network: { create: true, nat: "one", addressRange: "10.0.0.0/17" } } },
    'environments.prod.network.addressRange | "10.0.0.0/17" | holds 8 subnets of /20; place 11 is needed, since a zone\'s letter decides its place | for example 10.0.0.0/16',
  ],
  [
    "nothing can be pulled",
    { environment: { network: { create: true, nat: "none" } } },
    'environments.prod.network.nat | "none" | without a way out nothing can pull the images of storage-server, embedding: only Amazon ECR in us-east-1 is reached | needs one, per-zone or regional, or the images in ECR',
  ],
  [
    "domain without its zone",
    { environment: { domain: { name: "a.example.com" } } },
    "environments.prod.domain.zone | nothing | a mapping | a domain needs its hosted zone: zone: { existing: { id: Z0123456789 } }",
  ],
  [
    "domain with a dot at its end, of which no other mistake follows",
    {
      yaml: {
        domain: { name: "a.example.com.", zone: { existing: { id: "Z1" } } },
        workloads: { "storage-server": { exposure: "internet" } },
      },
    },
    'nines:domain.name | "a.example.com." | a domain name | Fully qualified and in small letters, for example embedding.example.com',
  ],
  ...(["internal", "Intranet"] as const).map(
    (exposure) =>
      [
        `exposure ${exposure}, which is never the internet`,
        { yaml: { workloads: { "storage-server": { exposure } } } },
        `nines:workloads.storage-server.exposure | "${exposure}" | one of internet, private | did you mean private?`,
      ] as const,
  ),
  [
    "exposure with a letter amiss",
    { yaml: { workloads: { "storage-server": { exposure: "intenet" } } } },
    'nines:workloads.storage-server.exposure | "intenet" | one of internet, private | did you mean internet?',
  ],
  ...(
    [
      [
        "serviceAccounts: { nobody: { annotations: {} } }",
        { serviceAccounts: { nobody: { annotations: {} } } },
        'kubernetes.serviceAccounts.nobody | {"annotations":{}} | no system has a workload nobody; workloads are embedding, storage-server, vectors | remove it',
      ],
      [
        "serviceAccounts: { embeding: { annotations: {} } }",
        { serviceAccounts: { embeding: { annotations: {} } } },
        'kubernetes.serviceAccounts.embeding | {"annotations":{}} | no system has a workload embeding; workloads are embedding, storage-server, vectors | did you mean embedding?',
      ],
      [
        "an addon twice",
        { has: ["gateway-api", "gateway-api"] },
        'kubernetes.has[1] | "gateway-api" | each addon once | remove one of the two',
      ],
    ] as const
  ).map(
    ([name, choice, text]) =>
      [
        name,
        { yaml: { target: "kubernetes" }, environment: { kubernetes: { ...kubernetes, ...choice } } },
        `environments.prod.${text}`,
      ] as const,
  ),
  [
    "own price twice",
    {
      yaml: { target: "kubernetes", prices: [price, { ...price, region: "us-east-1" }, { ...price, usd: 2 }] },
      environment: { kubernetes },
    },
    'nines:prices[2].item | "volume-gb-month" | each item once | keep one of the two',
  ],
  [
    "own price of a region that the stack has not",
    { yaml: { target: "kubernetes", prices: [{ ...price, region: "us-east-2" }] }, environment: { kubernetes } },
    'nines:prices[0].region | "us-east-2" | the stack is built in us-east-1 | did you mean us-east-1? Or leave it out for every region',
  ],
  [
    "members beside the workloads",
    { yaml: { members: "large" } },
    'nines:members | "large" | unknown key | did you mean nines:workloads.<store>.members?',
  ],
  [
    "nodes of GKE in a region of AWS",
    {
      yaml: { target: "kubernetes" },
      environment: { kubernetes: { ...kubernetes, nodes: { platform: "gke", machine: "e2-standard-4" } } },
    },
    'environments.prod.regions.us-east-1 | "us-east-1" | a region, for example us-central1, with zones us-central1-a, us-central1-b, where nodes are of gke | did you mean us-east1? Or nodes: { platform: "eks", ... }',
  ],
  [
    "nodes of EKS in a region of Google Cloud",
    {
      yaml: { target: "kubernetes" },
      environment: {
        regions: { "us-east1": { zones: ["us-east1-b", "us-east1-c"] } },
        kubernetes: { ...kubernetes, clusters: { "us-east1": { context: "prod" } } },
      },
    },
    'environments.prod.regions.us-east1 | "us-east1" | a region, for example us-east-1, with zones us-east-1a, us-east-1b, where nodes are of eks | did you mean us-east-1? Or nodes: { platform: "gke", ... }',
  ],
  [
    "nodes of one's own without their size",
    {
      yaml: { target: "kubernetes" },
      environment: { kubernetes: { ...kubernetes, nodes: { platform: "other", machine: "big" } } },
    },
    "environments.prod.kubernetes.nodes.allocatable | nothing | a mapping | allocatable: { cpuMillis: 3900, memoryMiB: 14000, pods: 110 }",
  ],
  [
    "nodes of a platform that nobody knows",
    {
      yaml: { target: "kubernetes" },
      environment: { kubernetes: { ...kubernetes, nodes: { platform: "aks", machine: "big" } } },
    },
    'environments.prod.kubernetes.nodes.platform | "aks" | one of eks, gke, other | Who runs the nodes; platform: "other" takes any machine, with its allocatable',
  ],
  [
    "domain in capitals",
    { environment: { domain: { name: "A.example.com", zone: { existing: { id: "Z1" } } } } },
    'environments.prod.domain.name | "A.example.com" | a domain name | Fully qualified and in small letters, for example embedding.example.com',
  ],
  [
    "nobody is told",
    { environment: { alerts: { emails: [] } } },
    'environments.prod.alerts.emails | [] | at least one address | somebody must be told: emails: ["oncall@example.com"]',
  ],
  [
    "subnet missing",
    {
      environment: {
        network: {
          existing: { vpcId: "vpc-1", privateSubnetIds: { "us-east-1a": "subnet-1", "us-east-1b": "subnet-2" } },
        },
      },
    },
    'environments.prod.network.existing.privateSubnetIds | {"us-east-1a":"subnet-1","us-east-1b":"subnet-2"} | needs a private subnet in us-east-1c | add "us-east-1c": subnet-...',
  ],
  [
    "reserved tag",
    { environment: { tags: { "aws:team": "x" } } },
    'environments.prod.tags.aws:team | "aws:team" | names that begin with aws: are reserved | rename the tag',
  ],

  [
    "call to nobody",
    withFacts("embedding", { calls: { vector: { perRequest: 1 } } }),
    'systems.embedding.workloads.embedding.calls.vector | "vector" | workloads are storage-server, vectors | did you mean vectors?',
  ],
  [
    "no calls per request",
    withFacts("embedding", { calls: { vectors: { perRequest: 0 } } }),
    "systems.embedding.workloads.embedding.calls.vectors.perRequest | 0 | a number above 0 | Calls for each request of the caller, for example 1",
  ],
  [
    "eleven tries",
    withFacts("embedding", { calls: { vectors: { perRequest: 1, tries: 11 } } }),
    "systems.embedding.workloads.embedding.calls.vectors.tries | 11 | a whole number from 1 to 10 | Most tries of one call, for example 3",
  ],
  [
    "a ring of calls",
    withFacts("embedding", { calls: { "storage-server": { perRequest: 1 } } }),
    'systems.embedding.workloads.storage-server.calls.embedding | "storage-server -> embedding -> storage-server" | calls that do not come back to their caller | remove one of these calls',
  ],
  [
    "two entries",
    withFacts("storage-server", { calls: {} }),
    'systems.embedding.workloads | "storage-server and embedding" | one entry: one service or store that no other calls | let one call the others, or make a system of each',
  ],
  [
    "no service",
    { system: { workloads: { vectors: system.workloads["vectors"] } }, yaml: { images: {} } },
    'systems.embedding.workloads | "no entry" | one entry: one service or store that no other calls | add the service that takes the load',
  ],
  [
    "wire to nobody",
    withFacts("storage-server", { wires: { URLS: { to: "embeding", as: "urls" } } }),
    'systems.embedding.workloads.storage-server.wires.URLS.to | "embeding" | workloads are embedding, vectors | did you mean embedding?',
  ],
  [
    "wire to a workload that is not called",
    withFacts("storage-server", { wires: { URLS: { to: "vectors", as: "urls" } } }),
    'systems.embedding.workloads.storage-server.wires.URLS.to | "vectors" | storage-server does not call vectors | add it to the calls of storage-server, or remove the wire',
  ],
  [
    "token of a service",
    withFacts("storage-server", { wires: { URLS: { to: "embedding", as: "token" } } }),
    'systems.embedding.workloads.storage-server.wires.URLS.as | "token" | embedding is a service, which asks for no token | urls or address',
  ],
  [
    "variable twice",
    withFacts("storage-server", { wires: { A: { to: "embedding", as: "urls" } }, environment: { A: "1" } }),
    'systems.embedding.workloads.storage-server.wires.A | "A" | the environment sets the same variable | keep one of the two',
  ],
  [
    "interval at the timeout",
    withFacts("embedding", { probes: { health: { path: "/", intervalSeconds: 10, timeoutSeconds: 10 } } }),
    "systems.embedding.workloads.embedding.probes.health.intervalSeconds | 10 | needs more than the timeout, 10 | swapped?",
  ],
  [
    "interval of 4",
    withFacts("embedding", { probes: { health: { path: "/", intervalSeconds: 4, timeoutSeconds: 2 } } }),
    "systems.embedding.workloads.embedding.probes.health.intervalSeconds | 4 | a whole number from 5 to 300 | Seconds from check to check, for example 30",
  ],
  [
    "timeout of 1",
    withFacts("embedding", { probes: { health: { path: "/", timeoutSeconds: 1 } } }),
    "systems.embedding.workloads.embedding.probes.health.timeoutSeconds | 1 | a whole number from 2 to 120 | Seconds until a check has failed, for example 5",
  ],
  [
    "one failure on a balancer",
    withFacts("embedding", { probes: { health: { path: "/", failures: 1 } } }),
    "systems.embedding.workloads.embedding.probes.health.failures | 1 | a load balancer counts 2 to 10 checks | for example 2",
  ],
  [
    "no path on a balancer",
    withFacts("embedding", { probes: { health: {} } }),
    "systems.embedding.workloads.embedding.probes.health.path | nothing | an Application Load Balancer checks by HTTP | for example /health; or reachedBy: service-connect",
  ],
  [
    "drain of 121 seconds",
    withFacts("embedding", { drainSeconds: 121 }),
    "systems.embedding.workloads.embedding.drainSeconds | 121 | a whole number from 1 to 120 | Seconds from the stop signal to the kill, for example 30",
  ],
  [
    "internet without a domain",
    { yaml: { workloads: { "storage-server": { exposure: "internet" } } } },
    'nines:workloads.storage-server.exposure | "internet" | TLS on the internet needs a domain, for its certificate | give environment prod a domain with its hosted zone, or make it private',
  ],
  [
    "internet behind the entry",
    {
      ...withFacts("embedding", { exposure: "internet" }),
      environment: { domain: { name: "a.example.com", zone: { existing: { id: "Z1" } } } },
    },
    'systems.embedding.workloads.embedding.exposure | "internet" | only the entry may face the internet | make it private',
  ],
  [
    "entry behind a registry",
    { yaml: { workloads: { "storage-server": { reachedBy: "cloud-map" } } } },
    'nines:workloads.storage-server.reachedBy | "cloud-map" | the entry is reached by a balancer | reachedBy: balancer',
  ],
  [
    "version not sold",
    withFacts("vectors", { engine: { name: "valkey", version: "1.0" } }),
    'systems.embedding.workloads.vectors.engine | "valkey 1.0"',
  ],
  [
    "eviction against the role",
    withFacts("vectors", { role: "capacity-cache", eviction: "allkeys-lru" }),
    'systems.embedding.workloads.vectors.eviction | "allkeys-lru" | a capacity-cache takes volatile-* or noeviction, which keep what is relied on | change role or eviction',
  ],
  [
    "neither service nor cache",
    { system: { workloads: { ...system.workloads, queue: { kind: "queue" } } } },
    'systems.embedding.workloads.queue.kind | "queue" | a service, a cache or a store | write service({...}), cache({...}) or store({...})',
  ],
];

describe("a mistake says its key, what was given, what is allowed and what to do", () => {
  test.each(refused)("%s", (_, changes, expected) => {
    const text = said(given(changes));
    expect(text.slice(0, expected.length)).toBe(expected);
    expect(mistakesOf(given(changes))).toHaveLength(1);
  });
});

describe("the other side of each threshold is no mistake", () => {
  const ecr = "123456789012.dkr.ecr.us-east-1.amazonaws.com/embedding:1";
  const accepted: readonly (readonly [string, Changes])[] = [
    ["peak at the mean", { yaml: { load: { requestsPerSecond: { mean: 400, peak: 400 } } } }],
    ["burst of 1", { yaml: { load: { requestsPerSecond: { mean: 1, peak: 1 }, burst: { factor: 1 } } } }],
    ["flat interval", { yaml: { workloads: { embedding: { serviceTimeMs: { low: 2, mid: 2, high: 2 } } } } }],
    ["hit ratios of 0 and 1", { yaml: { workloads: { vectors: { hitRatio: { low: 0, mid: 0.5, high: 1 } } } } }],
    ["least memory with 2 vCPU", { yaml: { sizes: { embedding: { cpuMillis: 2000, memoryMiB: 4096 } } } }],
    ["size with memory alone", { yaml: { sizes: { embedding: { memoryMiB: 3072 } } } }],
    ["two zones", { yaml: { zones: 2 } }],
    ["one zone where nothing is promised", { yaml: { zones: 1, objectives: { survive: "replica" } } }],
    ["one replica", { yaml: { minReplicas: 1 } }],
    ["ceiling of 1", { yaml: { utilisationCeiling: 1 } }],
    ["nearly all the time", { yaml: { objectives: { availability: 0.99999 } } }],
    [
      "image with a port and a tag",
      { yaml: { images: { ...images, embedding: "localhost:5000/team/embedding_1:1.4.2-rc.1" } } },
    ],
    ["leap day", { yaml: { waivers: [{ rule: "zones", reason: "x", until: "2028-02-29" }] } }],
    ["own price", { yaml: { prices: [{ item: "nat-hour", usd: 0, note: "x" }] } }],
    ["quota of 0", { environment: { quotas: { elasticIps: 0 } } }],
    [
      "interval just above the timeout",
      withFacts("embedding", { probes: { health: { path: "/", intervalSeconds: 6, timeoutSeconds: 5 } } }),
    ],
    [
      "ends of the probe's ranges",
      withFacts("embedding", {
        probes: { health: { path: "/", intervalSeconds: 300, timeoutSeconds: 120, failures: 2, successes: 10 } },
      }),
    ],
    [
      "no path behind a registry",
      withFacts("embedding", { reachedBy: "service-connect", probes: { health: { failures: 1 } } }),
    ],
    [
      "drain of 1 and 120 seconds",
      {
        system: {
          workloads: {
            ...system.workloads,
            embedding: { ...system.workloads["embedding"], drainSeconds: 1 },
            "storage-server": { ...system.workloads["storage-server"], drainSeconds: 120 },
          },
        },
      },
    ],
    ["ten tries", withFacts("embedding", { calls: { vectors: { perRequest: 0.1, tries: 10 } } })],
    [
      "address range that holds zone c",
      { environment: { network: { create: true, nat: "one", addressRange: "172.16.0.0/16" } } },
    ],
    [
      "internet with a domain",
      {
        ...withFacts("storage-server", { exposure: "internet" }),
        environment: { domain: { name: "a.example.com", zone: { existing: { id: "Z1" } } } },
      },
    ],
    [
      "no way out, with images in the region's ECR",
      {
        yaml: { images: { embedding: ecr, "storage-server": ecr } },
        environment: { network: { create: true, nat: "none" } },
      },
    ],
    [
      "a variable that looks like a secret: a rule judges it",
      withFacts("embedding", { environment: { API_TOKEN: "abc" } }),
    ],
  ];
  test.each(accepted)("%s", (_, changes) => {
    expect(said(given(changes))).toBe("");
  });
});

describe("without a way out", () => {
  const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/embedding:1";
  const yaml = { images: { embedding: image, "storage-server": image } };
  const network = { create: true, nat: "none" };

  test("calls cannot leave", () => {
    expect(said(given({ yaml, environment: { network }, ...withFacts("embedding", { callsLeave: true }) }))).toBe(
      'environments.prod.network.nat | "none" | calls of embedding leave the network | needs one, per-zone or regional',
    );
  });

  test("an image of another region cannot be pulled", () => {
    expect(
      said(
        given({
          yaml: { images: { ...yaml.images, embedding: image.replace("us-east-1", "us-west-2") } },
          environment: { network },
        }),
      ),
    ).toMatch(/nothing can pull the images of embedding:/);
  });

  test("endpoints for images and logs are needed", () => {
    expect(said(given({ yaml, environment: { network: { ...network, endpoints: ["s3", "logs"] } } }))).toBe(
      'environments.prod.network.endpoints | ["s3","logs"] | with nat none images and logs need the endpoints ecr.api, ecr.dkr, logs, s3 | add ecr.api, ecr.dkr, or leave endpoints out',
    );
    expect(
      said(given({ yaml, environment: { network: { ...network, endpoints: ["s3", "logs", "ecr.api", "ecr.dkr"] } } })),
    ).toBe("");
  });
});

test("a workload's name holds small letters, digits and hyphens, at most 20", () => {
  const renamed = (name: string) =>
    given({ system: { workloads: { ...system.workloads, [name]: system.workloads["vectors"] } } });
  for (const name of ["Vectors", "1st", "a_b", "ends-", "a".repeat(21)])
    expect(said(renamed(name))).toBe(
      `systems.embedding.workloads.${name} | "${name}" | small letters, digits and hyphens, from a letter on, at most 20 | rename the workload`,
    );
  for (const name of ["a", "a1-b", "a".repeat(20)]) expect(said(renamed(name))).toBe("");
});

test("an unknown workload kind, or one with mistakes, is no reason to call its callers wrong", () => {
  expect(mistakesOf(given(withFacts("vectors", { entries: -1 }))).map(({ key }) => key)).toEqual([
    "systems.embedding.workloads.vectors.entries",
  ]);
});
