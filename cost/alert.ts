import { at } from "../model";
import type { Alert, AlertTopic, Dashboard, ReadPart } from "../model";
import { costAssumptions } from "./assumptions";
import { Bill, type Context, steady } from "./bill";

/** An alarm is billed by its metrics: a math alarm bills each; periods under a minute are high resolution. A rule of Prometheus is not. */
export function billAlert(bill: Bill, part: ReadPart<Alert>): void {
  const runtime = at(part, "runtime", "kind");
  if (runtime.known && runtime.value !== "cloudwatch") return;
  const region = bill.value<string>(part, "alarm-metric-month", "region");
  const metrics = bill.value<number>(part, "alarm-metric-month", "metrics");
  const period = bill.value<number>(part, "alarm-metric-month", "periodSeconds");
  if (region === undefined || metrics === undefined || period === undefined) return;
  bill.add(
    part.key,
    region,
    period < 60 ? "alarm-metric-high-resolution-month" : "alarm-metric-month",
    steady(metrics),
  );
}

/**
 * A topic costs nothing while nothing is sent: the first million publishes, 100,000 calls of HTTPS and 1,000 e-mails of a month
 * are free. One that nines builds has a key of its own; whether another's has one no Part says.
 */
export function billAlertTopic(bill: Bill, part: ReadPart<AlertTopic>, { planned }: Context): void {
  const region = bill.value<string>(part, "sns-email-100000", "region");
  if (region === undefined) return;
  bill.add(part.key, region, "sns-email-100000", steady(costAssumptions.emailsPerMonth.value / 100_000), true);
  const { publishesPerMonth } = costAssumptions;
  bill.addSmall(part.key, region, "sns-publish-million", steady(publishesPerMonth.value / 1e6));
  const subscriptions = at(part, "subscriptions");
  const called =
    subscriptions.known &&
    (subscriptions.value as readonly { readonly protocol?: unknown }[]).some(({ protocol }) => protocol === "https");
  if (called) bill.addSmall(part.key, region, "sns-https-100000", steady(publishesPerMonth.value / 100_000));
  if (planned.has(part.key)) bill.add(part.key, region, "kms-key-month", steady(1));
}

export function billDashboard(bill: Bill, part: ReadPart<Dashboard>): void {
  const region = bill.value<string>(part, "dashboard-month", "region");
  if (region !== undefined) bill.add(part.key, region, "dashboard-month", steady(1));
}
