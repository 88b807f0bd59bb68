import { given, mistakesOf, said, withFacts } from "./a-stack";

const elb = "arn:aws:elasticloadbalancing:us-east-1:123456789012";
const front = {
  loadBalancerArn: `${elb}:loadbalancer/app/front/50dc6c495c0c9188`,
  targetGroupArn: `${elb}:targetgroup/storage/73e2d6bc24d8a067`,
  securityGroupId: "sg-0a1b2c3d",
  url: "https://storage.example.com",
};
const listenerArn = `${elb}:listener/app/front/50dc6c495c0c9188/0467ef3c8400ae65`;
const bare = { listenerArn, securityGroupId: "sg-0a1b2c3d", priority: 100, url: "https://storage.example.com" };
const rule = { ...bare, hosts: ["storage.example.com"] };
const { securityGroupId, priority, hosts, url } = rule;
const wild = ["/*/*/*", "/?/?/?"];
const there = { address: "cache.example.internal:6379", tls: true };

const asking = (existing: object, changes: Parameters<typeof given>[0] = {}) =>
  given({ ...changes, yaml: { ...changes.yaml, existing } });

const sound: readonly (readonly [string, Parameters<typeof given>[0]])[] = [
  ["a cache", { yaml: { existing: { vectors: there } } }],
  [
    "a cache with firewall and token",
    {
      yaml: {
        existing: { vectors: { ...there, securityGroupId: "sg-0123456789abcdef0", tokenSecretName: "shared/cache" } },
      },
    },
  ],
  ["the highest port", { yaml: { existing: { vectors: { ...there, address: "10.0.0.5:65535" } } } }],
  ["a balancer", { yaml: { existing: { "storage-server": front } } }],
  [
    "a balancer on a port, with a path",
    { yaml: { existing: { "storage-server": { ...front, url: "http://a.example.com:8080/v1" } } } },
  ],
  ["a rule on a listener", { yaml: { existing: { "storage-server": rule } } }],
  [
    "a rule by path, with the most values and wildcards",
    { yaml: { existing: { "storage-server": { ...bare, priority: 50_000, paths: [...wild, "/a", "/b", "/c"] } } } },
  ],
  [
    "two rules of one listener that are apart",
    { yaml: { existing: { "storage-server": rule, embedding: { ...rule, priority: 101, paths: ["/v1/*"] } } } },
  ],
  [
    "the same rule on two listeners",
    {
      yaml: {
        existing: { "storage-server": rule, embedding: { ...rule, listenerArn: listenerArn.replace(/5$/, "6") } },
      },
    },
  ],
  ["a balancer for callees", { yaml: { existing: { embedding: front } } }],
  [
    "the internet, without a domain here",
    { yaml: { existing: { "storage-server": front }, workloads: { "storage-server": { exposure: "internet" } } } },
  ],
  [
    "no token where none is taken",
    {
      yaml: { existing: { vectors: there } },
      ...withFacts("embedding", { wires: { URL: { to: "vectors", as: "urls" } } }),
    },
  ],
  [
    "one zone, where no balancer is built",
    {
      yaml: { existing: { "storage-server": front, embedding: front }, objectives: { survive: "replica" } },
      environment: { regions: { "us-east-1": { zones: ["us-east-1a"] } } },
    },
  ],
  [
    "the internet in an existing network without public subnets",
    {
      yaml: { existing: { "storage-server": front }, workloads: { "storage-server": { exposure: "internet" } } },
      environment: {
        network: {
          existing: {
            vpcId: "vpc-0a1b2c3d",
            privateSubnetIds: {
              "us-east-1a": "subnet-0a1b2c3d",
              "us-east-1b": "subnet-1a1b2c3d",
              "us-east-1c": "subnet-2a1b2c3d",
            },
          },
        },
      },
    },
  ],
];

test.each(sound)("%s is taken", (_, changes) => {
  expect(mistakesOf(given(changes))).toEqual([]);
});

const placeForm = "host:port, the port from 1 to 65535";
const balancerForm = "arn:aws:elasticloadbalancing:<region>:<account>:loadbalancer/app/<name>/<id>";
const groupForm = "arn:aws:elasticloadbalancing:<region>:<account>:targetgroup/<name>/<id>";
const urlForm = "http:// or https://, a host, and where needed a port from 1 to 65535 and a path";

