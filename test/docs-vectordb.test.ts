import { readFileSync } from "node:fs";
import * as path from "node:path";
import { recoveriesOf } from "../availability/store-recovery";
import { certainPlan } from "../capacity";
import { asReading } from "../model";
import { configured, requestFor } from "./stacks";

test("docs/seeds/vectordb.md holds the recoveries that the functions give", () => {
  const planned = certainPlan(requestFor(configured("vectordb-prod", {})));
  if (!planned.ok) throw new Error("vectordb-prod plans");
  const [demand] = planned.plan.demand;
  const part = planned.plan.parts.find(({ key }) => key === demand?.part);
  if (demand === undefined || part === undefined) throw new Error("a store is planned");
  const page = readFileSync(path.join(__dirname, "../docs/seeds/vectordb.md"), "utf8");
  const cells = (row: string) =>
    page
      .split("\n")
      .find((line) => line.startsWith(`| ${row} |`))
      ?.split(" | ")
      .slice(3, 5);
  const worked = recoveriesOf(asReading(part), demand).map(({ rtoSeconds, rpoSeconds }) =>
    [Math.round(rtoSeconds), rpoSeconds].map(String),
  );
  expect(["Single Node Failure", "Leader Failure", "Cluster Failure", "Data Corruption"].map(cells)).toEqual(worked);
  // With an election the leader's volume is not waited for, and what had not reached the elected one is gone.
  const elected = { ...demand, store: { ...demand.store!, electionSeconds: 60 } };
  expect(recoveriesOf(asReading(part), elected)[1]).toMatchObject({ rtoSeconds: 60, rpoSeconds: 1 });
});
