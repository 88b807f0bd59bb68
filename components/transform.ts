/** A last word on one child's arguments: properties laid over them, or a function of them that returns others, or changes these and returns nothing. */
export type Transform<A> = Partial<A> | ((args: A) => A | undefined);

/** The arguments after the transform, if there is one; a partial object replaces whole top-level properties. */
export function transformed<A extends object>(args: A, transform: Transform<A> | undefined): A {
  if (transform === undefined) return args;
  if (typeof transform !== "function") return { ...args, ...transform };
  // As Pulumi's own transformations: nothing returned is no other arguments.
  return transform(args) ?? args;
}
