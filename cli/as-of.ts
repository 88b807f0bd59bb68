import { InvalidArgumentError } from "commander";

/** Today, the only clock that is read: everything below takes the date as an argument. */
export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A date of the form YYYY-MM-DD that the calendar has. */
export function asOf(text: string): string {
  const date = new Date(`${text}T00:00:00Z`);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text))
    return text;
  throw new InvalidArgumentError("needs a date such as 2026-08-17");
}
