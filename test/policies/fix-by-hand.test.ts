import { judge } from "../../policies";
import { cases } from "./rule-cases";

/** Words of nines' own configuration: in another's program nobody can set them. */
const own = /environment prod|in the environment|network\.nat|transform|minReplicas|quotas\.|logDays|alerts\.emails/;

test("no fix for a program that nines did not plan speaks of nines' own configuration", () => {
  const said = cases.flatMap(([, failing]) => judge({ ...failing, plan: null }).map(({ id, fix }) => `${id}: ${fix}`));
  expect(said.length).toBeGreaterThan(cases.length);
  expect([...new Set(said)].filter((fix) => own.test(fix))).toEqual([]);
});
