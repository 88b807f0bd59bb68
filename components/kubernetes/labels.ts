/** Labels that select the pods of one workload; they never change while it stands. */
export function selectorLabels(workload: string): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/name": workload, "app.kubernetes.io/instance": workload };
}

/** Labels of an object: those of its pods, and whose it is. */
export function objectLabels(stack: string, workload: string): Record<string, string> {
  return {
    ...selectorLabels(workload),
    "app.kubernetes.io/part-of": stack,
    "app.kubernetes.io/managed-by": "nines",
  };
}
