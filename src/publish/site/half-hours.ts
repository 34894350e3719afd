import {z} from "zod";
import {siteHalfHourly} from "../../models/marts/site_half_hourly.ts";
import {readFromMarts} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";
import type {PublishedFile} from "../files.ts";
import type {SiteBuilding} from "./context.ts";

const seriesSchema = siteHalfHourly.row.pick({energy: true, quantity: true}).extend({
  from: z.string(),
  days: z.string(),
  estimated: z.string()
});

/**
 * Each energy of a building as text of JSON: its days from the first, each null or 48 half-hours of mean power in kW, null where it was not read, false where the
 * clocks leave it out; and beside it which of each day's were estimated.
 */
const seriesRows = `
  with days as (
    select
      energy, any_value(quantity) as quantity, settlement_date::date as day,
      map(list(clock_half_hour), list(coalesce(power_kw::varchar, 'null'))) as powers,
      coalesce(list(clock_half_hour order by clock_half_hour) filter (is_estimated and power_kw is not null), []) as estimated
    from marts.site_half_hourly
    where site_id = $1
    group by energy, settlement_date
    having count(power_kw) > 0
  ),
  every_day as (
    select s.energy, s.quantity, s.first_day, unnest(generate_series(s.first_day, s.last_day, interval 1 day))::date as day
    from (select energy, any_value(quantity) as quantity, min(day) as first_day, max(day) as last_day from days group by energy) s
  )
  select
    e.energy, e.quantity, e.first_day::varchar as from,
    '[' || string_agg(
      if(d.day is null, 'null', '[' || array_to_string(list_transform(range(48), slot -> coalesce(d.powers[slot], 'false')), ',') || ']'),
      ',' order by e.day
    ) || ']' as days,
    '[' || string_agg('[' || array_to_string(coalesce(d.estimated, []), ',') || ']', ',' order by e.day) || ']' as estimated
  from every_day e
  left join days d using (energy, day)
  group by e.energy, e.quantity, e.first_day
  order by e.energy`;

/** A file of half-hours, and the first day that it speaks of. */
export interface HalfHoursFile extends PublishedFile {
  readonly from: string;
}

/**
 * The half-hours of a building's last year as a script that hands them to the page, which asks for it only when a day is opened: a script, so that it works from a
 * folder of one's own machine too. Null where none is held, or none may be shown.
 */
export async function halfHoursFile(
  connection: Connection,
  {siteId, page}: SiteBuilding
): Promise<HalfHoursFile | null> {
  const series = await readFromMarts(connection, seriesSchema, seriesRows, [siteId]);
  if (series.length === 0) return null;
  const texts = series.map(
    ({energy, quantity, from, days, estimated}) =>
      `{"energy":"${energy}","quantity":"${quantity}","from":"${from}","days":${days},"estimated":${estimated}}`
  );
  return {
    from: series.map(({from}) => from).sort()[0] ?? "",
    path: `site/${page}-half-hours.js`,
    bytes: new TextEncoder().encode(`window.halfHoursOfBuilding = [${texts.join(",\n")}];\n`)
  };
}
