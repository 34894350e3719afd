import {csvLine, textOf} from "../csv.ts";
import {siteOf} from "../sites/sites.ts";
import type {WaterDay} from "../water/files.ts";
import type {WaterMeter} from "../water/meters.ts";

/** What an energy bureau's system writes of loggers: a record of site, meter and channel, then one of each day, m3 by half-hours of the wall clock. */
export function printWaterDays(
  meters: readonly {readonly meter: WaterMeter; readonly days: readonly WaterDay[]}[]
): string {
  const lines = meters.flatMap(({meter, days}) => [
    csvLine(["SIT:<name>", siteOf(meter.siteId).name]),
    csvLine(["MET:<name>", meter.serial]),
    csvLine(["CHN:<channelID>", meter.spid]),
    ...days.map(({date, m3}) =>
      csvLine(["PCH:", date.split("-").reverse().join("/"), 0, ...m3.map(volume => volume ?? "")])
    ),
    "COM:"
  ]);
  return textOf(lines, "\r\n");
}
