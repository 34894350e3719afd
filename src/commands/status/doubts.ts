import {inert} from "../../effects.ts";
import type {Doubt} from "../../models/marts/doubts.ts";
import {daysText} from "../../wording/dates.ts";
import {energyText, several} from "../../wording/numbers.ts";
import {sparkline} from "../../wording/sparkline.ts";

/** What a doubt of each kind says, after the meter and its days. */
const wordsOf: Readonly<Record<string, (doubt: Doubt) => string>> = {
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

/** A doubt in a line: which meter, which days, what is found. */
export function doubtText(doubt: Doubt): string {
  const {meter_point_id, meter_key, site_name, first_date, last_date, kind, file_name} = doubt;
  const place = site_name === null ? "" : ` (${inert(site_name)})`;
  const found = wordsOf[kind]?.(doubt) ?? kind;
  const what = doubt.outcome === "noted" ? "" : "Doubtful, kept but not counted: ";
  return `${what}${inert(meter_point_id ?? meter_key)}${place}, ${daysText(first_date, last_date)}: ${found}. In ${inert(file_name)}`;
}

/** The days around it, or the half-hours of its day, in a line: what is doubted stands in brackets. */
export function pictureText({picture, is_doubted_in_picture, kind}: Doubt): string {
  const bars = picture.map((value, index) => ({value, isMarked: is_doubted_in_picture[index] ?? false}));
  const what = ["spike", "lump", "frozen"].includes(kind) ? "the half-hours of its first day" : "the days around it";
  return `${sparkline(bars)}  ${what}`;
}

const iso = (date: Date) => date.toISOString().slice(0, 10);

/** The commands that settle a doubt. */
export function settlingLines({load_id, meter_key, first_date, last_date}: Doubt): string[] {
  const name = /^[\w.:-]+$/.test(meter_key) ? meter_key : `"${inert(meter_key)}"`;
  const scope = `--meter-point ${name} --from ${iso(first_date)} --to ${iso(last_date)}`;
  return ["accept", "withdraw"].map(command => `canopy ${command} ${load_id} ${scope} --why "…"`);
}
