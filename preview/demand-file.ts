import { statedBasis, statedPlaces } from "../capacity";
import {
  MistakesError,
  asWritten,
  printable,
  type Basis,
  type DemandFile,
  type Mistake,
  type Path,
  type ReadPart,
  type Target,
} from "../model";
import { firstLine } from "./problem";
import { yamlDocument } from "./yaml-document";

/** A demand file that was read; of a program's Parts it makes what they must carry. */
export interface Demand {
  /** What is wrong with the file itself: where there is anything, no report can be made, and the Parts are asked only for more of it. */
  readonly mistakes: readonly Mistake[];
  /** @throws MistakesError: every mistake, those that only the Parts show among them */
  readonly basisOf: (parts: readonly ReadPart[], target: Target) => Basis;
  /** The Parts with where they stand, as far as the file says it and no resource does. */
  readonly placed: (parts: readonly ReadPart[]) => readonly ReadPart[];
}

/**
 * Reads a demand file.
 * @param file Its name, for a person.
 * @throws MistakesError: every mistake at once
 */
export async function readDemand(file: string, text: string): Promise<Demand> {
  const yaml = document(text);
  if (!yaml.ok) throw new MistakesError(yaml.slips.map((slip) => ({ stack: "", file, ...slip })));
  const { content, locate } = yaml;
  const mistake = (path: Path, given: unknown, allowed: string, fix: string): Mistake => ({
    stack: "",
    file,
    ...locate(path.map(String)),
    key: keyOf(path),
    given: given === null ? undefined : printable(given),
    allowed,
    fix,
  });
  const { demandFileSchema, repaired, salvagedDemand, slips } = await import("../model/schema");
  const filled = withoutBlanks(content);
  const parsed = demandFileSchema.safeParse(filled);
  if (parsed.success) return demandOf(parsed.data, [], mistake);
  const { value, respelt, stages } = repaired(demandFileSchema, filled);
  const told = (path: Path, given: unknown, allowed: string, fix: string): Mistake =>
    mistake(asWritten(path, respelt), given, allowed, fix);
  const own = [
    ...slips(parsed.error.issues, content, keyOf),
    ...stages.flatMap((stage) => {
      const again = demandFileSchema.safeParse(stage);
      return again.success ? [] : slips(again.error.issues, stage, keyOf);
    }),
  ].map(({ path, given, allowed, fix }) => told(path, given, allowed, fix));
  return demandOf(salvagedDemand(value), unlike(own), told);
}

/** @param own what is wrong with the file itself; then every use of it tells that, and what the Parts show besides */
function demandOf(
  demand: DemandFile,
  own: readonly Mistake[],
  mistake: (path: Path, given: unknown, allowed: string, fix: string) => Mistake,
): Demand {
  return {
    mistakes: own,
    placed: (parts) => statedPlaces(demand, parts),
    basisOf: (parts, target) => {
      const stated = statedBasis(demand, parts, target);
      const late = stated.ok
        ? []
        : stated.slips.map(({ path, given, allowed, fix }) => mistake(path, given, allowed, fix));
      if (stated.ok && own.length === 0) return stated.basis;
      // What seems to be missing may be there, and could not be read.
      const there = (mistake: Mistake): boolean =>
        mistake.given === undefined && own.some(({ key }) => key.startsWith(`${mistake.key}.`));
      throw new MistakesError(unlike([...own, ...late.filter((each) => !there(each))]));
    },
  };
}

/** The first of each key; of a key that is misspelt its value may be wrong as well. */
function unlike(mistakes: readonly Mistake[]): readonly Mistake[] {
  const told = new Set<string>();
  return mistakes.filter(({ key, allowed }) => {
    const word = allowed.startsWith("unknown key") ? `${key} unknown` : key;
    return !told.has(word) && told.add(word);
  });
}

function document(text: string): ReturnType<typeof yamlDocument> {
  try {
    return yamlDocument(text);
  } catch (error) {
    const slip = {
      key: "YAML",
      given: undefined,
      allowed: `this cannot be read: ${firstLine(error)}`,
      fix: "check the file",
    };
    return { ok: false, slips: [slip] };
  }
}

/** What the skeleton leaves to be filled in says nothing: null and an absent key are one. */
function withoutBlanks(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutBlanks);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutBlanks(inner)]),
  );
}

function keyOf(path: Path): string {
  return path.map((step, index) => (typeof step === "number" ? `[${step}]` : index === 0 ? step : `.${step}`)).join("");
}
