import type { InputTable } from "../../model";
import { namedInputs, objectInputs } from "./object-inputs.read";

const ATTACHED = "which object of these it is for: they carry one name";
const RETRIES = "what is tried again; no Part holds it";
const MOST = "as many as requests in flight, whose limit is read";

const ELSEWHERE = "who makes its records; whether this object's own annotations ask for one is read";
const LEFT_ALONE = {
  "metadata.annotations.external-dns.kubernetes.io/controller": ELSEWHERE,
  "metadata.annotations.external-dns.alpha.kubernetes.io/controller": ELSEWHERE,
} as const;
/** What clouds are told of who may reach a Service's balancer. */
const exposureWords = [
  "service.beta.kubernetes.io/aws-load-balancer-scheme",
  "service.beta.kubernetes.io/aws-load-balancer-internal",
  "service.beta.kubernetes.io/aws-load-balancer-type",
  "service.beta.kubernetes.io/azure-load-balancer-internal",
  "networking.gke.io/load-balancer-type",
  "cloud.google.com/l4-rbs",
];
const ofService = (words: readonly string[], field: string): Readonly<Record<string, string>> =>
  Object.fromEntries(words.map((word) => [`metadata.annotations.${word}`, field]));

const ONE_NAME = "which of its names has a record, which is read";

