import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import {columnsOf, type Layout} from "../../src/layouts/layout.ts";
import {readLayouts} from "../../src/layouts/library.ts";
import {bringAll} from "../support/bring-all.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {fileIn, readingsOf} from "../support/layout-files.ts";

/** Layouts that are unfolded first have files of their own kind, and tests of their own. */
const tables = [...(await readLayouts(null)).values()].filter(({unfold}) => unfold === undefined);

/** An ordinary day of winter and two of summer, the day of 46 half-hours and the day of 50. */
const dates = ["2026-01-14", "2026-06-10", "2026-06-11", "2026-03-29", "2026-10-25"];

/** Ten times the day's place in the list, and the number of the half-hour: n half-hours of day d make 10dn + n(n + 1)/2. */
const readings = readingsOf(dates, (day, period) => 10 * day + period);
const wholeDays = [
  {date: "2026-01-14", present: 48, total: 1656},
  {date: "2026-03-29", present: 46, total: 2921},
  {date: "2026-06-10", present: 48, total: 2136},
  {date: "2026-06-11", present: 48, total: 2616},
  {date: "2026-10-25", present: 50, total: 3775}
];

/** What 48 columns cannot show of the day of 50: the last two periods where they are numbered, else the second pass of 01:00 to 02:00. */
function expectedOf(layout: Layout) {
  const columns = columnsOf(layout).filter(({holds}) => holds === "quantity").length;
  if (layout.shape.rows === "reading" || layout.clock === "utc" || columns === 50) return wholeDays;
  const lost = layout.clock === "settlement-period" ? 50 + 49 + 50 + 50 : 50 + 5 + 50 + 6;
  return wholeDays.map(each => (each.present === 50 ? {...each, present: 48, total: each.total - lost} : each));
}

interface Landed {
  readonly load_id: number;
  readonly date: string;
  readonly present: number;
  readonly total: number;
  readonly unit: string;
  readonly channel: string;
  readonly estimated: number;
}

/** What became of each layout's file, and how many days and files there were before and after all came once more. */
let loads: ReadonlyMap<string, LoadRecord>;
let again: ReadonlyMap<string, LoadRecord>;
let landed: readonly Landed[];
let counts: readonly unknown[];
let leave = async () => {};

const count = (canopy: Canopy) =>
  canopy.live("select (select count(*) from raw.meter_days) as days, (select count(*) from ops.loads) as loads");

beforeAll(async () => {
  const folder = await makeDataFolder(undefined, undefined, finish => {
    leave = finish;
  });
  const canopy = new Canopy(folder);
  loads = await bringEach(canopy);
  const first = await count(canopy);
  again = await bringEach(canopy);
  counts = [first, await count(canopy)];
  landed = await canopy.live<Landed>(
    `select load_id, settlement_date::varchar as date, sum(bit_count(present))::integer as present, sum(list_sum(quantity)) as total,
       any_value(unit) as unit, any_value(channel) as channel, sum(bit_count(estimated))::integer as estimated
     from raw.meter_days group by all order by date`
  );
});
afterAll(() => leave());

/** A run for the files of each feed, and one for those that do not name their meter; by layout. */
async function bringEach(canopy: Canopy): Promise<Map<string, LoadRecord>> {
  const found: [string, LoadRecord][] = [];
  for (const feed of new Set(tables.map(each => each.feed)))
    for (const meterPoint of [null, "1600000000010"]) {
      const layouts = tables.filter(each => each.feed === feed && (each.meter === "given") === (meterPoint !== null));
      const files = new Map(layouts.map(layout => [`${layout.name}.csv`, fileIn(layout, readings).text]));
      if (files.size > 0) found.push(...(await bringAll(canopy, files, {feed, meterPoint})));
    }
  return new Map(found.map(([name, load]) => [name.replace(/\.csv$/, ""), load]));
}

describe.each(tables.map(layout => [layout.name, layout] as const))("%s", (name, layout) => {
  test("every half-hour that it has room for lands once, on days of 46, 48 and 50, and the file again changes nothing", () => {
    const load = loads.get(name);
    expect([load?.reason, load?.difference, load?.layout]).toEqual([null, null, name]);
    expect(load).toMatchObject({rows_landed: load?.rows_read, rows_rejected: 0, cells_rejected: 0});
    const days = landed.filter(({load_id}) => load_id === load?.load_id);
    expect(days.map(({date, present, total}) => ({date, present, total}))).toEqual(expectedOf(layout));
    const channel = layout.feed === "renewable-generation" ? "generation" : "import";
    expect(new Set(days.map(each => `${each.channel} ${each.estimated}`))).toEqual(new Set([`${channel} 0`]));
    const units = "is" in layout.unit ? [layout.unit.is] : Object.values(layout.unit.means);
    expect(units).toContain(days[0]?.unit);
    expect(again.get(name)?.load_id).toBe(load?.load_id);
  });
});

test("all files brought in again leave as many days and loads as there were", () => {
  expect(counts[1]).toEqual(counts[0]);
  expect(landed).toHaveLength(5 * tables.length);
});

test("the rule of the readings: a day of 48 half-hours, counted one by one", () => {
  const day = readings.filter(({date}) => date === "2026-01-14").map(({quantity}) => quantity);
  expect(day.slice(0, 3)).toEqual([11, 12, 13]);
  expect(day.reduce((sum, quantity) => sum + quantity, 0)).toBe(1656);
});

test("every layout that is not confirmed says that it needs a real file, and no other does", () => {
  for (const {name, evidence, confirmation} of tables)
    expect([name, /unconfirmed: needs a real file\.$/i.test(evidence)]).toEqual([name, confirmation === "unconfirmed"]);
});

/** Layouts whose evidence is of another clock than their columns speak of. */
const knownClocks: Readonly<Record<string, string>> = {
  "day-gmt-48": "utc",
  "dundee-schools-gas": "settlement-period",
  "edf-portal-50": "settlement-period",
  "passiv-solar": "utc",
  "sigma-half-hours": "local-clock"
};

test.each(tables.filter(({shape}) => shape.rows === "day").map(layout => [layout.name, layout] as const))(
  "%s: numbered columns are settlement periods, labels are the wall clock where no header says UTC",
  (name, layout) => {
    const columns = columnsOf(layout);
    const first = columns.find(({holds, halfHour}) => holds === "quantity" && halfHour === 1)?.name ?? "";
    const labelled = columns.some(column => column.name.includes("(UTC)")) ? "utc" : "local-clock";
    const spoken = /(^|[^\d])0?1$/.test(first) ? "settlement-period" : labelled;
    expect(layout.clock).toBe(knownClocks[name] ?? spoken);
  }
);
