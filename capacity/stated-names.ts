import { nearest, type DemandFile, type PartKind, type Path, type ReadPart } from "../model";
import { serviceLevelOf } from "../availability";

/** What is wrong with one value of a demand file. */
export interface StatedSlip {
  readonly path: Path;
  readonly given: unknown;
  readonly allowed: string;
  readonly fix: string;
}

/** The Parts that a demand file names. */
export interface NamedParts {
  /** Replica group, or store, by the name of its workload in the file. */
  readonly groups: ReadonlyMap<string, ReadPart>;
  /** Part by what a call names. */
  readonly callees: ReadonlyMap<string, ReadPart>;
  /** Workloads of the file that another one calls. */
  readonly called: ReadonlySet<string>;
  /** Workloads of the file that this one calls. */
  readonly calledBy: (workload: string) => readonly string[];
  /** The workload of the file that a call names; undefined: it calls something else. */
  readonly workloadOf: (callee: string) => string | undefined;
  /** Names of replica groups and stores. */
  readonly known: readonly string[];
  readonly slips: readonly StatedSlip[];
}

/** What can be called besides a replica group. */
const callable: ReadonlySet<PartKind> = new Set<PartKind>([
  "replica-group",
  "store",
  "redis-cache",
  "database",
  "table",
  "queue",
  "bucket",
  "function",
  "search",
  "broker",
  "file-system",
]);

/** Finds each name among the Parts: a workload's word, `kind/word`, or a whole key. */
export function namedParts(file: DemandFile, parts: readonly ReadPart[]): NamedParts {
  const slips: StatedSlip[] = [];
  const groupsThere = parts.filter(isStated);
  const callablesThere = parts.filter((part) => callable.has(part.kind));
  const groups = new Map<string, ReadPart>();
  const callees = new Map<string, ReadPart>();
  for (const name of Object.keys(file.workloads)) {
    const found = named(name, groupsThere);
    if (found.length === 1 && found[0] !== undefined) groups.set(name, found[0]);
    else {
      const other = named(name, parts)[0];
      const said =
        found.length > 1
          ? several(found)
          : other !== undefined
            ? {
                allowed: `a replica group or a store; ${name} is a ${other.kind.replaceAll("-", " ")}`,
                fix: "name it in the calls of the workload that uses it",
              }
            : unknownName(name, namesOf(groupsThere));
      slips.push({ path: ["workloads", name], given: name, ...said });
    }
  }
  const byPart = new Map([...groups].map(([name, part]) => [part.key, name]));
  const twice = [...groups].filter(([name, part]) => byPart.get(part.key) !== name);
  for (const [name, part] of twice)
    slips.push({
      path: ["workloads", name],
      given: name,
      allowed: `${byPart.get(part.key) ?? ""} is the same ${part.kind.replaceAll("-", " ")}`,
      fix: "keep one of the two",
    });
  for (const [name, { calls }] of Object.entries(file.workloads)) {
    for (const [callee, call] of Object.entries(calls ?? {})) {
      const path = ["workloads", name, "calls", callee];
      const found = named(callee, callablesThere);
      const [part] = found;
      if (part === undefined) slips.push({ path, given: callee, ...unknownName(callee, namesOf(callablesThere)) });
      else if (found.length > 1) slips.push({ path, given: callee, ...several(found) });
      else {
        callees.set(callee, part);
        const unstated = isStated(part) && !byPart.has(part.key);
        if (unstated && (part.kind === "replica-group" || call.required !== false))
          slips.push({
            path,
            given: callee,
            allowed: "a workload of this file",
            fix: `state ${callee} below workloads too${part.kind === "store" ? ", or say required: false" : ""}`,
          });
        else if (call.required !== false && !hasRate(part))
          slips.push({
            path: [...path, "required"],
            given: call.required,
            allowed: `false: no rate is known at which a ${part.kind.replaceAll("-", " ")} like this fails, so it cannot be counted`,
            fix: "required: false leaves it out of the availability",
          });
      }
    }
  }
  const workloadOf = (callee: string): string | undefined => {
    const part = callees.get(callee);
    return part === undefined ? undefined : byPart.get(part.key);
  };
  const calledBy = (workload: string): readonly string[] =>
    Object.keys(file.workloads[workload]?.calls ?? {}).flatMap((callee) => workloadOf(callee) ?? []);
  return {
    groups,
    callees,
    called: new Set([...groups.keys()].flatMap(calledBy)),
    calledBy,
    workloadOf,
    known: namesOf(groupsThere),
    slips,
  };
}

/** What the file itself says the load of. */
function isStated({ kind }: ReadPart): boolean {
  return kind === "replica-group" || kind === "store";
}

function hasRate(part: ReadPart): boolean {
  return isStated(part) || part.kind === "redis-cache" || serviceLevelOf(part) !== undefined;
}

function named(name: string, parts: readonly ReadPart[]): readonly ReadPart[] {
  return parts.filter(({ key, kind, workload }) => key === name || workload === name || `${kind}/${workload}` === name);
}

/** The shortest name of each that no other has. */
export function namesOf(parts: readonly ReadPart[]): readonly string[] {
  return parts.map((part) => {
    const { key, kind, workload } = part;
    const short = [workload, `${kind}/${workload}`].find((name) => named(name, parts).length === 1);
    return short ?? key;
  });
}

function several(found: readonly ReadPart[]): Pick<StatedSlip, "allowed" | "fix"> {
  return {
    allowed: `it is the name of ${found.length}: ${namesOf(found).join(", ")}`,
    fix: `write ${namesOf(found)[0] ?? ""}`,
  };
}

/** Said of a name that is nobody's. */
function unknownName(given: string, known: readonly string[]): Pick<StatedSlip, "allowed" | "fix"> {
  const near = nearest(given, known);
  return {
    allowed: known.length === 0 ? "no such Part was found" : `one of ${known.join(", ")}`,
    fix:
      near !== undefined
        ? `did you mean ${near}?`
        : known.length === 0
          ? "leave it out, or read what it is in too"
          : "take a name of this list",
  };
}
