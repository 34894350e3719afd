import {z} from "zod";
import {readFromMarts} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";

/** Every meter number that is known, and how the public site shows it: no two alike. */
export interface ShownMeters {
  readonly shown: ReadonlyMap<string, string>;
  /** Those whose names hold anything but letters and digits. */
  readonly odd: readonly string[];
}

/** Where no meter number is cut. */
export const noMeters: ShownMeters = {shown: new Map(), odd: []};

/** A number of a meter has so many digits one after the other; what has fewer is a name that the council gave it. */
const isNumber = /\d{6}/;

const meterSchema = z.object({meter: z.string()});

/** Every name that a meter has in the marts. */
const everyMeter = `
  select distinct meter_point_id as meter from marts.meter_points
  union select meter_point_id from marts.meter_days
  union select meter_key from marts.held_meters
  union select meter_key from marts.doubts
  order by meter`;

/** The last four digits of each; of several that end alike, the later ones with their place among them. */
export async function readShownMeters(connection: Connection): Promise<ShownMeters> {
  const meters = await readFromMarts(connection, meterSchema, everyMeter);
  const ends = new Map<string, number>();
  const shown = new Map(
    meters.flatMap(({meter}) => {
      if (!isNumber.test(meter)) return [];
      const end = meter.slice(-4);
      const place = (ends.get(end) ?? 0) + 1;
      ends.set(end, place);
      return [[meter, place === 1 ? `…${end}` : `…${end} (${place})`] as const];
    })
  );
  return {shown, odd: [...shown.keys()].filter(meter => !/^[0-9A-Za-z]+$/.test(meter))};
}

/** A text in which every meter number is as the public site shows it. */
export function shownText(text: string, {shown, odd}: ShownMeters): string {
  if (shown.size === 0) return text;
  const words = text.replace(word, each => shown.get(each) ?? each);
  return odd.reduce((all, meter) => all.replaceAll(meter, shown.get(meter) ?? ""), words);
}

/** The first meter number that a text holds in full; null where it holds none. */
export function meterIn(text: string, {shown, odd}: ShownMeters): string | null {
  for (const [each] of text.matchAll(word)) if (shown.has(each)) return each;
  return odd.find(meter => text.includes(meter)) ?? null;
}

/** What may be a meter number: all letters and digits up to anything else. */
const word = /[0-9A-Za-z]{6,}/g;
