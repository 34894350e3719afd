import {expect, test} from "vitest";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {portalFile} from "../support/supplier-files.ts";
import {building, cellsOf, datesFrom} from "./meters.ts";

const [mpan] = mpans;
const read = building("lumps");
const dates = datesFrom("2026-04-01", 30);
/** The half-hours of a day that are missing, and what one holds in place of its own. */
type Change = (date: string, cells: readonly number[]) => readonly (number | "")[];

const without = (cells: readonly (number | "")[], from: number, to: number) =>
  cells.map((kwh, index) => (index >= from && index < to ? "" : kwh));
const sum = (cells: readonly number[], from: number, to: number) =>
  Number(
    cells
      .slice(from, to)
      .reduce((total, kwh) => total + kwh, 0)
      .toFixed(2)
  );

async function brought(change: Change): Promise<Canopy> {
  const c = new Canopy(await makeDataFolder());
  await c.bring(
    "april.csv",
    portalFile(
      "02/05/26 07:00",
      dates.map(date => ({mpan, date, cells: change(date, cellsOf(read, date)).map(String)}))
    )
  );
  return c;
}

const found = (c: Canopy) =>
  c.ask(
    "select kind, outcome, first_date::date::varchar as day, half_hours, round(found, 2) as found, usual from marts.doubts"
  );
const april = async (c: Canopy) =>
  (
    await c.ask<{half_hours: number; period_half_hours: number; kwh: number}>(
      `select sum(half_hours) filter (source = 'half-hourly actual')::integer as half_hours, sum(half_hours) filter (source = 'period actual')::integer as period_half_hours,
         round(sum(kwh), 2) as kwh
       from marts.energy_by_source where month = date '2026-04-01'`
    )
  )[0];
const all = Number(dates.reduce((total, date) => total + sum(cellsOf(read, date), 0, 48), 0).toFixed(2));

test("within a day: sixteen half-hours arrive in the next, which is the sum of seventeen", async () => {
  const c = await brought((date, cells) =>
    date === "2026-04-14" ? without(cells, 16, 32).with(32, sum(cells, 16, 33)) : cells
  );
  const lump = sum(cellsOf(read, "2026-04-14"), 16, 33);
  expect(await found(c)).toEqual([
    {kind: "lump", outcome: "noted", day: "2026-04-14", half_hours: 1, found: lump, usual: 16}
  ]);
  // Nothing is lost and nothing invented: the month's own total, of which seventeen half-hours are known as one sum.
  expect(await april(c)).toEqual({half_hours: 30 * 48 - 17, period_half_hours: 17, kwh: all});
  await canopyLine(["build"], c.folder);
  const {printed} = await canopyLine(["status"], c.folder);
  expect(printed).toMatch(/Noted\s+1 run of readings/);
  expect(printed.replaceAll(/\s+/g, " ")).toContain(
    "kWh in one half-hour after 16 half-hours that are missing: counted as one sum over both"
  );
});

test("over two days and their night, in the first half-hour of the third", async () => {
  const c = await brought((date, cells) => {
    if (date === "2026-04-15" || date === "2026-04-16") return cells.map(() => "");
    const lost = ["2026-04-15", "2026-04-16"].reduce((total, each) => total + sum(cellsOf(read, each), 0, 48), 0);
    return date === "2026-04-17" ? cells.with(0, Number((lost + (cells[0] ?? 0)).toFixed(2))) : cells;
  });
  expect(await found(c)).toMatchObject([{kind: "lump", outcome: "noted", day: "2026-04-17", usual: 96}]);
  expect(await april(c)).toEqual({half_hours: 30 * 48 - 97, period_half_hours: 97, kwh: all});
});

test("over the day on which the clocks go forward, which has 46 half-hours", async () => {
  const c = new Canopy(await makeDataFolder());
  const march = datesFrom("2026-03-01", 31);
  const lost = sum(cellsOf(read, "2026-03-29").toSpliced(2, 2), 0, 46);
  await c.bring(
    "march.csv",
    portalFile(
      "02/04/26 07:00",
      march
        .filter(date => date !== "2026-03-29")
        .map(date => {
          const cells = cellsOf(read, date);
          const told = date === "2026-03-30" ? cells.with(0, Number((lost + (cells[0] ?? 0)).toFixed(2))) : cells;
          return {mpan, date, cells: told.map(String)};
        })
    )
  );
  expect(await found(c)).toMatchObject([{kind: "lump", outcome: "noted", day: "2026-03-30", usual: 46}]);
  // The whole of the 29th and the first half-hour of the 30th.
  expect(
    await c.ask(
      "select half_hours, round(kwh, 2) as kwh from marts.energy_by_source where month = date '2026-03-01' and source = 'period actual'"
    )
  ).toEqual([{half_hours: 47, kwh: Number((lost + (cellsOf(read, "2026-03-30")[0] ?? 0)).toFixed(2))}]);
});

test("a meter that is known from before is judged by what it was before", async () => {
  const c = await brought((_, cells) => cells);
  const may = datesFrom("2026-05-01", 3);
  await c.bring(
    "may.csv",
    portalFile(
      "05/05/26 07:00",
      may.map(date => {
        const cells = cellsOf(read, date);
        const told = date === "2026-05-02" ? without(cells, 10, 40).with(40, sum(cells, 10, 41)) : cells;
        return {mpan, date, cells: told.map(String)};
      })
    )
  );
  expect(await found(c)).toMatchObject([{kind: "lump", outcome: "noted", day: "2026-05-02", usual: 30}]);
});

test("a lump that no gap explains is doubtful", async () => {
  const c = await brought((date, cells) => (date === "2026-04-14" ? cells.with(20, 150) : cells));
  expect(await found(c)).toMatchObject([
    {kind: "spike", outcome: "doubtful", day: "2026-04-14", half_hours: 1, found: 150}
  ]);
  expect(await april(c)).toMatchObject({half_hours: 30 * 48 - 1, period_half_hours: null});
});

test("nor does a gap that could not have held it", async () => {
  const c = await brought((date, cells) => (date === "2026-04-14" ? without(cells, 16, 20).with(20, 900) : cells));
  expect(await found(c)).toMatchObject([{kind: "spike", outcome: "doubtful", day: "2026-04-14", found: 900}]);
});

test("a gap without a lump is a gap", async () => {
  const c = await brought((date, cells) => (date === "2026-04-14" ? without(cells, 16, 32) : cells));
  expect(await found(c)).toEqual([]);
  expect(await april(c)).toMatchObject({half_hours: 30 * 48 - 16, period_half_hours: null});
});

test("a person who accepts the half-hour has it back as it came", async () => {
  const c = await brought((date, cells) =>
    date === "2026-04-14" ? without(cells, 16, 32).with(32, sum(cells, 16, 33)) : cells
  );
  await c.decide(1, "accepted", "the logger says so");
  expect(await april(c)).toMatchObject({half_hours: 30 * 48 - 16, period_half_hours: null, kwh: all});
});
