import { requestOf } from "../../../capacity";
import { durationSeconds } from "../../../components/kubernetes/duration.read";
import type { Environment } from "../../../model";
import { given } from "../../capacity/a-stack";
import { doorsOf } from "./manifests";

const meta = (name: string, annotations = "") =>
  `metadata: { name: ${name}, namespace: shop${annotations === "" ? "" : `, annotations: { ${annotations} }`} }`;
const web = `
apiVersion: apps/v1
kind: Deployment
${meta("web-v2")}
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      nodeSelector: { topology.kubernetes.io/region: eu-west-1 }
      terminationGracePeriodSeconds: 45
      containers:
        - name: web
          image: registry.example.com/web:1
          ports: [{ name: http, containerPort: 8080 }]
          readinessProbe: { httpGet: { path: /ready, port: http }, periodSeconds: 7, failureThreshold: 2 }
`;
const service = (selector = "app: web") => `
apiVersion: v1
kind: Service
${meta("web")}
spec: { selector: { ${selector} }, ports: [{ name: web, port: 80, targetPort: http }] }
`;
const gateway = (over = "") => `
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
${meta("front")}
spec:
  gatewayClassName: internal
  listeners: [{ name: all, port: 8443, protocol: HTTPS, tls: { certificateRefs: [{ name: cert }] } }]
  ${over}
`;
const gatewayClass = (controller: string) => `
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: { name: internal }
spec: { controllerName: ${controller} }
`;
const route = (port = 80) => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
${meta("web")}
spec:
  parentRefs: [{ name: front }]
  hostnames: [shop.example.com]
  rules: [{ backendRefs: [{ name: web, port: ${port} }] }]
`;
const envoy = gatewayClass("gateway.envoyproxy.io/gatewayclass-controller");

describe("a Gateway that others wrote", () => {
  test("is a door with what its implementation does of itself, to pods that pass their own probe", () => {
    const { doors, conflicts } = doorsOf(web, service(), gateway(), envoy, route());
    expect(conflicts).toEqual([]);
    expect(doors).toMatchObject([
      {
        key: "load-balancer/front/eu-west-1",
        exposure: { known: false, why: "no-default-known" },
        listeners: [{ port: 8443, tlsFloor: "1.2", redirects: false }],
        targets: [
          {
            part: "replica-group/web-v2/eu-west-1",
            port: 8080,
            weight: 1,
            probe: { role: "balancer", check: { kind: "http", path: "/ready" }, intervalSeconds: 7, failures: 2 },
            drainSeconds: 45,
          },
        ],
        routing: "least-outstanding",
        ejection: null,
        idleTimeoutSeconds: 3600,
        domain: { name: "shop.example.com", ownName: null, record: false, certificate: "existing" },
        runtime: { kind: "gateway-api", implementation: "envoy-gateway", panicBelow: 0.5, mostRequests: 1024 },
      },
    ]);
  });

  test("outlier detection that says no more has Envoy Gateway's numbers, a tenth at the most among them", () => {
    const policy = `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: BackendTrafficPolicy
${meta("p")}
spec: { targetRefs: [{ group: gateway.networking.k8s.io, kind: Gateway, name: front }], healthCheck: { passive: {}, panicThreshold: 20 } }
`;
    const { doors } = doorsOf(web, service(), gateway(), envoy, route(), policy);
    expect(doors).toMatchObject([
      { ejection: { failures: 5, seconds: 30, maxShare: 0.1 }, runtime: { panicBelow: 0.2 } },
    ]);
  });

  test("a rule of Istio for the Service by its whole name is its door's", () => {
    const rule = `
apiVersion: networking.istio.io/v1beta1
kind: DestinationRule
${meta("r")}
spec:
  host: web.shop.svc.cluster.local
  trafficPolicy: { loadBalancer: { simple: ROUND_ROBIN }, outlierDetection: { consecutive5xxErrors: 7, baseEjectionTime: 1m30s, maxEjectionPercent: 50 } }
