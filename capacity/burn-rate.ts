import { above, atLeast, properShare } from "../model/argument";
import type { BurnWindow } from "../model";

/**
 * How many times faster than allowed errors come when `budgetShare` of the error budget of a period is spent within a window:
 * share x period / window. 2 % of 30 days' budget in an hour is 14.4; at 28 days the same share is 13.44.
 * @param question budgetShare: between 0 and 1; windowHours: above 0; periodDays: above 0, @default 30
 * @throws RangeError that names the argument
 */
export function burnRate(question: {
  readonly budgetShare: number;
  readonly windowHours: number;
  readonly periodDays?: number;
}): number {
  const share = properShare("budgetShare", question.budgetShare);
  const window = above("windowHours", question.windowHours, 0);
  const period = above("periodDays", question.periodDays ?? 30, 0);
  return (share * period * 24) / window;
}

/** Share of the budget, and the two windows in which it goes: the short one is a twelfth, and ends the alert soon after the errors. */
const shares = [
  { severity: "page", budgetShare: 0.02, longSeconds: 3_600 },
  { severity: "page", budgetShare: 0.05, longSeconds: 6 * 3_600 },
  { severity: "ticket", budgetShare: 0.1, longSeconds: 24 * 3_600 },
  { severity: "ticket", budgetShare: 0.1, longSeconds: 72 * 3_600 },
] as const;

/**
 * Windows of the SRE workbook (Alerting on SLOs, table 5-8) and Sloth's third: 2 % of the budget in an hour and 5 % in six page, 10 % in
 * a day or in three makes a ticket. At 30 days their factors are 14.4, 6, 3 and 1.
 * @param periodDays at least 7: in a shorter one three days are no small part
 * @throws RangeError that names the argument
 */
export function burnWindows(periodDays: number): readonly BurnWindow[] {
  atLeast("periodDays", periodDays, 7);
  return shares.map(({ severity, budgetShare, longSeconds }) => ({
    severity,
    shortSeconds: longSeconds / 12,
    longSeconds,
    factor: Number(burnRate({ budgetShare, windowHours: longSeconds / 3_600, periodDays }).toPrecision(12)),
  }));
}
