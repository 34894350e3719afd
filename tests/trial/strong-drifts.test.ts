import {beforeAll, expect, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {portalFile} from "../support/supplier-files.ts";
import {building, cellsOf, datesFrom, type Meter, mpanOf} from "./meters.ts";

const before = datesFrom("2026-01-01", 59);
const month = datesFrom("2026-04-01", 28);
const [first, last] = ["2026-04-01", "2026-04-28"];
const [partFirst, partLast] = ["2026-04-13", "2026-04-18"];

type Change = (kwh: number, date: string, halfHour: number) => number;
const between =
  (change: Change, from: string, to: string): Change =>
  (kwh, date, halfHour) =>
    date < from || date > to ? kwh : change(kwh, date, halfHour);

/** What a counter shows at the end of each half-hour of the month. */
function counterOf(meter: Meter, from: number): Change {
  let counter = from;
  const shown = new Map<string, number>();
  for (const date of month)
    for (const [halfHour, kwh] of cellsOf(meter, date).entries()) {
      counter += kwh;
      shown.set(`${date} ${halfHour}`, counter);
    }
  return (_, date, halfHour) => Number((shown.get(`${date} ${halfHour}`) ?? 0).toFixed(2));
}

const changes: Readonly<Record<string, readonly [kind: string, change: Change]>> = {
  "Wh as kWh": ["multiplied", kwh => kwh * 1000],
  "another unit, larger": ["multiplied", kwh => kwh * 11.1],
  "MWh as kWh": ["divided", kwh => Number((kwh / 1000).toFixed(5))],
  "another unit, smaller": ["divided", kwh => Number((kwh / 11.1).toFixed(3))],
  "kW as kWh": ["scaled", kwh => 2 * kwh],
  "kWh halved": ["scaled", kwh => kwh / 2],
  "zeros for what is missing": ["zeros", () => 0]
};

const frozenFrom = "2026-04-16 20";
const frozenTo = "2026-04-18 28";
const stamp = (date: string, halfHour: number) => `${date} ${String(halfHour).padStart(2, "0")}`;

/** What became of April, of a meter each: what was done, and what must be doubted of it. */
const meters: readonly {
  name: string;
  change: Change;
  doubts: readonly [kind: string, first: string, last: string, halfHours: number][];
}[] = [
  {name: "as before", change: kwh => kwh, doubts: []},
  {
    name: "half as much by day, as by a change of hours",
    change: (kwh, _, halfHour) => (halfHour >= 14 && halfHour < 37 ? kwh / 2 : kwh),
    doubts: []
  },
  ...Object.entries(changes).flatMap(([name, [kind, change]]) => [
    {name, change, doubts: [[kind, first, last, 28 * 48]] as [string, string, string, number][]},
    {
      name: `${name}, six days of it`,
      change: between(change, partFirst, partLast),
      doubts: [[kind, partFirst, partLast, 6 * 48]] as [string, string, string, number][]
    }
  ]),
  // A delivery of nothing but a counter is set aside before it is judged.
  {
    name: "a counter",
    change: between(counterOf(building("a counter"), 45_000), partFirst, partLast),
    doubts: [["rising", partFirst, partLast, 6 * 48]]
  },
  {
    name: "a lone half-hour",
    change: (kwh, date, halfHour) => (date === "2026-04-14" && halfHour === 20 ? 1132 : kwh),
    doubts: [["spike", "2026-04-14", "2026-04-14", 1]]
  },
  {
    name: "one value by day and by night",
    change: (kwh, date, halfHour) =>
      stamp(date, halfHour) >= frozenFrom && stamp(date, halfHour) <= frozenTo ? 9.27 : kwh,
    doubts: [["frozen", "2026-04-16", "2026-04-18", 28 + 48 + 29]]
  }
];

const idOf = (name: string) => mpanOf(meters.findIndex(meter => meter.name === name));

function file(issued: string, dates: readonly string[], isChanged: boolean): string {
  return portalFile(
    issued,
    meters.flatMap(({name, change}, index) => {
      const read = building(name);
      const kwh: Meter = (date, halfHour) =>
        isChanged ? change(read(date, halfHour), date, halfHour) : read(date, halfHour);
      return dates.map(date => ({mpan: mpanOf(index), date, cells: cellsOf(kwh, date)}));
    })
  );
}

let c: Canopy;
let leave: () => Promise<void>;
beforeAll(async () => {
  c = new Canopy(
    await makeDataFolder(
      meters.map((_, index) => ({id: mpanOf(index)})),
      "2026-10-31",
      each => {
        leave = each;
      }
    )
  );
  await c.bring("past.csv", file("01/03/26 07:00", before, false));
  await c.bring("april.csv", file("01/05/26 07:00", month, true));
  return () => leave();
});

test("each meter is doubted for what was done to it, of the days and half-hours that it was done to, and no other", async () => {
  const rows = await c.ask<{meter: string; kind: string; first: string; last: string; half_hours: number}>(
    "select meter_point_id as meter, kind, first_date::date::varchar as first, last_date::date::varchar as last, half_hours from marts.doubts"
  );
  const found = meters.map(({name}) => [
    name,
    rows
      .filter(({meter}) => meter === idOf(name))
      .map(({kind, first, last, half_hours}) => [kind, first, last, half_hours])
  ]);
  expect(found).toEqual(meters.map(({name, doubts}) => [name, doubts]));
});

test("what is doubted is in no day and is not held; the rest of its day is", async () => {
  const idle = idOf("Wh as kWh");
  expect(
    await c.ask(
      `select max(settlement_date)::date::varchar as last from marts.meter_days where meter_point_id = '${idle}'`
    )
  ).toEqual([{last: "2026-02-28"}]);
  const lone = idOf("a lone half-hour");
  const [day] = await c.ask<{half_hours: number; kwh: number}>(
    `select present_half_hours as half_hours, total_kwh as kwh from marts.meter_days where meter_point_id = '${lone}' and settlement_date = '2026-04-14'`
  );
  const kept = cellsOf(building("a lone half-hour"), "2026-04-14").filter((_, halfHour) => halfHour !== 20);
  expect(day?.half_hours).toBe(47);
  expect(day?.kwh).toBeCloseTo(
    kept.reduce((sum, kwh) => sum + kwh, 0),
    4
  );
  expect(
    await c.ask(
      `select missing_half_hours as missing from marts.data_coverage where month = '2026-04-01' and meter_point_id = '${lone}'`
    )
  ).toEqual([{missing: 1 + 2 * 48}]);
});

test("status shows a doubt with its reason and two commands; each does what it says and can be undone; a replay of the archive says the same", async () => {
  const meter = idOf("Wh as kWh, six days of it");
  await c.ask("select 1 as one");
  const shown = (await canopyLine(["status"], c.folder)).printed.replace(/\s+/g, " ");
  expect(shown).toContain(
    `Doubtful, kept but not counted: ${idOf("Wh as kWh")} (town hall), 1 Apr 2026 to 28 Apr 2026:`
  );
  const command = `accept 2 --meter-point ${idOf("Wh as kWh")} --from 2026-04-01 --to 2026-04-28 --why`;
  expect(shown).toContain(`canopy ${command} "…"`);
  const days = () =>
    c.ask(
      `select count(*)::integer as n from marts.meter_days where meter_point_id = '${meter}' and settlement_date >= '2026-04-01'`
    );
  const ofSixDays = ["--meter-point", meter, "--from", partFirst, "--to", partLast, "--why", "seen"];
  const settle = (...argv: string[]) => canopyLine(argv, c.folder);
  expect(await days()).toEqual([{n: 22}]);
  expect(await settle("accept", "2", ...ofSixDays)).toMatchObject({code: 0});
  expect(await days()).toEqual([{n: 28}]);
  expect(await settle("accept", "2", ...ofSixDays, "--undo")).toMatchObject({code: 0});
  expect(await days()).toEqual([{n: 22}]);
  expect(await settle("withdraw", "2", ...ofSixDays)).toMatchObject({code: 0});
  expect(await days()).toEqual([{n: 22}]);
  expect(await settle("withdraw", "2", ...ofSixDays, "--undo")).toMatchObject({code: 0});
  const doubts = "select * from ops.doubts order by all";
  const before = await c.live(doubts);
  await c.live("delete from ops.doubts");
  await c.live("delete from ops.trials");
  await c.replay();
  expect(await c.live(doubts)).toEqual(before);
});
