import { isList, isRecord, isUnknown, type Properties, type Value } from "./values";

/** Something that AWS refuses, in the words of the reference that was read, and inputs on both sides of it. */
export interface Refusal {
  /** A piece of a bullet of the AWS reference, as it stands there. */
  readonly quote: string;
  /** Its section there. */
  readonly section: string;
  readonly type: string;
  /** The rule that says the same before the deploy: `deployable/<rule>`. null: none does. */
  readonly rule: string | null;
  readonly refuses: (inputs: Properties) => boolean;
  /** On the last good value, and on the first bad one. */
  readonly accepted: readonly Properties[];
  readonly refused: readonly Properties[];
}

type Common = Pick<Refusal, "quote" | "section" | "type" | "rule"> & {
  /** Inputs without which the matter does not arise. */
  readonly with?: Properties;
};

/** The values at a path; `[]` goes through a list, `{}` into a document that stands as text. */
export function valuesAt(inputs: Properties, path: string): readonly Value[] {
  let here: readonly Value[] = [inputs];
  for (const step of path.split(".")) {
    const name = step.replace(/\[\]|\{\}/g, "");
    here = here.flatMap((value) => {
      const inner = isRecord(value) ? value[name] : undefined;
      if (inner === undefined || inner === null || isUnknown(inner)) return [];
      const read = step.includes("{}") && typeof inner === "string" ? (JSON.parse(inner) as Value) : inner;
      return step.includes("[]") ? (isList(read) ? read : [read]) : [read];
    });
  }
  return here.filter((value) => !isUnknown(value));
}

/** Inputs with a value at a path. */
export function put(inputs: Properties, path: string, value: Value): Properties {
  const [step = "", ...rest] = path.split(".");
  const name = step.replace(/\[\]|\{\}/g, "");
  const before = inputs[name];
  const text = step.includes("{}");
  const many = step.includes("[]");
  const opened: Value | undefined = text && typeof before === "string" ? (JSON.parse(before) as Value) : before;
  const [first] = many && isList(opened) ? opened : [opened];
  const inner = rest.length === 0 ? value : put(isRecord(first) ? first : {}, rest.join("."), value);
  const closed = many ? [inner] : inner;
  return { ...inputs, [name]: text ? JSON.stringify(closed) : closed };
}

const numberOf = (value: Value): number => (typeof value === "boolean" ? Number.NaN : Number(value));

/** A number with a least and a most. */
export function between(
  common: Common,
  path: string,
  least: number,
  most: number | null,
  also: readonly number[] = [],
): Refusal {
  const fine = (value: number): boolean => also.includes(value) || (value >= least && (most === null || value <= most));
  const at = (value: number): Properties => put(common.with ?? {}, path, value);
  return {
    ...common,
    refuses: (inputs) => valuesAt(inputs, path).some((value) => !fine(numberOf(value))),
    accepted: [least, ...(most === null ? [] : [most]), ...also].map(at),
    refused: [least - 1, ...(most === null ? [] : [most + 1])].filter((value) => !fine(value)).map(at),
  };
}

/** One of a few words, to the letter. */
export function oneOf(common: Common, path: string, words: readonly string[], wrong: readonly string[]): Refusal {
  const at = (value: string): Properties => put(common.with ?? {}, path, value);
  return {
    ...common,
    refuses: (inputs) => valuesAt(inputs, path).some((value) => !words.includes(String(value))),
    accepted: words.map(at),
    refused: wrong.map(at),
  };
}

/** A text of a form. */
export function formed(
  common: Common,
  path: string,
  form: RegExp,
  good: readonly string[],
  bad: readonly string[],
): Refusal {
  const at = (value: string): Properties => put(common.with ?? {}, path, value);
  return {
    ...common,
    refuses: (inputs) => valuesAt(inputs, path).some((value) => !form.test(String(value))),
    accepted: good.map(at),
    refused: bad.map(at),
  };
}

/** A list that is not too long. */
export function atMost(common: Common, path: string, most: number, item: (index: number) => Value): Refusal {
  const of = (length: number): Properties =>
    put(
      common.with ?? {},
      path,
      Array.from({ length }, (_, index) => item(index)),
    );
  return {
    ...common,
    refuses: (inputs) => valuesAt(inputs, path).some((value) => isList(value) && value.length > most),
    accepted: [of(most)],
    refused: [of(most + 1)],
  };
}
