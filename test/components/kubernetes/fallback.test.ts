import { STATUS_CODES } from "node:http";
import { configured, recordStack, type RecordedStack } from "../../stacks";
import { doorsOf } from "./manifests";
import { stacks } from "./stacks";

const recordOf = (words: string): Promise<RecordedStack> => {
  const found = stacks.find(([name]) => name.includes(words));
  if (found === undefined) throw new Error(`no stack ${words}`);
  return found[1]();
};

interface Written {
  readonly [field: string]: unknown;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly spec: never;
}

/** Objects of a kind in the first region's cluster, by name. */
function objects({ resources }: RecordedStack, kind: string): Readonly<Record<string, Written["spec"]>> {
  const [first] = resources.filter(({ type, name }) => type.endsWith(":Gateway") && name === "model-server-us-east-1");
  const all = resources
    .filter(({ type, provider }) => type.endsWith(`:${kind}`) && provider === first?.provider)
    .map(({ inputs }) => inputs as unknown as Written);
  return Object.fromEntries(all.map(({ metadata, spec }) => [metadata.name, spec]));
}

describe("a door of Envoy Gateway that hands on", () => {
  let stack: RecordedStack;
  beforeAll(async () => {
    stack = await recordOf("by doors of Envoy Gateway that hand on");
  });

  test("has its own pods first, and the doors of all other regions after them, at one level", () => {
    const doors = stack.plan.parts.filter((part) => part.kind === "load-balancer");
    expect(
      doors.map(({ targets }) => targets.map(({ part, port, priority }) => `${part}:${port} ${priority}`)),
    ).toEqual(
      ["eu-west-1", "us-east-1", "us-west-2"].map((own, _, all) => [
        `replica-group/model-server/${own}:8080 1`,
        ...all.filter((each) => each !== own).map((other) => `load-balancer/model-server/${other}:443 2`),
      ]),
    );
    expect(doors.map(({ ejection }) => ejection?.maxShare)).toEqual([1, 1, 1]);
  });

  // Beside a name a Service would have its share by weight, always (test/doors sees it in Envoy Gateway v1.9.1); so would a filter on one of them.
  test("sends the edge name's requests to names alone, with one filter for all of them", () => {
    const { "model-server": edge } = objects(stack, "HTTPRoute");
    const group = "gateway.envoyproxy.io";
    expect(edge).toMatchObject({
      rules: [
        {
          filters: [
            { type: "ExtensionRef", extensionRef: { group, kind: "HTTPRouteFilter", name: "model-server-host" } },
          ],
          backendRefs: [
            { group, kind: "Backend", name: "model-server-pods" },
            { group, kind: "Backend", name: "model-server-eu-west-1" },
            { group, kind: "Backend", name: "model-server-us-west-2" },
          ],
        },
      ],
    });
    expect(objects(stack, "HTTPRouteFilter")).toEqual({
      "model-server-host": { urlRewrite: { hostname: { type: "Backend" } } },
    });
  });

  test("asks its pods for the edge name, and each other door for that door's own name, with TLS", () => {
    expect(objects(stack, "Backend")).toEqual({
      "model-server-pods": {
        endpoints: [
          {
            hostname: "model.example.com",
            fqdn: { hostname: "model-server-pods.embedding-prod.svc.cluster.local", port: 8080 },
          },
        ],
      },
      ...Object.fromEntries(
        ["eu-west-1.model.example.com", "us-west-2.model.example.com"].map((name) => [
          `model-server-${name.split(".")[0] ?? ""}`,
          { fallback: true, endpoints: [{ hostname: name, fqdn: { hostname: name, port: 443 } }] },
        ]),
      ),
    });
    expect(objects(stack, "BackendTLSPolicy")["model-server-us-west-2"]).toEqual({
      targetRefs: [{ group: "gateway.envoyproxy.io", kind: "Backend", name: "model-server-us-west-2" }],
      validation: { hostname: "us-west-2.model.example.com", wellKnownCACertificates: "System" },
    });
    expect(objects(stack, "Service")["model-server-pods"]).toMatchObject({ clusterIP: "None" });
    expect(objects(stack, "BackendTrafficPolicy")["model-server"]).toMatchObject({
      dns: { dnsRefreshRate: "5s", respectDnsTtl: false },
      // Another pod, and then another region; as many checks as the plan says, not one.
      timeout: { tcp: { connectTimeout: "2s" }, http: { requestTimeout: "30s" } },
      retry: { numRetries: 2, numAttemptsPerPriority: 2 },
      healthCheck: { active: { unhealthyThreshold: 3, http: { retriableStatuses: [429, 500, 502, 503, 504] } } },
    });
  });

  test("takes for well what the kubelet takes for ready: 200 to 399, by the names that there are", () => {
    const policy = objects(stack, "BackendTrafficPolicy")["model-server"] as unknown as {
      readonly healthCheck: { readonly active: { readonly http: Readonly<Record<string, readonly number[]>> } };
    };
    const { expectedStatuses = [], retriableStatuses = [] } = policy.healthCheck.active.http;
    const named = Object.keys(STATUS_CODES).map(Number);
    // 306 is unused and 509 nobody's; Node names neither.
    expect(expectedStatuses).toEqual(named.filter((status) => status >= 200 && status < 400));
    expect(retriableStatuses.filter((status) => expectedStatuses.includes(status))).toEqual([]);
  });

  test("has a certificate for each of its names: where they overlap, callers get no HTTP/2", () => {
    const listener = (hostname: string, name: string) => ({
      hostname,
      tls: { mode: "Terminate", certificateRefs: [{ kind: "Secret", name }] },
    });
    expect(objects(stack, "Gateway")["model-server"]).toMatchObject({
      listeners: [
        { name: "http" },
        listener("model.example.com", "model-server-tls"),
        listener("us-east-1.model.example.com", "model-server-own-tls"),
      ],
    });
  });

  // What is handed on to a door must not be handed on again, and a check of a region must not be answered by another one.
  test("leads its own name to its own pods and nowhere else", () => {
    const { "model-server-own": own } = objects(stack, "HTTPRoute");
    expect(own).toMatchObject({
      hostnames: ["us-east-1.model.example.com"],
      rules: [{ backendRefs: [{ name: "model-server", port: 8080 }] }],
    });
    const names = Object.values(objects(stack, "Backend")).flatMap((spec) =>
      (spec as { readonly endpoints: readonly { readonly hostname: string }[] }).endpoints.map(
        ({ hostname }) => hostname,
      ),
    );
    expect(names).not.toContain("us-east-1.model.example.com");
  });
});

