import type { Report } from "../../../model";
import { kept, ninesPreview } from "./nines";

/**
 * `nines preview --from` a document of the engine's says what nines records of the same stack, given these flags.
 * @returns What the document leaves undecided of it: rules and Parts, sorted
 */
export function saysWhatIsRecorded(
  run: Parameters<typeof ninesPreview>[0],
  document: string,
  ...flags: readonly string[]
): readonly string[] {
  const recorded = ninesPreview(run, ...flags);
  const form = ninesPreview({ ...run, stack: "" }, "--from", kept(run, "document.json", document));
  expect(form.stack).toBe(recorded.stack);
  expect(form.cost.perMonthUsd).toEqual(recorded.cost.perMonthUsd);
  expect(form.cost.unpriced).toEqual(recorded.cost.unpriced);
  expect(form.availability).toEqual(recorded.availability);
  expect(form.built.map(({ key }) => key)).toEqual(recorded.built.map(({ key }) => key));
  const [said, read] = [verdicts(recorded), verdicts(form)];
  const differing = [...new Set([...said.keys(), ...read.keys()])].filter((key) => read.get(key) !== said.get(key));
  const undecided = differing.filter((key) => read.get(key) === "undecided");
  expect(differing.filter((key) => !undecided.includes(key))).toEqual([]);
  return undecided.sort();
}

/** Worst verdict of each rule on each Part. */
function verdicts({ rules }: Report): ReadonlyMap<string, string> {
  const order = ["fail", "waived", "undecided", "pass"];
  const found = new Map<string, string>();
  for (const { id, part, verdict } of rules) {
    const key = `${id} ${part ?? ""}`;
    const known = found.get(key);
    if (known === undefined || order.indexOf(verdict) < order.indexOf(known)) found.set(key, verdict);
  }
  return found;
}
