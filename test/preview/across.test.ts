import { asReading, type BalancerRoute, type Report } from "../../model";
import { acrossStacks } from "../../preview/across";
import { across } from "../../preview/workings";
import { route } from "../policies/fixture";
import { aReport } from "./a-report";

const RULE = "listener-rules-apart";

const stack = (name: string, ...routes: readonly BalancerRoute[]): Report => ({
  ...aReport(),
  stack: name,
  built: routes.map((each) => asReading(each)),
  rules: [
    { id: "first", severity: "advisory", part: null, verdict: "pass", message: "", fix: "" },
    { id: RULE, severity: "mandatory", part: route().key, verdict: "pass", message: "alone", fix: "" },
    { id: "last", severity: "advisory", part: null, verdict: "pass", message: "", fix: "" },
  ],
});
const verdicts = (reports: readonly Report[]) =>
  acrossStacks(reports, across).map(({ rules }) => rules.map(({ id, verdict }) => `${id} ${verdict}`));

test("two stacks with one priority on one listener both fail, each naming the other", () => {
  const judged = acrossStacks([stack("one", route()), stack("two", route({ hosts: ["two.example.com"] }))], across);
  expect(judged.map(({ rules }) => rules.map(({ id, verdict }) => `${id} ${verdict}`))).toEqual([
    ["first pass", `${RULE} fail`, "last pass"],
    ["first pass", `${RULE} fail`, "last pass"],
  ]);
  expect(judged.map(({ rules }) => rules[1]?.message)).toEqual([
    "priority 100 on the listener, as balancer-route/web/us-east-1 of stack two",
    "priority 100 on the listener, as balancer-route/web/us-east-1 of stack one",
  ]);
});

test("stacks that keep apart pass; one whose listener comes from another program is undecided only where it may clash", () => {
  const apart = route({ priority: 101, hosts: ["two.example.com"] });
  const fine = ["first pass", `${RULE} pass`, "last pass"];
  const open = ["first pass", `${RULE} undecided`, "last pass"];
  expect(verdicts([stack("one", route()), stack("two", apart)])).toEqual([fine, fine]);
  expect(verdicts([stack("one", route()), stack("two", { ...apart, listener: null })])).toEqual([fine, fine]);
  expect(verdicts([stack("one", route()), stack("two", { ...apart, priority: 100, listener: null })])).toEqual([
    open,
    open,
  ]);
});

test("a stack alone, or beside stacks without such rules, is left as it was judged", () => {
  const reports = [stack("one", route()), stack("two")];
  expect(acrossStacks(reports, across)).toBe(reports);
});
