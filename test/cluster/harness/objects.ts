/** One object as it is applied or read back: what a manifest holds, nothing of it known but its name. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a manifest of any kind
  readonly [field: string]: any;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly generation?: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly deletionTimestamp?: string;
  readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly uid: string }[];
}

export interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** For messages: Kind namespace/name. */
export function called({ kind, metadata: { namespace, name } }: KubernetesObject): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}

export function condition(object: KubernetesObject, type: string): Condition | undefined {
  return (object["status"]?.conditions as readonly Condition[] | undefined)?.find((each) => each.type === type);
}
