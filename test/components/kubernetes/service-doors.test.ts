import fc from "fast-check";
import { loadBalancerReader } from "../../../components/kubernetes/load-balancer.read";
import { readParts } from "../../../components/readers";
import { plain } from "../../../model";
import { checkEveryInput } from "../every-input";
import { doorsOf, graphOf } from "./manifests";

const AWS = "service.beta.kubernetes.io/aws-load-balancer";
const web = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, image: "registry.example.com/web:1", ports: [{ name: http, containerPort: 8080 }], readinessProbe: { httpGet: { path: /ready, port: http } } }
`;
const service = (
  ports: string,
  {
    annotations = {},
    spec = {},
    name = "web",
  }: Partial<Readonly<Record<"annotations" | "spec", object>>> & {
    readonly name?: string;
  } = {},
) =>
  `
apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop, annotations: ${JSON.stringify(annotations)} }
spec: { type: LoadBalancer, selector: { app: web }, ports: [${ports}], ...rest }
`.replace(
    ", ...rest",
    Object.entries(spec)
      .map(([key, value]) => `, ${key}: ${JSON.stringify(value)}`)
      .join(""),
  );
const port = (number: number, more = "") => `{ name: p${number}, port: ${number}, targetPort: http${more} }`;
const firstOf = (...documents: readonly string[]) => doorsOf(web, ...documents).doors[0];

describe("a Service of type LoadBalancer", () => {
  test("is a door to the pods that its selector chooses, which passes on what comes", () => {
    const { doors, claims, conflicts } = doorsOf(
      web,
      service(port(80), { annotations: { [`${AWS}-scheme`]: "internal" } }),
    );
    expect(doors).toMatchObject([
      {
        key: "load-balancer/web/cluster",
        exposure: "private",
        listeners: [{ port: 80, tlsFloor: null, redirects: false }],
        targets: [
          { part: "replica-group/web/cluster", port: 8080, weight: 1, priority: 1, probe: { intervalSeconds: 10 } },
        ],
        routing: "random",
        domain: null,
        runtime: { kind: "service", className: null },
      },
    ]);
    expect(claims).toMatchObject([{ part: "load-balancer/web/cluster", carries: "fields" }]);
    expect(conflicts).toEqual([]);
  });

  const set = (container: string, more = ""): string => `
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  serviceName: web-members${more}
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - { name: web, ${container}, ports: [{ name: http, containerPort: 8080 }], readinessProbe: { httpGet: { path: /ready, port: http } } }
`;

  test.each([
    ["a store's members", "store/web/cluster", 'image: "registry.example.com/db:1"'],
    ["Redis", "redis-cache/web/cluster", 'image: "redis:7.2"'],
  ])("leads to %s of a StatefulSet as to a Deployment's pods", (_, part, container) => {
    const { doors, conflicts } = doorsOf(set(container), service(port(80)));
    expect(doors).toMatchObject([
      { targets: [{ part, port: 8080, probe: { intervalSeconds: 10, failures: 3 }, drainSeconds: 30 }] },
    ]);
    expect(conflicts).toEqual([]);
    expect(readParts("kubernetes", graphOf(set(container), service(port(80)))).parts.map(({ key }) => key)).toContain(
      part,
    );
  });

  test("before one member alone, or before members and others, leads to what is not known", () => {
    const one = service(port(80)).replace("app: web }", 'app: web, statefulset.kubernetes.io/pod-name: "web-0" }');
    const store = set('image: "registry.example.com/db:1"');
    for (const doors of [
      doorsOf(store, one).doors,
      doorsOf(web, store.replace("name: web,", "name: db,"), service(port(80))).doors,
    ])
      expect(doors).toMatchObject([{ targets: [{ part: { known: false, why: "elsewhere" } }] }]);
  });

  test("has one reader, and callers inside the cluster are told its name all the same", () => {
    const { parts, claims } = readParts("kubernetes", graphOf(web, service(port(80))));
    expect(parts.map(plain)).toMatchObject([
      { key: "load-balancer/web/cluster" },
      { key: "replica-group/web/cluster", registry: { kind: "cluster-ip", name: "web" } },
    ]);
    expect(claims.map(({ urn, part }) => [urn.split("::").at(-1), part]).sort()).toEqual([
      ["shop/web", "load-balancer/web/cluster"],
      ["shop/web", "replica-group/web/cluster"],
    ]);
  });

  test("of another type is none", () => {
    expect(doorsOf(web, service(port(80)).replace("LoadBalancer", "NodePort")).doors).toEqual([]);
  });

  test("that another reader has is none: it is a piece of that", () => {
    const graph = graphOf(web, service(port(80)));
    const claimed = new Set(graph.ofType("kubernetes:core/v1:Service").map(({ urn }) => urn));
    expect(loadBalancerReader.read(graph, claimed).parts).toEqual([]);
  });

  test("beside an Ingress of its name has a key of its own", () => {
    const ingress = `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`;
    expect(doorsOf(web, service(port(80)), ingress).doors.map(({ key }) => key)).toEqual([
      "load-balancer/shop.web.ingress/cluster",
      "load-balancer/shop.web.service/cluster",
    ]);
  });

  test("that chooses no pods that are here is a door to what stands elsewhere", () => {
    const { doors, conflicts } = doorsOf(web, service(port(80)).replace("app: web", "app: wbe"));
    expect(doors).toMatchObject([{ targets: [{ part: { known: false, why: "elsewhere" } }] }]);
    expect(conflicts).toEqual([]);
  });
});

describe("its listeners", () => {
  const listeners = (...documents: readonly string[]) => firstOf(...documents)?.["listeners"];
  const hidden = expect.objectContaining({ known: false, why: "elsewhere" }) as unknown;

  test("port 80 answers in plain text, and what is said to be HTTP; whether TLS ends in the pods of others nobody says", () => {
    expect(listeners(service(port(5432)))).toEqual([{ port: 5432, tlsFloor: hidden, redirects: false }]);
    expect(listeners(service(port(8080, ", appProtocol: http")))).toEqual([
      { port: 8080, tlsFloor: null, redirects: false },
    ]);
    expect(listeners(service(port(80, ", appProtocol: https")))).toMatchObject([{ tlsFloor: hidden }]);
    expect(listeners(service(port(80, ", protocol: UDP")))).toMatchObject([{ tlsFloor: hidden }]);
  });

  test("beside another port nobody says whether pods lead callers from 80 to it", () => {
    expect(listeners(service(`${port(443)}, ${port(80)}`))).toEqual([
      { port: 80, tlsFloor: null, redirects: hidden },
      { port: 443, tlsFloor: hidden, redirects: false },
    ]);
  });

  test.each([
    [{}, null],
    [{ [`${AWS}-ssl-cert`]: "arn" }, hidden],
    [{ [`${AWS}-ssl-cert`]: "arn", [`${AWS}-ssl-ports`]: "80, 443" }, hidden],
    [{ [`${AWS}-ssl-cert`]: "arn", [`${AWS}-ssl-ports`]: "p80" }, hidden],
    [{ [`${AWS}-ssl-cert`]: "arn", [`${AWS}-ssl-ports`]: "443" }, null],
    [{ [`${AWS}-ssl-ports`]: "80" }, null],
  ])("where AWS' balancer ends TLS itself by %j, of port 80: %p", (annotations, tlsFloor) => {
    expect(listeners(service(port(80), { annotations }))).toMatchObject([{ tlsFloor }]);
  });

  test("each port has one, in their order, and only HTTP's is ever plain", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 65_535 }), { minLength: 1, maxLength: 5 }), (numbers) => {
        const found = listeners(service([...numbers].map((each) => port(each)).join(", "))) as readonly {
          readonly port: number;
          readonly tlsFloor: unknown;
        }[];
        expect(found.map((each) => each.port)).toEqual([...numbers].sort((a, b) => a - b));
        expect(found.filter(({ tlsFloor }) => tlsFloor === null).map((each) => each.port)).toEqual(
          numbers.filter((each) => each === 80),
        );
      }),
      { examples: [[[443, 80]]] },
    );
  });
});

describe("who reaches it", () => {
  test.each([
    [{}, {}, "internet"],
    [{ [`${AWS}-scheme`]: "internet-facing" }, {}, "internet"],
    [{ [`${AWS}-scheme`]: "internal" }, {}, "private"],
    [{ [`${AWS}-internal`]: "true" }, {}, "private"],
    // AWS' own controller makes it internal where nobody says; the cloud's old one for the internet.
    [{ [`${AWS}-type`]: "external" }, {}, "private"],
    [{ [`${AWS}-type`]: "nlb" }, {}, "internet"],
    [{ [`${AWS}-type`]: "external", [`${AWS}-scheme`]: "internet-facing" }, {}, "internet"],
    [{}, { loadBalancerClass: "service.k8s.aws/nlb" }, "private"],
    [{}, { loadBalancerClass: "eks.amazonaws.com/nlb" }, "private"],
    [{}, { loadBalancerClass: "networking.gke.io/l4-regional-external" }, "internet"],
    [{}, { loadBalancerClass: "networking.gke.io/l4-regional-internal" }, "private"],
    [{ "networking.gke.io/load-balancer-type": "Internal" }, {}, "private"],
    [{ "service.beta.kubernetes.io/azure-load-balancer-internal": "true" }, {}, "private"],
  ])("%j %j: %s", (annotations, spec, exposure) => {
    expect(firstOf(service(port(80), { annotations, spec }))).toMatchObject({ exposure });
  });

  test("is not known of a class that is no cloud's, nor of a word that none of them knows", () => {
    const hidden = { exposure: { known: false } };
    expect(firstOf(service(port(80), { spec: { loadBalancerClass: "tailscale" } }))).toMatchObject(hidden);
    expect(firstOf(service(port(80), { annotations: { [`${AWS}-scheme`]: "intern" } }))).toMatchObject(hidden);
  });

  test("clouds that are told different things are a conflict", () => {
    const annotations = { [`${AWS}-scheme`]: "internal", "networking.gke.io/load-balancer-type": "External" };
    expect(doorsOf(web, service(port(80), { annotations })).conflicts).toMatchObject([
      { part: "load-balancer/web/cluster", field: "exposure" },
    ]);
  });
});

test("the name that external-dns makes a record of is its own; of a certificate it says nothing", () => {
  const annotations = { "external-dns.alpha.kubernetes.io/hostname": "shop.example.com" };
  expect(firstOf(service(port(80), { annotations }))).toMatchObject({
    domain: { name: "shop.example.com", ownName: null, record: true, certificate: { known: false } },
  });
});

test("the law: each input is in the reader's table, and those that are read change their field", () => {
  const rest = {
    allocateLoadBalancerNodePorts: false,
    clusterIP: "10.0.0.1",
    externalTrafficPolicy: "Local",
    healthCheckNodePort: 30_001,
    internalTrafficPolicy: "Cluster",
    ipFamilies: ["IPv4"],
    ipFamilyPolicy: "SingleStack",
    loadBalancerIP: "192.0.2.1",
    loadBalancerSourceRanges: ["192.0.2.0/24"],
    publishNotReadyAddresses: false,
    sessionAffinity: "ClientIP",
    trafficDistribution: "PreferClose",
  };
  const of = (annotations: object, name: string, spec: object = {}) =>
    service(port(80, ", protocol: TCP, nodePort: 30000") + `, ${port(8080, ", appProtocol: http")}`, {
      annotations,
      spec: { ...rest, ...spec },
      name,
    });
  const graph = graphOf(
    web,
    of({ [`${AWS}-scheme`]: "internal" }, "a"),
    of({ [`${AWS}-internal`]: "true" }, "b"),
    of({ [`${AWS}-type`]: "external", [`${AWS}-attributes`]: "access_logs.s3.enabled=true" }, "c"),
    of({ "service.beta.kubernetes.io/azure-load-balancer-internal": "true" }, "d"),
    of({ "networking.gke.io/load-balancer-type": "Internal" }, "e"),
    of({ "cloud.google.com/l4-rbs": "enabled" }, "f"),
    of({ [`${AWS}-ssl-cert`]: "arn", [`${AWS}-ssl-ports`]: "80" }, "g"),
    of({ "external-dns.kubernetes.io/hostname": "a.example.com" }, "h"),
    of({ "external-dns.alpha.kubernetes.io/hostname": "b.example.com" }, "i"),
    of({}, "j", { loadBalancerClass: "service.k8s.aws/nlb" }),
  );
  expect(checkEveryInput(graph.resources, loadBalancerReader)).toEqual([]);
  // And it is told of what is in no table.
  const odd = graphOf(web, service(port(80), { spec: { unheardOf: true } }));
  expect(checkEveryInput(odd.resources, loadBalancerReader)).toContain(
    "kubernetes:core/v1:Service spec.unheardOf is in no table",
  );
});
