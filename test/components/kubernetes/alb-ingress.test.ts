import { doorsOf } from "./manifests";

const WORD = "alb.ingress.kubernetes.io/";
const CERTIFICATE = { "certificate-arn": "arn:aws:acm:us-east-1:111122223333:certificate/a" };

const web = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: "registry.example.com/web:1", ports: [{ containerPort: 8080 }] }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`.split("---");

const ingress = (words: Readonly<Record<string, string>>, { name = "web", className = "alb" } = {}): string => {
  const annotations = Object.fromEntries(Object.entries(words).map(([word, value]) => [`${WORD}${word}`, value]));
  return `
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: ${name}, namespace: shop, annotations: ${JSON.stringify(annotations)} }
spec:
  ingressClassName: ${className}
  rules: [{ http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }]
`;
};

const door = (
  words: Readonly<Record<string, string>>,
  ...others: readonly string[]
): Readonly<Record<string, unknown>> =>
  doorsOf(...web, ingress(words), ...others).doors.find(({ workload }) => workload === "web")!;
const tls = { port: 443, tlsFloor: "1.0", redirects: false };

describe("an Ingress of AWS Load Balancer Controller listens", () => {
  test("in plain text on 80 where it says nothing, and with TLS on 443 alone where it has a certificate", () => {
    expect(door({ scheme: "internal" })).toMatchObject({
      listeners: [{ port: 80, tlsFloor: null, redirects: false }],
      exposure: "private",
    });
    expect(door(CERTIFICATE)).toMatchObject({ listeners: [tls] });
  });

  test("on the ports that it names, in their order; each of plain text redirects where it says so", () => {
    const ports = { ...CERTIFICATE, "listen-ports": '[{"HTTPS":443}, {"HTTP": 80}]' };
    expect(door(ports)).toMatchObject({ listeners: [{ port: 80, redirects: false }, tls] });
    expect(door({ ...ports, "ssl-redirect": "443" })).toMatchObject({
      listeners: [{ port: 80, tlsFloor: null, redirects: true }, tls],
    });
    const secure = {
      ...CERTIFICATE,
      "listen-ports": '[{"HTTPS": 8443}]',
      "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
    };
    expect(door(secure)).toMatchObject({ listeners: [{ port: 8443, tlsFloor: "1.2" }] });
  });

  test("on what nobody knows where its words cannot be read", () => {
    for (const ports of ["443", '[{"HTTPS": "443"}]', '[{"TCP": 80}]', "[]"])
      expect(door({ "listen-ports": ports })).toMatchObject({ listeners: { known: false, why: "unreadable" } });
    expect(door({ ...CERTIFICATE, "ssl-policy": "ours" })).toMatchObject({
      listeners: [{ tlsFloor: { known: false, why: "unreadable" } }],
    });
  });
});

test("its scheme, its targets and its attributes are read, each with the balancer's own default", () => {
  expect(door({ tags: "team=web" })).toMatchObject({
    exposure: "private",
    routing: "random",
    idleTimeoutSeconds: 60,
    protection: { deletion: false, logs: false, dropsInvalidHeaders: false, rateLimitPerSecond: null },
  });
  const attributes =
    "access_logs.s3.enabled=true,access_logs.s3.bucket=logs, deletion_protection.enabled = true,idle_timeout.timeout_seconds=600";
  expect(
    door({ scheme: "internet-facing", "target-type": "ip", "load-balancer-attributes": attributes }),
  ).toMatchObject({
    exposure: "internet",
    routing: "round-robin",
    idleTimeoutSeconds: 600,
    protection: { deletion: true, logs: true, dropsInvalidHeaders: false },
  });
  expect(door({ "wafv2-acl-arn": "arn:aws:wafv2:a" })).toMatchObject({
    protection: { rateLimitPerSecond: { known: false } },
  });
});

describe("those of one group have one balancer", () => {
  const grouped = { "group.name": "shared", ...CERTIFICATE, "listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]' };

  test("what another of them says of it holds", () => {
    const other = ingress(
      { "group.name": "shared", "ssl-redirect": "443", scheme: "internet-facing" },
      { name: "api" },
    );
    expect(door(grouped, other)).toMatchObject({
      exposure: "internet",
      listeners: [{ port: 80, redirects: true }, {}],
    });
    const apart = ingress({ "group.name": "other", "ssl-redirect": "443" }, { name: "api" });
    expect(door(grouped, apart)).toMatchObject({ listeners: [{ redirects: { known: false, why: "elsewhere" } }, {}] });
  });

  test("and what none in view says may stand elsewhere", () => {
    expect(door(grouped)).toMatchObject({ exposure: { known: false, why: "elsewhere" } });
  });
});

test("an Ingress of another controller is told nothing by these words; one of a class of another name is", () => {
  const of = (className: string) =>
    doorsOf(...web, ingress({ ...CERTIFICATE }, { className })).doors.find(({ kind }) => kind === "load-balancer")!;
  expect(of("nginx")).toMatchObject({ listeners: [{ port: 80, tlsFloor: null }] });
  expect(of("public-alb")).toMatchObject({ listeners: [tls] });
});
