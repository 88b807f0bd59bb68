import type { Path, StackConfig } from "../model";
import { written, type MistakeList, type Place } from "./request-mistakes";
import { kindsWith, unknownWorkload } from "./request-workload-names";

// The schema library takes longer to load than a plan takes to make: whoever only plans or reads does not wait for it.
// eslint-disable-next-line @typescript-eslint/no-require-imports
export const loadSchema = () => require("../model/schema") as typeof import("../model/schema");

/** Of the keys of a stack's YAML. */
export const NAMESPACE = "nines:";

type Schema = ReturnType<typeof loadSchema>;
type Issues = Parameters<Schema["slips"]>[0];
type Form = Parameters<Schema["salvage"]>[0];

/** What the schema refuses of a value as it was written, and then of what was meant. */
export function addSlips(
  schema: Schema,
  list: MistakeList,
  place: Place,
  form: Form,
  given: unknown,
  { respelt, stages }: ReturnType<Schema["repaired"]>,
): void {
  const parsed = form.safeParse(given);
  if (!parsed.success) addIssues(schema, list, place, parsed.error.issues, given);
  list.respell(place, respelt);
  for (const stage of stages) {
    const again = form.safeParse(stage);
    if (!again.success) addIssues(schema, list, place, again.error.issues, stage);
  }
}

function addIssues(schema: Schema, list: MistakeList, place: Place, issues: Issues, given: unknown): void {
  const name = (path: Path): string => (place === "yaml" ? `${NAMESPACE}${written(path)}` : written(path));
  for (const slip of schema.slips(issues, given, name)) {
    const [key, ...deeper] = slip.path;
    const ofWorkload =
      place === "yaml" && deeper.length === 0 && slip.allowed.startsWith("unknown key")
        ? schema.overrideKeys.find((each) => each === key)
        : undefined;
    const fix =
      ofWorkload === undefined
        ? slip.fix
        : `did you mean ${NAMESPACE}workloads.<${kindsWith(ofWorkload).join(" or ")}>.${ofWorkload}?`;
    list.add(place, slip.path, slip.given, slip.allowed, fix);
  }
}

/** A table's entry, whole or what can be read of it; its mistakes are listed. */
export function checked<T>(schema: Schema, list: MistakeList, place: Place, form: Form, value: unknown): T | undefined {
  if (value === undefined) return undefined;
  const parsed = form.safeParse(value);
  if (parsed.success) return parsed.data as T;
  const put = schema.repaired(form, value);
  addSlips(schema, list, place, form, value, put);
  return schema.salvage(form, put.value, place === "system" ? schema.standInOfSystem : undefined) as T | undefined;
}

/** Keys of the YAML whose entries are called by workloads. */
const BY_WORKLOAD = ["copies", "sizes", "replicas", "existing", "workloads", "images"] as const;

/** Names of entries of which nothing could be read: they are told beside what is wrong inside. */
export function checkNames(
  given: Readonly<Record<string, unknown>>,
  config: Partial<StackConfig>,
  names: readonly string[],
  list: MistakeList,
): void {
  for (const key of BY_WORKLOAD) {
    const entries = given[key];
    if (typeof entries !== "object" || entries === null) continue;
    for (const name of Object.keys(entries))
      if (!Object.hasOwn(config[key] ?? {}, name) && !names.includes(name))
        unknownWorkload(list, "yaml", [key, name], name, name, names);
  }
}
