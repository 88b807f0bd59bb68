import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { rules } from "../../policies";

const root = join(__dirname, "../..");
const page = readFileSync(join(root, "docs/limits.md"), "utf8");
const rows = page.split("\n").flatMap((line) => {
  const match = /^\| (\d\.\d\.\d+) \| (.+) \| (.+) \|$/.exec(line);
  return match ? [{ fact: match[1] ?? "", says: match[2] ?? "", answer: match[3] ?? "" }] : [];
});
const outOfReach = [...page.matchAll(/^- (\d\.\d\.\d+): (.+)$/gm)].map((match) => match[1] ?? "");

/** Facts of each topic, as counted where they were collected. */
const facts: Readonly<Record<string, number>> = { "1.0": 10, "1.1": 9, "1.2": 14, "1.3": 2, "1.4": 11, "1.7": 5 };

test("every fact is there, in the table or out of reach, and none is invented", () => {
  const expected = Object.entries(facts).flatMap(([topic, number]) =>
    Array.from({ length: number }, (_, index) => `${topic}.${index + 1}`),
  );
  expect([...new Set([...rows.map(({ fact }) => fact), ...outOfReach])].sort()).toEqual(expected.sort());
  expect(page).toContain(`${expected.length} facts in six topics`);
  for (const [topic, number] of Object.entries(facts)) expect(page).toContain(`${topic}: ${number}`);
});

test("every row answers with a rule that exists, or with the type or test that forbids it", () => {
  const ids = new Set(rules.map(({ id }) => id));
  for (const { fact, answer } of rows) {
    const quoted = [...answer.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
    if (answer.startsWith("cannot be produced")) {
      const files = quoted.filter((word) => /\.ts$/.test(word));
      expect([fact, files.length]).not.toEqual([fact, 0]);
      for (const file of files) expect([fact, file, existsSync(join(root, file))]).toEqual([fact, file, true]);
    } else {
      expect([fact, quoted.filter((word) => !ids.has(word))]).toEqual([fact, []]);
      expect(quoted.length).toBeGreaterThan(0);
    }
  }
});

test("every rule about a limit is on the page", () => {
  const named = new Set([...page.matchAll(/`(deployable\/[a-z-]+)`/g)].map((match) => match[1]));
  expect(rules.map(({ id }) => id).filter((id) => id.startsWith("deployable/") && !named.has(id))).toEqual([]);
});
