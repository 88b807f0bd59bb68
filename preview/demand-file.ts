import { statedBasis, statedPlaces } from "../capacity";
import {
  MistakesError,
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
  /** @throws MistakesError: every mistake that only the Parts show */
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
  const { demandFileSchema, slips } = await import("../model/schema");
  const parsed = demandFileSchema.safeParse(withoutBlanks(content));
  if (!parsed.success) {
    const all = slips(parsed.error.issues, content, keyOf);
    throw new MistakesError(all.map(({ path, given, allowed, fix }) => mistake(path, given, allowed, fix)));
  }
  const demand: DemandFile = parsed.data;
  return {
    placed: (parts) => statedPlaces(demand, parts),
    basisOf: (parts, target) => {
      const stated = statedBasis(demand, parts, target);
      if (stated.ok) return stated.basis;
      throw new MistakesError(stated.slips.map(({ path, given, allowed, fix }) => mistake(path, given, allowed, fix)));
    },
  };
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
