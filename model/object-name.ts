/** Name of a namespace, Service or container: RFC 1123 label of at most 63 characters (Kubernetes, object names and IDs). */
export const DNS_LABEL = /^(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Name of most other objects: RFC 1123 subdomain of at most 253 characters (Kubernetes, object names and IDs). */
export const DNS_SUBDOMAIN = /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;

/** Name of a ConfigMap or Secret, alone or with one of its keys behind a slash (Kubernetes, ConfigMaps). */
export const NAME_AND_KEY = /^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?(\/[-._a-zA-Z0-9]{1,253})?$/;