`;
    const { doors } = doorsOf(web, service(), gateway(), gatewayClass("istio.io/gateway-controller"), route(), rule);
    expect(doors).toMatchObject([
      {
        routing: "round-robin",
        ejection: { failures: 7, seconds: 90, maxShare: 0.5 },
        runtime: { implementation: "istio", panicBelow: 0, mostRequests: null },
        // Of the mesh nothing is known.
        protection: { logs: { known: false } },
      },
    ]);
  });

  test("of a class that nobody knows what it does is unknown, and of a controller that nobody knows too", () => {
    for (const known of [[], [gatewayClass("example.com/controller")]]) {
      const { doors } = doorsOf(web, service(), gateway(), route(), ...known);
      expect(doors).toMatchObject([{ routing: { known: false }, runtime: { panicBelow: { known: false } } }]);
    }
  });

  test.each([
    ["service.beta.kubernetes.io/aws-load-balancer-scheme: internal", "private"],
    ["service.beta.kubernetes.io/aws-load-balancer-scheme: internet-facing", "internet"],
    ["networking.gke.io/load-balancer-type: Internal", "private"],
    ['service.beta.kubernetes.io/azure-load-balancer-internal: "true"', "private"],
  ])("%s: %s", (annotation, exposure) => {
    const over = `infrastructure: { annotations: { ${annotation} } }`;
    expect(doorsOf(web, service(), gateway(over), envoy, route()).doors).toMatchObject([{ exposure }]);
  });

  test("clouds that are told different things are a conflict", () => {
    const both = "service.beta.kubernetes.io/aws-load-balancer-scheme: internal, cloud.google.com/l4-rbs: enabled";
    const { conflicts } = doorsOf(
      web,
      service(),
      gateway(`infrastructure: { annotations: { ${both} } }`),
      envoy,
      route(),
    );
    expect(conflicts.map(({ field }) => field)).toEqual(["exposure"]);
  });

  test("a backend whose Service chooses no pods, or has no such port, is a conflict; one that is not here is unknown", () => {
    const nobody = doorsOf(web, service("app: wbe"), gateway(), envoy, route());
    expect(nobody.conflicts.map(({ field, says }) => [field, says[1]?.value])).toEqual([
      ["targets", "chooses no pods that are here"],
    ]);
    const closed = doorsOf(web, service(), gateway(), envoy, route(8080));
    expect(closed.conflicts.map(({ says }) => says.map(({ value }) => value))).toEqual([[8080, [80]]]);
    const away = doorsOf(gateway(), envoy, route());
    expect(away.conflicts).toEqual([]);
    expect(away.doors).toMatchObject([{ targets: [{ part: { known: false, why: "elsewhere" } }] }]);
  });
});

describe("a door that answers to two names", () => {
  const named = (name: string, hostname: string, annotation = "") => `
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
${meta(name, annotation)}
spec:
  parentRefs: [{ name: front }]
  hostnames: [${hostname}]
  rules: [{ backendRefs: [{ name: web, port: 80 }] }]
`;
  const domainOf = (...routes: readonly string[]) =>
    doorsOf(web, service(), gateway(), envoy, ...routes).doors.map(({ domain, targets }) => [
      domain,
      Array.isArray(targets) ? targets.length : targets,
    ]);
  const hostname = (name: string) => `external-dns.alpha.kubernetes.io/hostname: "${name}"`;

  test("has the one with its region before it for its own, and one place that both lead to", () => {
    const edge = named("edge", "shop.example.com", hostname("shop.example.com"));
    const own = (annotation = "") => named("own", "eu-west-1.shop.example.com", annotation);
    const domain = { name: "shop.example.com", ownName: "eu-west-1.shop.example.com", certificate: "existing" };
    // Whose record the door makes is asked of its own name.
    expect(domainOf(edge, own())).toEqual([[{ ...domain, record: false }, 1]]);
    expect(domainOf(own(hostname("eu-west-1.shop.example.com")), edge)).toEqual([[{ ...domain, record: true }, 1]]);
    expect(domainOf(edge, own(hostname("a.example.com, eu-west-1.shop.example.com")))).toEqual([
      [{ ...domain, record: true }, 1],
    ]);
  });

  test("has no own name where neither has its region before the other", () => {
    expect(domainOf(route(), named("www", "www.shop.example.com"))).toEqual([
      [{ name: "shop.example.com", ownName: null, record: false, certificate: "existing" }, 1],
    ]);
  });
});

describe("an Ingress that others wrote", () => {
  const ingress = (name: string, spec: string, annotations = "") => `
