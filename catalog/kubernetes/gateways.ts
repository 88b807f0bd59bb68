import type { Exposure, LoadBalancer, Source } from "../../model";

type GatewayImplementation = "envoy-gateway" | "istio";

interface GatewayDefaults {
  readonly tlsFloor: "1.2";
  readonly routing: LoadBalancer["routing"];
  /** Of a connection to a caller on which nothing is asked. */
  readonly idleSeconds: number;
  /** Where ejection is on and says no more. */
  readonly ejection: { readonly failures: number; readonly seconds: number; readonly maxShare: number };
  readonly panicBelow: number;
  /** null: none. */
  readonly mostRequests: number | null;
  /** Where an active check is on and says no more; null: it has none. */
  readonly check: {
    readonly intervalSeconds: number;
    readonly timeoutSeconds: number;
    readonly failures: number;
    readonly successes: number;
  } | null;
  /** null: the mesh says, of which nothing is known. */
  readonly logs: boolean | null;
  readonly source: Source;
}

/** What each does where no policy says otherwise. Both are Envoy: a header that breaks HTTP's grammar is refused. */
export const gatewayDefaults: Readonly<Record<GatewayImplementation, GatewayDefaults>> = {
  "envoy-gateway": {
    tlsFloor: "1.2",
    routing: "least-outstanding",
    idleSeconds: 3600,
    ejection: { failures: 5, seconds: 30, maxShare: 0.1 },
    panicBelow: 0.5,
    mostRequests: 1024,
    check: { intervalSeconds: 3, timeoutSeconds: 1, failures: 3, successes: 1 },
    logs: true,
    source: {
      title: "Envoy Gateway v1.9.0, api/v1alpha1: BackendTrafficPolicy, ClientTrafficPolicy, EnvoyProxy",
      url: "https://github.com/envoyproxy/gateway/tree/v1.9.0/api/v1alpha1",
      date: "2026-11-21",
    },
  },
  istio: {
    tlsFloor: "1.2",
    routing: "least-outstanding",
    idleSeconds: 3600,
    ejection: { failures: 5, seconds: 30, maxShare: 0.1 },
    panicBelow: 0,
    mostRequests: null,
    check: null,
    logs: null,
    source: {
      title: "Istio API, DestinationRule and Gateway",
      url: "https://github.com/istio/api/blob/master/networking/v1alpha3/destination_rule.proto",
      date: "2026-11-21",
    },
  },
};

/** Class that each is installed with where nobody says another. */
export const gatewayClassNames: Readonly<Record<GatewayImplementation, string>> = {
  "envoy-gateway": "eg",
  istio: "istio",
};

/** What a GatewayClass names as its controller. */
export const gatewayControllers: Readonly<Record<string, GatewayImplementation>> = {
  "gateway.envoyproxy.io/gatewayclass-controller": "envoy-gateway",
  "istio.io/gateway-controller": "istio",
};

const AWS_CONTROLLER: Source = {
  title: "AWS Load Balancer Controller, Service annotations: internal unless a scheme is said",
  url: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/service/annotations/",
  date: "2026-11-22",
};
const GKE_PARAMETERS: Source = {
  title: "Google Kubernetes Engine, LoadBalancer Service parameters",
  url: "https://docs.cloud.google.com/kubernetes-engine/docs/concepts/service-load-balancer-parameters",
  date: "2026-11-22",
};

/** Classes by which Services of type LoadBalancer ask for a cloud's own network balancer, and who reaches it where no annotation says. */
export const balancerClasses: Readonly<Record<string, { readonly exposure: Exposure; readonly source: Source }>> = {
  "service.k8s.aws/nlb": { exposure: "private", source: AWS_CONTROLLER },
  // EKS Auto Mode's own.
  "eks.amazonaws.com/nlb": {
    exposure: "private",
    source: {
      title:
        "Amazon EKS User Guide, Service annotations of Network Load Balancers: a scheme makes one face the internet",
      url: "https://docs.aws.amazon.com/eks/latest/userguide/auto-configure-nlb.html",
      date: "2026-11-22",
    },
  },
  "networking.gke.io/l4-regional-external": { exposure: "internet", source: GKE_PARAMETERS },
  "networking.gke.io/l4-regional-internal": { exposure: "private", source: GKE_PARAMETERS },
};

/** Values of its annotation for the type by which that controller takes a Service that names no class. */
export const ofAwsController: readonly string[] = ["external", "nlb-ip"];

interface IngressFacts {
  readonly tlsFloor: "1.2";
  /** Plain HTTP is redirected where there is TLS, without a word. */
  readonly redirects: boolean;
  readonly routing: LoadBalancer["routing"];
  readonly idleSeconds: number;
  readonly dropsInvalidHeaders: boolean;
  readonly logs: boolean;
  readonly source: Source;
}

/** Controllers by the name that their class has where nobody gives it another, as they are without settings of their own. */
export const ingressClasses: Readonly<Record<string, IngressFacts>> = {
  haproxy: {
    tlsFloor: "1.2",
    redirects: true,
    routing: "round-robin",
    idleSeconds: 60,
    dropsInvalidHeaders: true,
    // Requests are logged at a level below the one that is kept.
    logs: false,
    source: {
      title: "HAProxy Kubernetes Ingress Controller, haproxy.cfg and its documentation of annotations",
      url: "https://github.com/haproxytech/kubernetes-ingress/tree/master/documentation",
      date: "2026-11-21",
    },
  },
  nginx: {
    tlsFloor: "1.2",
    redirects: true,
    routing: "round-robin",
    idleSeconds: 75,
    dropsInvalidHeaders: true,
    logs: true,
    source: {
      title: "ingress-nginx, ConfigMap; no release and no fix since March 2026",
      url: "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/",
      date: "2026-11-21",
    },
  },
};