const refused: readonly (readonly [string, ReturnType<typeof given>, string])[] = [
  [
    "an unknown workload",
    asking({ vector: there }),
    'nines:existing.vector | "vector" | workloads are storage-server, embedding, vectors | did you mean vectors?',
  ],
  [
    "a balancer for a cache",
    asking({ vectors: front }),
    `nines:existing.vectors | ${JSON.stringify(front)} | vectors is a cache, which has address and tls | for example { address: cache.example.internal:6379, tls: true }`,
  ],
  [
    "a cache for a service",
    asking({ embedding: there }),
    `nines:existing.embedding | ${JSON.stringify(there)} | embedding is a service, whose balancer has loadBalancerArn, targetGroupArn, securityGroupId and url | say all four; or for a rule on its listener listenerArn, securityGroupId, priority, hosts or paths, and url`,
  ],
  [
    "a host without port",
    asking({ vectors: { ...there, address: "cache" } }),
    `nines:existing.vectors.address | "cache" | ${placeForm} | Host and port, for example cache.example.internal:6379`,
  ],
  [
    "port 65536",
    asking({ vectors: { ...there, address: "cache:65536" } }),
    `nines:existing.vectors.address | "cache:65536" | ${placeForm} | correct the port`,
  ],
  [
    "port 0",
    asking({ vectors: { ...there, address: "cache:0" } }),
    `nines:existing.vectors.address | "cache:0" | ${placeForm} | correct the port`,
  ],
  [
    "tls left out",
    asking({ vectors: { address: there.address } }),
    "nines:existing.vectors.tls | nothing | true or false | Whether callers speak TLS to it",
  ],
  [
    "a secret's ARN",
    asking({ vectors: { ...there, tokenSecretName: "arn:aws:secretsmanager:us-east-1:123456789012:secret:x" } }),
    'nines:existing.vectors.tokenSecretName | "arn:aws:secretsmanager:us-east-1:123456789012:secret:x" | the name of a secret, not its ARN: letters, digits and /_+=.@- | Name in Secrets Manager of the secret that holds its token; left out: no token is asked',
  ],
  [
    "a token that nobody named",
    asking({ vectors: there }, withFacts("embedding", { wires: { TOKEN: { to: "vectors", as: "token" } } })),
    "nines:existing.vectors.tokenSecretName | nothing | embedding takes the token of vectors as TOKEN | name the secret of Secrets Manager that holds it, or remove the wire",
  ],
  [
    "a network load balancer",
    asking({ "storage-server": { ...front, loadBalancerArn: `${elb}:loadbalancer/net/front/50dc6c495c0c9188` } }),
    `nines:existing.storage-server.loadBalancerArn | "${elb}:loadbalancer/net/front/50dc6c495c0c9188" | ${balancerForm} | ARN of the Application Load Balancer`,
  ],
  [
    "a target group's id cut short",
    asking({ "storage-server": { ...front, targetGroupArn: `${elb}:targetgroup/storage/73e2` } }),
    `nines:existing.storage-server.targetGroupArn | "${elb}:targetgroup/storage/73e2" | ${groupForm} | ARN of its target group, whose targets are IP addresses`,
  ],
  [
    "a security group's name",
    asking({ "storage-server": { ...front, securityGroupId: "front" } }),
    'nines:existing.storage-server.securityGroupId | "front" | sg- and 8 or 17 hexadecimal digits | Security group of the balancer, which the replicas let in',
  ],
  [
    "a URL without scheme",
    asking({ "storage-server": { ...front, url: "storage.example.com" } }),
    `nines:existing.storage-server.url | "storage.example.com" | ${urlForm} | Where callers go, for example https://embedding.example.com`,
  ],
  [
    "a URL that holds a password",
    asking({ "storage-server": { ...front, url: "https://me:it@a.example.com" } }),
    `nines:existing.storage-server.url | "https://(secret)@a.example.com" | ${urlForm} | Where callers go, for example https://embedding.example.com`,
  ],
  [
    "a URL's port 65536",
    asking({ "storage-server": { ...front, url: "https://a.example.com:65536/x" } }),
    `nines:existing.storage-server.url | "https://a.example.com:65536/x" | ${urlForm} | correct the port`,
  ],
  [
    "another region",
    asking({ "storage-server": { ...front, targetGroupArn: front.targetGroupArn.replace("us-east-1", "eu-west-1") } }),
    `nines:existing.storage-server.targetGroupArn | "${front.targetGroupArn.replace("us-east-1", "eu-west-1")}" | the stack is in us-east-1 | name one in us-east-1`,
  ],
  [
    "another account's target group",
    asking({
      "storage-server": { ...front, targetGroupArn: front.targetGroupArn.replace("123456789012", "210987654321") },
    }),
    `nines:existing.storage-server.targetGroupArn | "${front.targetGroupArn.replace("123456789012", "210987654321")}" | the balancer is in account 123456789012 | name a target group of the balancer`,
  ],
  [
    "a listener for a cache",
    asking({ vectors: rule }),
    `nines:existing.vectors | ${JSON.stringify({ listenerArn, securityGroupId, priority, hosts, url })} | vectors is a cache, which has address and tls | for example { address: cache.example.internal:6379, tls: true }`,
  ],
  [
    "a listener of another region",
    asking({ "storage-server": { ...rule, listenerArn: listenerArn.replace("us-east-1", "eu-west-1") } }),
    `nines:existing.storage-server.listenerArn | "${listenerArn.replace("us-east-1", "eu-west-1")}" | the stack is in us-east-1 | name one in us-east-1`,
  ],
  [
    "a listener of a network load balancer",
    asking({ "storage-server": { ...rule, listenerArn: listenerArn.replace("/app/", "/net/") } }),
    `nines:existing.storage-server.listenerArn | "${listenerArn.replace("/app/", "/net/")}" | arn:aws:elasticloadbalancing:<region>:<account>:listener/app/<name>/<id>/<id> | ARN of the listener of an Application Load Balancer`,
  ],
  [
    "priority 0",
    asking({ "storage-server": { ...rule, priority: 0 } }),
    "nines:existing.storage-server.priority | 0 | a whole number from 1 to 50000 | Priority of the rule, which no other rule of the listener has, for example 100",
  ],
  [
    "priority 50001",
    asking({ "storage-server": { ...rule, priority: 50_001 } }),
    "nines:existing.storage-server.priority | 50001 | a whole number from 1 to 50000 | Priority of the rule, which no other rule of the listener has, for example 100",
  ],
  [
    "neither hosts nor paths",
    asking({ "storage-server": bare }),
    'nines:existing.storage-server | {"hosts":[],"paths":[]} | a rule needs hosts or paths | for example hosts: [api.example.com]',
  ],
  [
    "a host without dot",
    asking({ "storage-server": { ...rule, hosts: ["storage"] } }),
    'nines:existing.storage-server.hosts[0] | "storage" | a host name of at most 128 letters, digits, hyphens, dots, * and ?, with only letters behind the last dot | Host name, for example api.example.com or *.example.com',
  ],
  [
    "six values",
    asking({ "storage-server": { ...rule, paths: ["/a", "/b", "/c", "/d", "/e"] } }),
    'nines:existing.storage-server.hosts | ["storage.example.com","/a","/b","/c","/d","/e"] | hosts and paths together are at most 5 in a rule, and these are 6 | cover several by one with a wildcard',
  ],
  [
    "seven wildcards",
    asking({ "storage-server": { ...bare, paths: [...wild, "/d*"] } }),
    'nines:existing.storage-server.paths | ["/*/*/*","/?/?/?","/d*"] | hosts and paths together hold at most 6 wildcards in a rule, and these hold 7 | spell some of them out',
  ],
  [
    "a host twice",
    asking({ "storage-server": { ...rule, hosts: ["a.example.com", "a.example.com"] } }),
    'nines:existing.storage-server.hosts | ["a.example.com","a.example.com"] | a.example.com is there twice | say it once',
  ],
  [
    "two rules of one priority",
    asking({ "storage-server": rule, embedding: { ...rule, hosts: ["b.example.com"] } }),
    "nines:existing.embedding.priority | 100 | storage-server has a rule of that priority on the same listener | give each its own; the lowest is asked first",
  ],
  [
    "two rules for the same requests",
    asking({ "storage-server": rule, embedding: { ...rule, priority: 200, hosts: ["Storage.example.com"] } }),
    'nines:existing.embedding.hosts | ["Storage.example.com"] | storage-server has a rule with the same hosts and paths on the same listener, and only the first is ever reached | give each its own hosts or paths',
  ],
  [
    "a registry, said in the YAML",
    asking({ embedding: front }, { yaml: { workloads: { embedding: { reachedBy: "service-connect" } } } }),
    `nines:existing.embedding | ${JSON.stringify(front)} | embedding is reached by service-connect, not by a balancer | remove it, or nines:workloads.embedding.reachedBy: balancer`,
  ],
  [
    "a registry, said in the system",
    asking({ embedding: front }, withFacts("embedding", { reachedBy: "cloud-map" })),
    `nines:existing.embedding | ${JSON.stringify(front)} | embedding is reached by cloud-map, not by a balancer | remove it, or workloads.embedding.reachedBy of the system: balancer`,
  ],
  [
    "a misspelt key",
    asking({ vectors: { adress: "x:1", tls: true } }),
    'nines:existing.vectors.adress | "x:1" | unknown key; known are address, tls, securityGroupId, tokenSecretName | did you mean nines:existing.vectors.address?',
  ],
];

test.each(refused)("%s is a mistake", (_, input, expected) => {
  expect(said(input)).toBe(expected);
});

test("the internet without a domain is still a mistake where the balancer is built", () => {
  expect(said(given({ yaml: { workloads: { "storage-server": { exposure: "internet" } } } }))).toMatch(
    /TLS on the internet needs a domain/,
  );
});
