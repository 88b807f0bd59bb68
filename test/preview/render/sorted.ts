/** In the order of kind and name, each as plain data. */
export function sorted(objects: readonly unknown[]): readonly unknown[] {
  const key = (object: unknown): string => {
    const { kind, metadata } = object as { readonly kind: string; readonly metadata: { readonly name: string } };
    return `${kind} ${metadata.name}`;
  };
  return [...objects].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