test("each child of a door that hands on has a last word of its own", async () => {
  const mark = <T extends object>(args: T): T => ({ ...args, metadata: { name: "marked" } });
  const last = { backend: mark, backendTlsPolicy: mark, routeFilter: mark, podsService: mark };
  const { resources } = await recordStack(configured("model-serving-prod", {}), {
    transform: { loadBalancer: { "model-server": last } },
  });
  const marked = resources
    .filter(({ inputs }) => JSON.stringify(inputs["metadata"]) === '{"name":"marked"}')
    .map(({ type }) => type.split(":")[2] ?? "");
  const counts = [...new Set(marked)].sort().map((kind) => `${kind} ${marked.filter((each) => each === kind).length}`);
  expect(counts).toEqual(["Backend 9", "BackendTLSPolicy 6", "HTTPRouteFilter 3", "Service 3"]);
});

test("a door of Istio that hands on counts the region alone, and may put all of its pods out", async () => {
  const stack = await recordOf("by doors of Istio in a mesh");
  expect(objects(stack, "DestinationRule")["model-server"]).toMatchObject({
    trafficPolicy: {
      loadBalancer: { localityLbSetting: { enabled: true, failoverPriority: ["topology.kubernetes.io/region"] } },
      outlierDetection: { maxEjectionPercent: 100 },
    },
  });
  expect(objects(stack, "Backend")).toEqual({});
});

const common = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      nodeSelector: { topology.kubernetes.io/region: eu-west-1 }
      containers: [{ name: web, image: "registry.example.com/web:1", ports: [{ containerPort: 8080 }] }]
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { clusterIP: None, selector: { app: web }, ports: [{ port: 8080 }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: front, namespace: shop }
spec: { gatewayClassName: eg, listeners: [{ name: http, port: 80, protocol: HTTP }] }
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec:
  parentRefs: [{ name: front }]
  rules:
    - backendRefs:
        - { group: gateway.envoyproxy.io, kind: Backend, name: active }
        - { group: gateway.envoyproxy.io, kind: Backend, name: passive }
`;
const backend = (name: string, endpoint: string, over = "") => `
apiVersion: gateway.envoyproxy.io/v1alpha1
kind: Backend
metadata: { name: ${name}, namespace: shop }
spec: { ${over} endpoints: [{ ${endpoint} }] }
`;
const fqdn = (hostname: string, port: number) => `fqdn: { hostname: ${hostname}, port: ${port} }`;

describe("Backends that others wrote", () => {
  test("lead to pods by their Service's name in the cluster, and to what is not here by any other", () => {
    const { doors } = doorsOf(
      common,
      backend("active", fqdn("web.shop.svc.cluster.local", 8080)),
      backend("passive", fqdn("other.example.com", 443), "fallback: true,"),
    );
    expect(doors).toMatchObject([
      {
        region: "eu-west-1",
        targets: [
          { part: "replica-group/web/eu-west-1", port: 8080, priority: 1 },
          { part: { known: false, why: "elsewhere" }, port: 443, priority: 2, probe: { known: false } },
        ],
      },
    ]);
  });

  test.each([
    ["fallback: false,", 1],
    ["", 1],
    ["fallback: true,", 2],
  ])("with %s are of level %i", (over, priority) => {
    const [door] = doorsOf(common, backend("active", fqdn("web.shop.svc", 8080), over)).doors;
    expect(door).toMatchObject({ targets: [{ part: "replica-group/web/eu-west-1", priority }] });
  });

  test("that are not here are no targets; one by address is one of which nothing is known", () => {
    expect(doorsOf(common).doors).toMatchObject([{ targets: [] }]);
    expect(doorsOf(common, backend("active", "ip: { address: 192.0.2.1, port: 80 }")).doors).toMatchObject([
      { targets: [{ part: { known: false }, port: 80, priority: 1 }] },
    ]);
  });
});