apiVersion: networking.k8s.io/v1
kind: Ingress
${meta(name, annotations)}
spec:
  ${spec}
  rules: [{ host: shop.example.com, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { name: web } } } }] } }]
`;
  test("does what the controller of its class does, named by the old annotation too", () => {
    const tls = "tls: [{ hosts: [shop.example.com], secretName: cert }]";
    const { doors } = doorsOf(
      web,
      service(),
      ingress("a", `ingressClassName: nginx\n  ${tls}`),
      ingress("b", "tls: []", "kubernetes.io/ingress.class: haproxy"),
    );
    expect(doors).toMatchObject([
      {
        key: "load-balancer/a/eu-west-1",
        exposure: null,
        listeners: [
          { port: 80, tlsFloor: null, redirects: true },
          { port: 443, tlsFloor: "1.2", redirects: false },
        ],
        targets: [{ part: "replica-group/web-v2/eu-west-1", port: 8080 }],
        routing: "round-robin",
        runtime: { kind: "ingress", className: "nginx" },
      },
      { listeners: [{ port: 80, redirects: false }], runtime: { className: "haproxy" }, domain: null },
    ]);
  });

  test("of a class of another name is known by nothing but its own words", () => {
    const { doors } = doorsOf(web, service(), ingress("a", "ingressClassName: team-b"));
    expect(doors).toMatchObject([{ routing: { known: false }, runtime: { className: "team-b" } }]);
  });
});

test("durations are read as Go writes them", () => {
  expect(["30s", "1h30m", "500ms", "1.5s", "30", "1 minute", 30, ""].map(durationSeconds)).toEqual([
    30,
    5400,
    0.5,
    1.5,
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

describe("what an environment's door needs", () => {
  const kubernetes = {
    clusters: { "us-east-1": { context: "prod" } },
    nodes: { platform: "eks" as const, machine: "m7i.2xlarge" },
  };
  const domain = { name: "shop.example.com", zone: { existing: { id: "Z0123456789" } } };
  const mistakes = (environment: Partial<Environment>) => {
    const requested = requestOf(given({ yaml: { target: "kubernetes" }, environment }));
    return requested.ok ? [] : requested.mistakes.map(({ key, allowed }) => `${key} | ${allowed}`);
  };

  test("the Gateway API, or an Ingress", () => {
    expect(mistakes({ kubernetes: { ...kubernetes, has: [] } })).toEqual([
      "environments.prod.kubernetes.has | a Gateway of envoy-gateway needs the Gateway API in the cluster",
    ]);
    expect(mistakes({ kubernetes: { ...kubernetes, has: [], door: { ingress: { className: "haproxy" } } } })).toEqual(
      [],
    );
  });

  test("a certificate where there is a domain, and cert-manager where an issuer makes it", () => {
    expect(mistakes({ domain, kubernetes })).toEqual([
      "environments.prod.kubernetes.certificate | there is a domain, and its door needs a certificate",
    ]);
    const issuer = { kind: "ClusterIssuer" as const, name: "letsencrypt" };
    expect(mistakes({ domain, kubernetes: { ...kubernetes, certificate: { issuer } } })).toEqual([
      "environments.prod.kubernetes.certificate.issuer | an issuer is cert-manager's, and the cluster is not said to have it",
    ]);
    expect(mistakes({ domain, kubernetes: { ...kubernetes, certificate: { secret: "cert" } } })).toEqual([]);
  });
});
