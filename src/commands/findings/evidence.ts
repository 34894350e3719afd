import {writeFile} from "node:fs/promises";
import {z} from "zod";
import type {Config} from "../../council/config.ts";
import {toCsv} from "../../domain/csv.ts";
import {inert} from "../../effects.ts";
import {CliError} from "../../errors.ts";
import {readFigures} from "../../figures/index.ts";
import type {Finding} from "../../models/marts/findings.ts";
import {readFromMarts} from "../../models/read-mart.ts";
import type {Connection} from "../../warehouse/connection.ts";
import {withPublished} from "../../warehouse/published.ts";
import {dateText} from "../../wording/dates.ts";
import {findingSays} from "../../wording/findings.ts";
import {plain, several} from "../../wording/numbers.ts";
import {label} from "../../wording/report.ts";
import {drawInto} from "../figure/figure.ts";

/** How much of the days since a finding began is held, in half-hours of meters. */
const heldSchema = z.object({
  since: z.date(),
  expected: z.int(),
  present: z.int(),
  estimated: z.int(),
  days_with_gaps: z.int()
});
export type Held = z.infer<typeof heldSchema>;

/** What is held of a site and energy since this day; null where nothing is expected of it. */
export async function readHeld(
  connection: Connection,
  {site_id, energy, since}: Pick<Finding, "site_id" | "energy" | "since">
): Promise<Held | null> {
  if (site_id === null || energy === null || since === null) return null;
  const [held] = await readFromMarts(
    connection,
    heldSchema.extend({expected: z.int().nullable()}),
    `select $3::date::timestamp_ms as since, sum(expected_half_hours)::integer as expected, coalesce(sum(present_half_hours), 0)::integer as present,
      coalesce(sum(estimated_half_hours), 0)::integer as estimated,
      count(*) filter (present_half_hours < expected_half_hours)::integer as days_with_gaps
    from (
      select site_id, energy, settlement_date, expected_half_hours, present_half_hours, estimated_half_hours from marts.site_energy_daily
      union all
      select site_id, 'heat', settlement_date, expected_half_hours, present_half_hours, estimated_half_hours from marts.site_heat_daily
    )
    where site_id = $1 and energy = $2 and settlement_date >= $3::date`,
    [site_id, energy, since.toISOString().slice(0, 10)]
  );
  return held === undefined || held.expected === null ? null : {...held, expected: held.expected};
}

export function heldText(held: Held | null): string | null {
  if (held === null) return null;
  const {expected, present, estimated, days_with_gaps, since} = held;
  const gaps = days_with_gaps === 0 ? "" : `, ${several(days_with_gaps, "day")} with gaps`;
  const guessed = estimated === 0 ? "none estimated" : `${plain(estimated)} estimated`;
  return `${plain(present)} of ${plain(expected)} half-hours since ${dateText(since)}${gaps}, ${guessed}`;
}

/** How many days before a finding began its half-hours are written from, so that there is something to compare with. */
const daysBefore = 28;

/** Writes the half-hours behind a finding as CSV: those since it began and four weeks before. */
export async function writeHalfHours(
  config: Config,
  {site_id, energy, since, finding_id}: Finding,
  file: string
): Promise<string[]> {
  if (site_id === null || energy === null || since === null)
    throw new CliError(`no half-hours are behind ${finding_id}`, {exitCode: 2});
  const rows = await withPublished(config.dataFolder, connection =>
    connection.rows<Record<string, unknown>>(
      `select site_id, energy, quantity, strftime(settlement_date, '%Y-%m-%d') as day,
        format('{:02d}:{:02d}', clock_half_hour // 2, clock_half_hour % 2 * 30) as from_time, power_kw, is_estimated
      from marts.site_half_hourly
      where site_id = $1 and energy = $2 and settlement_date >= $3::date - ${daysBefore}
      order by settlement_date, clock_half_hour`,
      [site_id, energy, since.toISOString().slice(0, 10)]
    )
  );
  const columns = ["site_id", "energy", "quantity", "day", "from_time", "power_kw", "is_estimated"];
  await writeFile(
    file,
    toCsv(
      columns,
      rows.map(row => columns.map(column => row[column]))
    )
  );
  return [label("Written", inert(`${file}: ${several(rows.length, "half-hour")}`))];
}

/** Draws the figure that shows a finding of this kind. */
export async function drawFinding(config: Config, finding: Finding, file: string): Promise<string[]> {
  const figure = (await readFigures()).find(({definition}) => definition.shows?.includes(finding.kind));
  if (figure === undefined || finding.site_id === null)
    throw new CliError(`no figure shows this: ${findingSays(finding)}`, {exitCode: 2});
  return drawInto(
    config,
    figure,
    {siteId: finding.site_id, energy: finding.energy},
    {theme: "light", width: 960, out: file, of: finding.site_name}
  );
}
