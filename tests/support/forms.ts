import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import {Canopy} from "./canopy.ts";
import {type InventedMeter, makeDataFolder, mpans} from "./data-folder.ts";

/** What a council writes of a form, apart from what every layout needs. */
export const layoutOf = (name: string, parts: object) => ({
  name,
  description: "An invented form",
  evidence: "Invented for a test of what a layout can say.",
  feed: "estate-energy",
  date: {column: "Date", formats: ["%d/%m/%Y"]},
  shape: {rows: "day"},
  clock: "local-clock",
  unit: {is: "kWh"},
  ...parts
});

/** A council at work that has written this layout, and knows these meters. */
export async function councilWith(
  layouts: readonly object[],
  meters: readonly InventedMeter[] = mpans.map(id => ({id}))
): Promise<Canopy> {
  const folder = await makeDataFolder(meters);
  await mkdir(join(folder, "council", "layouts"));
  for (const layout of layouts as readonly {name: string}[])
    await writeFile(join(folder, "council", "layouts", `${layout.name}.json`), JSON.stringify(layout));
  return new Canopy(folder);
}

/** What landed of half-hours: meter, day, total, how many and how many of them estimated; `channel` where it is not import. */
export async function daysOf(canopy: Canopy): Promise<string[]> {
  const rows = await canopy.live<{said: string}>(
    `select meter_key || ' ' || settlement_date || ' ' || regexp_replace(round(list_sum(quantity), 3)::varchar, '\\.0$', '') || ' ' || unit || ' in ' || bit_count(present)
       || if(estimated = 0, '', ', ' || bit_count(estimated) || ' estimated') || if(channel = 'import', '', ' ' || channel) as said
     from raw.meter_days order by meter_key, channel, settlement_date`
  );
  return rows.map(({said}) => said);
}

/** What landed of longer times: meter, from and to in British local time, quantity. */
export async function periodsOf(canopy: Canopy): Promise<string[]> {
  const rows = await canopy.live<{said: string}>(
    `select meter_key || ' ' || strftime(local_time(starts_at), '%Y-%m-%d %H:%M') || ' to ' || strftime(local_time(ends_at), '%Y-%m-%d %H:%M')
       || ' ' || regexp_replace(quantity::double::varchar, '\\.0$', '') || ' ' || unit || if(is_estimated, ' estimated', '') || if(channel = 'import', '', ' ' || channel) as said
     from raw.periods order by meter_key, channel, starts_at`
  );
  return rows.map(({said}) => said);
}

/** What became of a file, in short. */
export const outcomeOf = ({outcome, reason, rows_landed, rows_rejected, rows_dropped}: LoadRecord) =>
  outcome === "refused"
    ? `refused: ${reason}`
    : `${rows_landed} landed, ${rows_rejected} rejected, ${rows_dropped} skipped`;

/** Minutes since midnight as a clock shows them. */
export const clock = (minutes: number) =>
  `${String(Math.trunc(minutes / 60) % 24).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

/** Labels of a day, so many minutes apart, from the first. */
export const labelsOf = (step: number, first = 0) =>
  Array.from({length: 1440 / step}, (_, index) => clock(first + index * step));

/** Half-hour n (from 1) of a day that is busy from 08:00 to 18:00: 1.5 at night, 4 when busy, a little more at each. 48 of them are 123.5. */
export const busy = (n: number) => (n > 16 && n <= 36 ? 4 : 1.5) + (n % 2) * 0.0625;

/** All of a day, times so much. */
export const busyDay = (times = 1) => Array.from({length: 48}, (_, index) => busy(index + 1) * times);

export const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
