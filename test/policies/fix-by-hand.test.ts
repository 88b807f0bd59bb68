import { judge, type Subject } from "../../policies";
import { otherCases } from "./deployable-cases";
import { serviceCases } from "./deployable-service-cases";
import { rule, subject } from "./fixture";
import { cases } from "./rule-cases";

/** Words of nines' own configuration: in another's program nobody can set them. */
const own = /environment prod|in the environment|network\.nat|transform|minReplicas|logDays|alerts\.emails|nines:/;

const foreign = (fixes: readonly { readonly id: string; readonly fix: string }[]): readonly string[] =>
  [...new Set(fixes.map(({ id, fix }) => `${id}: ${fix}`))].filter((fix) => own.test(fix));

test("no fix for a program that nines did not plan speaks of nines' own configuration", () => {
  const said = cases.flatMap(([, failing]) => judge({ ...failing, plan: null }));
  expect(said.length).toBeGreaterThan(cases.length);
  expect(foreign(said)).toEqual([]);
});

test("nor does a fix of what a provider refuses", () => {
  const said = Object.entries({ ...serviceCases, ...otherCases }).flatMap(([id, programs]) =>
    programs.flatMap(([refused]) => {
      const stack: Subject = "graph" in refused ? refused : subject({ resources: refused });
      return judge({ ...stack, plan: null }, [rule(`deployable/${id}`)]).filter(({ verdict }) => verdict === "fail");
    }),
  );
  expect(said.length).toBeGreaterThan(100);
  expect(foreign(said)).toEqual([]);
});
