export const TYPE = "what sort of object it is";
export const NAME = "a name";
export const OPERATED = "how it is looked after; no Part holds it";

/** What every object says of itself, and no reader takes a field from; beside it, where its name is read by nobody either, `metadata.name`. */
export const objectInputs = {
  apiVersion: TYPE,
  kind: TYPE,
  "metadata.namespace": NAME,
  "metadata.labels": "labels are read by nobody",
  "metadata.annotations": OPERATED,
} as const;

/** Of an object whose name says nothing either. */
export const namedInputs = { ...objectInputs, "metadata.name": NAME } as const;