/** Which field of a LoadBalancer each input sets. */
export const loadBalancerInputs: InputTable = {
  "kubernetes:gateway.networking.k8s.io/v1:Gateway": {
    fields: {
      "metadata.annotations.cert-manager.io/cluster-issuer": "domain",
      "metadata.annotations.cert-manager.io/issuer": "domain",
      "spec.infrastructure.annotations.service.beta.kubernetes.io/aws-load-balancer-scheme": "exposure",
      "spec.infrastructure.annotations.networking.gke.io/load-balancer-type": "exposure",
      "spec.infrastructure.annotations.cloud.google.com/l4-rbs": "exposure",
      "spec.listeners[].port": "listeners",
      "spec.listeners[].protocol": "listeners",
    },
    ignored: {
      ...namedInputs,
      "spec.gatewayClassName": "who implements it; policies that only it understands say so too",
      "spec.infrastructure.annotations": "how the cloud's balancer reaches the door; no Part holds it",
      "spec.listeners[].name": "what routes call it; that a port only redirects is read",
      "spec.listeners[].hostname": "the name that its routes have too, which is read",
      "spec.listeners[].tls": "where the certificate is; that there is TLS its protocol says",
      "spec.listeners[].allowedRoutes": "which namespaces may attach routes; no Part holds it",
    },
  },
  "kubernetes:gateway.networking.k8s.io/v1:HTTPRoute": {
    fields: {
      "metadata.annotations.external-dns.kubernetes.io/hostname": "domain",
      "metadata.annotations.external-dns.alpha.kubernetes.io/hostname": "domain",
      "spec.parentRefs[].name": "targets",
      "spec.hostnames": "domain",
      "spec.rules[].backendRefs[].name": "targets",
      "spec.rules[].backendRefs[].port": "targets",
      "spec.rules[].backendRefs[].kind": "targets",
      "spec.rules[].filters[].type": "listeners",
      "spec.rules[].filters[].requestRedirect.scheme": "listeners",
    },
    ignored: {
      ...namedInputs,
      ...LEFT_ALONE,
      "spec.parentRefs[].sectionName": "which port it is for; that a port only redirects is read",
      "spec.rules[].filters[].requestRedirect.statusCode": "how long callers remember the redirect",
      "spec.rules[].filters[].extensionRef": "what it does with a request's name; rules judge it",
      "spec.rules[].backendRefs[].group": "whose kind it is; the kind says it too",
    },
  },
  "kubernetes:gateway.envoyproxy.io/v1alpha1:Backend": {
    fields: {
      "spec.endpoints[].fqdn.hostname": "targets",
      "spec.endpoints[].fqdn.port": "targets",
      "spec.fallback": "targets",
    },
    ignored: {
      ...namedInputs,
      "spec.endpoints[].hostname": "the name that requests and checks ask for there; rules judge it",
    },
  },
  "kubernetes:gateway.networking.k8s.io/v1:BackendTLSPolicy": {
    fields: {},
    ignored: { ...namedInputs, "spec.targetRefs": ATTACHED, "spec.validation": "whose certificate is trusted there" },
  },
  "kubernetes:gateway.envoyproxy.io/v1alpha1:HTTPRouteFilter": {
    fields: {},
    ignored: { ...namedInputs, "spec.urlRewrite": "by which name each target is asked; rules judge it" },
  },
  "kubernetes:gateway.envoyproxy.io/v1alpha1:ClientTrafficPolicy": {
    fields: { "spec.tls.minVersion": "listeners", "spec.timeout.http.idleTimeout": "idleTimeoutSeconds" },
    ignored: { ...namedInputs, "spec.targetRefs": ATTACHED },
  },
  "kubernetes:gateway.envoyproxy.io/v1alpha1:BackendTrafficPolicy": {
    fields: {
      "spec.loadBalancer.type": "routing",
      "spec.healthCheck.active": "targets",
      "spec.healthCheck.passive": "ejection",
      "spec.healthCheck.panicThreshold": "runtime",
      "spec.circuitBreaker.maxParallelRequests": "runtime",
    },
    ignored: {
      ...namedInputs,
      "spec.targetRefs": ATTACHED,
      "spec.healthCheck.passive.consecutiveGatewayErrors": "errors that count among the others too",
      "spec.circuitBreaker": MOST,
      "spec.healthCheck.active.http.expectedStatuses": "which answers are well",
      "spec.healthCheck.active.http.retriableStatuses": "which answers count towards as many as must fail",
      "spec.timeout": "how soon another is asked, and when a request is given up; no Part holds it",
      "spec.retry": RETRIES,
      "spec.dns": "how soon a name that leads elsewhere is followed; no Part holds it",
    },
  },
  "kubernetes:networking.istio.io/v1:DestinationRule": {
    fields: {
      "spec.host": "ejection",
      "spec.trafficPolicy.loadBalancer.simple": "routing",
      "spec.trafficPolicy.loadBalancer.localityLbSetting": "targets",
      "spec.trafficPolicy.outlierDetection": "ejection",
      "spec.trafficPolicy.outlierDetection.minHealthPercent": "runtime",
      "spec.trafficPolicy.connectionPool.http.http2MaxRequests": "runtime",
    },
    ignored: {
      ...namedInputs,
      "spec.trafficPolicy.outlierDetection.consecutiveGatewayErrors": "errors that count among the others too",
      "spec.trafficPolicy.connectionPool": MOST,
    },
  },
  "kubernetes:telemetry.istio.io/v1:Telemetry": {
    fields: { "spec.accessLogging": "protection.logs" },
    ignored: { ...namedInputs, "spec.targetRefs": ATTACHED, "spec.accessLogging[].providers[].name": "where lines go" },
  },
  // Of type LoadBalancer.
  "kubernetes:core/v1:Service": {
    fields: {
      ...ofService(exposureWords, "exposure"),
      ...ofService(
        [
          "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
          "service.beta.kubernetes.io/aws-load-balancer-ssl-ports",
        ],
        "listeners",
      ),
      ...ofService(["external-dns.kubernetes.io/hostname", "external-dns.alpha.kubernetes.io/hostname"], "domain"),
      "metadata.name": "workload",
      "spec.type": "scope",
      "spec.loadBalancerClass": "runtime.className",
      "spec.selector": "targets",
      "spec.ports[].port": "listeners",
      "spec.ports[].protocol": "listeners",
      "spec.ports[].appProtocol": "listeners",
      "spec.ports[].targetPort": "targets",
    },
    ignored: {
      ...objectInputs,
      ...LEFT_ALONE,
      "spec.ports[].name": "what its ports are called",
      "spec.ports[].nodePort": "by which port of each node the balancer reaches it",
      "spec.allocateLoadBalancerNodePorts": "by which port of each node the balancer reaches it",
      "spec.healthCheckNodePort": "by which port of each node the balancer asks it",
      "spec.clusterIP": "its address inside the cluster",
      "spec.clusterIPs": "its address inside the cluster",
      "spec.ipFamilies": "of which sort its addresses are",
      "spec.ipFamilyPolicy": "of which sort its addresses are",
      "spec.loadBalancerIP": "which address it has",
      "spec.loadBalancerSourceRanges": "which callers the cloud lets in; no Part holds it",
      "spec.externalIPs": "which address it has",
      "spec.externalTrafficPolicy": "whether a node passes connections on to another; no Part holds it",
      "spec.internalTrafficPolicy": "whether a node passes connections on to another; no Part holds it",
      "spec.trafficDistribution": "whether a node passes connections on to another; no Part holds it",
      "spec.sessionAffinity": "whether a caller comes back to the same pod; no Part holds it",
      "spec.sessionAffinityConfig": "whether a caller comes back to the same pod; no Part holds it",
      "spec.publishNotReadyAddresses": "whether pods that are not ready are led to; no Part holds it",
    },
  },
  "kubernetes:networking.k8s.io/v1:Ingress": {
    fields: {
      "metadata.annotations.cert-manager.io/cluster-issuer": "domain",
      "metadata.annotations.cert-manager.io/issuer": "domain",
      "metadata.annotations.external-dns.kubernetes.io/hostname": "domain",
      "metadata.annotations.external-dns.alpha.kubernetes.io/hostname": "domain",
      "spec.ingressClassName": "runtime",
      "spec.tls[].hosts": "domain",
      "spec.rules[].http.paths[].backend.service.name": "targets",
      "spec.rules[].http.paths[].backend.service.port": "targets",
    },
    ignored: {
      ...namedInputs,
      ...LEFT_ALONE,
      "metadata.annotations.external-dns.kubernetes.io/ingress-hostname-source": ONE_NAME,
      "metadata.annotations.external-dns.alpha.kubernetes.io/ingress-hostname-source": ONE_NAME,
      "spec.tls[].secretName": "where the certificate is",
      "spec.rules[].host": "the name that has the certificate, which is read",
      "spec.rules[].http.paths[].path": "all of them",
      "spec.rules[].http.paths[].pathType": "all of them",
    },
  },
};
