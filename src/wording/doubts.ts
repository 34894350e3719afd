import {energyText, several} from "./numbers.ts";

/** What was found of readings that are doubted or noted. */
export interface Found {
  readonly kind: string;
  readonly days: number;
  readonly half_hours: number;
  /** kWh: of a day, or of a half-hour where half-hours are doubted. */
  readonly found: number | null;
  readonly usual: number | null;
}

/** What a doubt of each kind says. */
const wordsOf: Readonly<Record<string, (found: Found) => string>> = {
  spike: ({half_hours, found, usual}) =>
    `${several(half_hours, "half-hour")} of up to ${kwh(found)}; the largest is usually ${kwh(usual)}`,
  lump: ({found, usual}) =>
    `${kwh(found)} in one half-hour after ${several(usual ?? 0, "half-hour")} that are missing: counted as one sum over both`,
  multiplied: ({found, usual}) => `${kwh(found)} a day where ${kwh(usual)} is usual: perhaps in another unit`,
  divided: ({found, usual}) => `${kwh(found)} a day where ${kwh(usual)} is usual: perhaps in another unit`,
  scaled: ({found, usual}) =>
    `${kwh(found)} a day where ${kwh(usual)} is usual, by the same by day and by night: perhaps kW and not kWh, or reactive`,
  beyond: ({found, usual}) =>
    `${kwh(found)} a day where ${kwh(usual)} is usual, with half-hours larger than it ever had: perhaps in another unit`,
  exchanged: () => "days that the file lacks stand elsewhere in it: day and month are perhaps exchanged",
  scattered: ({days}) => `${several(days, "lone day")} on one day of the month: day and month are perhaps exchanged`,
  revised: ({found, usual}) => `${kwh(found)} a day in place of ${kwh(usual)} that was held`,
  copied: () => "the very readings of other days",
  shifted: ({found}) => `the day begins ${(found ?? 0) > 0 ? "half an hour late" : "half an hour early"}`,
  day_late: () => "a Saturday like a working day: perhaps each day is a day early or late",
  zeros: ({usual}) => `zero all day where ${kwh(usual)} is usual`,
  frozen: ({half_hours, found}) => `the same value, ${kwh(found)}, in ${several(half_hours, "half-hour")} on end`,
  rising: () => "never falls: the readings of a counter, not what was used",
  benchmark: ({found, usual}) => `${kwh(found)} a day; a building of its kind and size uses about ${kwh(usual)}`
};

const kwh = (value: number | null) => (value === null ? "unknown" : energyText(value));

/** Why readings are doubted or noted, after the meter and its days. */
export const foundText = (found: Found): string => wordsOf[found.kind]?.(found) ?? found.kind;

/** What the picture of a doubt shows. */
export const pictureText = (of: "half-hours" | "days"): string =>
  of === "half-hours" ? "the half-hours of its first day" : "the days around it";
