import fc from "fast-check";
import {expect, test} from "vitest";
import {mpans} from "../support/data-folder.ts";
import {type Cell, flat, type PortalDay, periodDayFile, periodFile, portalFile} from "../support/supplier-files.ts";
import {type Brought, isAccountedFor, Yard} from "./yard.ts";

const [mpan, other, third] = mpans;
const issued = "02/10/26 07:00";
const cell: fc.Arbitrary<Cell> = fc.oneof(
  {weight: 8, arbitrary: fc.nat(1_000_000).map(number => number / 1000)},
  {weight: 1, arbitrary: fc.constantFrom<Cell>("", 0, "1e2", " 3.5 ", "-0")}
);
const dates = ["2026-03-28", "2026-06-01", "2026-06-02", "2026-10-24", "2025-12-25"];
const day = fc.record({
  mpan: fc.constantFrom(mpan, other),
  date: fc.constantFrom(...dates),
  est: fc.constantFrom("A", "E"),
  cells: fc.array(cell, {minLength: 48, maxLength: 48})
});
const days = fc.uniqueArray(day, {minLength: 1, maxLength: 6, selector: row => `${row.mpan} ${row.date}`});
/** Rows of a meter that the good ones do not have, each broken in one way. */
const bad = fc.constantFrom(
  {mpan: "1600000000011"},
  {date: "2030-09-01"},
  {est: "?"},
  {type: "litres"},
  {cells: flat(1, 47)},
  {cells: flat(1, 49)},
  {cells: [-1, ...flat(1, 47)]},
  {cells: ['"x,y"', ...flat(1, 47)]}
);

const landedOf = ({days: landed}: Brought) =>
  new Map([...landed].filter(([key]) => !key.startsWith(third)).sort(([a], [b]) => (a < b ? -1 : 1)));

test("good rows land the same whether or not their file holds a bad one, wherever it stands", async () => {
  const yard = await Yard.open([{id: mpan}, {id: other}, {id: third}]);
  await fc.assert(
    fc.asyncProperty(days, bad, fc.nat(6), async (good, fault, place) => {
      const broken: PortalDay = {mpan: third, date: "2026-07-01", cells: flat(1), ...fault};
      const alone = await yard.bring(portalFile(issued, good));
      const beside = await yard.bring(portalFile(issued, [...good.slice(0, place), broken, ...good.slice(place)]));
      expect(alone.rejects).toEqual([]);
      expect(landedOf(beside)).toEqual(landedOf(alone));
      expect(beside.rejects.map(({row}) => row)).toEqual([10 + Math.min(place, good.length)]);
      expect([isAccountedFor(alone), isAccountedFor(beside)]).toEqual([true, true]);
    }),
    {numRuns: 8}
  );
});

test("a file of settlement periods and one of their rows land the same", async () => {
  const yard = await Yard.open();
  for (const [date, count] of [
    ["2026-03-29", 46],
    ["2026-06-01", 48],
    ["2025-10-26", 50]
  ] as const) {
    const cells = Array.from({length: count}, (_, index) => index + 0.5);
    const wide = await yard.bring(periodDayFile([{mpan, date, cells}]));
    const reads = cells.map((kwh, index) => ({mpan, date, period: index + 1, kwh}));
    const long = await yard.bring(periodFile(reads));
    const shuffled = await yard.bring(periodFile([...reads].reverse()));
    expect(long.days).toEqual(wide.days);
    expect(shuffled.days).toEqual(wide.days);
  }
});

test("a reject names the line of the file in which its row begins, however much stands above it", async () => {
  const yard = await Yard.open();
  const rows = 12_000;
  const isBad = (row: number) => row % 997 === 500;
  const [head = "", row = ""] = portalFile(issued, [
    {mpan, date: "2026-09-01", cells: [1, 1, "", "", ...flat(1, 44)]}
  ]).split(/\n(?=Test Council,)/);
  const date = (index: number) => new Date(Date.UTC(1995, 0, 1 + index)).toISOString();
  const dated = (index: number) => {
    const iso = date(index % 9000);
    return row
      .replace("01/09/26", `${iso.slice(8, 10)}/${iso.slice(5, 7)}/${iso.slice(2, 4)}`)
      .replace(mpan, index < 9000 ? mpan : other)
      .replace("Town Hall", index % 50 === 49 ? '"Town\r\n\r\nHall"' : "Town Hall");
  };
  const records = Array.from({length: rows}, (_, index) =>
    (isBad(index) ? dated(index).replace("kWh", "therms") : dated(index)).trimEnd()
  );
  const text = [head, ...records.flatMap((record, index) => (index % 100 === 7 ? ["", record] : [record])), ""].join(
    "\r\n"
  );
  const lines = text.split(/\r\n|\n|\r/);
  const expected = lines.flatMap((line, index) => (line.includes(",therms,") ? [index + 1] : []));
  const starts = expected.map(line => (lines[line - 1]?.startsWith("Test Council") ? line : line - 2));
  const {load, rejects} = await yard.bring(text);
  expect(load).toMatchObject({rows_read: rows, rows_rejected: expected.length});
  expect(rejects.map(({row: line}) => line)).toEqual(starts);
});
