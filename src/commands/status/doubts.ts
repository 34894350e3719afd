import {inert} from "../../effects.ts";
import type {Doubt} from "../../models/marts/doubts.ts";
import {daysText} from "../../wording/dates.ts";
import {foundText, pictureText} from "../../wording/doubts.ts";
import {sparkline} from "../../wording/sparkline.ts";

/** A doubt in a line: which meter, which days, what is found. */
export function doubtText(doubt: Doubt): string {
  const {meter_point_id, meter_key, site_name, first_date, last_date, file_name} = doubt;
  const place = site_name === null ? "" : ` (${inert(site_name)})`;
  const what = doubt.outcome === "noted" ? "" : "Doubtful, kept but not counted: ";
  return `${what}${inert(meter_point_id ?? meter_key)}${place}, ${daysText(first_date, last_date)}: ${foundText(doubt)}. In ${inert(file_name)}`;
}

/** The days around it, or the half-hours of its day, in a line: what is doubted stands in brackets. */
export function pictureLine(doubt: Doubt): string {
  const bars = doubt.picture.map((value, index) => ({value, isMarked: doubt.is_doubted_in_picture[index] ?? false}));
  return `${sparkline(bars)}  ${pictureText(doubt.picture_of)}`;
}

const iso = (date: Date) => date.toISOString().slice(0, 10);

/** The commands that settle a doubt. */
export function settlingLines({load_id, meter_key, first_date, last_date}: Doubt): string[] {
  const name = /^[\w.:-]+$/.test(meter_key) ? meter_key : `"${inert(meter_key)}"`;
  const scope = `--meter-point ${name} --from ${iso(first_date)} --to ${iso(last_date)}`;
  return ["accept", "withdraw"].map(command => `canopy ${command} ${load_id} ${scope} --why "…"`);
}
