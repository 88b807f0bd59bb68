import { above, properShare } from "../model/argument";

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
