/** A last word on one child's arguments: properties laid over them, or a function of them. */
export type Transform<A> = Partial<A> | ((args: A) => A);

/** The arguments after the transform, if there is one; a partial object replaces whole top-level properties. */
export function transformed<A extends object>(args: A, transform: Transform<A> | undefined): A {
  if (transform === undefined) return args;
  return typeof transform === "function" ? transform(args) : { ...args, ...transform };
}
