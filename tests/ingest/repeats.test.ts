import fc from "fast-check";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {repeatedDays, repeatedReadings} from "../../src/ingest/repeats.ts";
import {type Connection, type Database, openDatabase} from "../../src/warehouse/connection.ts";
import {rowsVisited} from "../support/rows-visited.ts";

let database: Database;
let connection: Connection;

beforeAll(async () => {
  database = await openDatabase(":memory:", {folders: []});
  connection = await database.connect();
});
afterAll(() => {
  connection.close();
  database.close();
});

/** A row of one day: of its first half-hours, what was read, and whether that is an estimate. Null where nothing was. */
interface DayRow {
  readonly day: number;
  readonly cells: readonly (null | {readonly reading: number; readonly isEstimate: boolean})[];
}

async function judge(rows: readonly DayRow[]): Promise<void> {
  const bits = (cells: DayRow["cells"], isSet: (cell: DayRow["cells"][number]) => boolean) =>
    cells.reduce((sum, cell, slot) => sum + (isSet(cell) ? 2 ** slot : 0), 0);
  const values = rows.map(({day, cells}, index) => {
    const quantity = Array.from({length: 50}, (_, slot) => cells[slot]?.reading ?? 0);
    return `(${index + 1}, date '2026-01-01' + ${day}, [${quantity.join()}]::double[50], ${bits(cells, cell => cell !== null)}::ubigint, ${bits(cells, cell => cell?.isEstimate === true)}::ubigint)`;
  });
  await connection.run(
    `create or replace temp table judged_rows as
     select line, 'meter' as meter_key, 'import' as channel, 'kWh' as unit, source_date, quantity, present, estimated, true as is_good
     from (values ${values.join()}) as v(line, source_date, quantity, present, estimated)`
  );
}

type Aside = Record<number, string>;

/** What is set aside, found by comparing every row of a day with every other. */
function everyPair(rows: readonly DayRow[]): Aside {
  const lines = rows.map((row, index) => ({...row, line: index + 1}));
  const differs = (a: DayRow, b: DayRow) =>
    a.day === b.day &&
    a.cells.some((cell, slot) => {
      const other = b.cells[slot];
      return cell && other && cell.isEstimate === other.isEstimate && cell.reading !== other.reading;
    });
  const against = lines.map(row => lines.find(other => differs(row, other))?.line);
  const agreed = lines.filter((_, index) => against[index] === undefined);
  const addsNothing = (row: (typeof lines)[number]) =>
    row.cells.every((cell, slot) => {
      const others = agreed.filter(({day, line}) => day === row.day && line !== row.line);
      const [later, all] = [others.filter(({line}) => line > row.line), others];
      const isRead = (each: DayRow) => each.cells[slot]?.isEstimate === false;
      if (cell === null) return true;
      if (!cell.isEstimate) return later.some(isRead);
      return all.some(isRead) || later.some(each => each.cells[slot] !== null);
    });
  const rejected = lines.flatMap(({line}, index) => {
    const other = against[index];
    return other === undefined ? [] : [[line, `row ${other} gives other readings for the same meter and day`] as const];
  });
  return Object.fromEntries([...rejected, ...agreed.filter(addsNothing).map(({line}) => [line, "duplicate"] as const)]);
}

async function setAside(sql: string): Promise<Aside> {
  const rows = await connection.rows<{line: bigint; rule: string; value: string | null}>(
    `select line::bigint as line, rule, value from (${sql}) as aside(line, rule, value, outcome)`
  );
  return Object.fromEntries(rows.map(({line, rule, value}) => [Number(line), value ?? rule]));
}

const cell = fc.option(fc.record({reading: fc.integer({min: 1, max: 2}), isEstimate: fc.boolean()}), {freq: 3});
const dayRows = fc.array(
  fc
    .record({day: fc.integer({min: 0, max: 1}), cells: fc.array(cell, {minLength: 3, maxLength: 3})})
    .filter(({cells}) => cells.some(each => each !== null)),
  {minLength: 1, maxLength: 7}
);

test("rows of one day are set aside as if each had been compared with every other", async () => {
  await fc.assert(
    fc.asyncProperty(dayRows, async rows => {
      await judge(rows);
      expect(await setAside(repeatedDays)).toEqual(everyPair(rows));
    }),
    {numRuns: 200}
  );
});

describe("four times as many repeats visit about four times as many rows", () => {
  const cells = (reading: number) => [{reading, isEstimate: false}, {reading: 1, isEstimate: false}, null];
  const rowsFor = async (sql: string, make: (count: number) => Promise<void>) => {
    await make(200);
    const few = await rowsVisited(connection, sql);
    await make(800);
    return (await rowsVisited(connection, sql)) / few;
  };

  // A comparison of every pair visits sixteen times as many.
  test.each([
    ["alike", () => 1],
    ["all different", (index: number) => index],
    ["one of them different", (index: number) => (index === 7 ? 2 : 1)]
  ])("of a day's row, %s", async (_what, reading) => {
    const make = (count: number) =>
      judge(Array.from({length: count}, (_, index) => ({day: 0, cells: cells(reading(index))})));
    expect(await rowsFor(repeatedDays, make)).toBeLessThan(5);
  });

  test.each([
    ["alike", "1"],
    ["all different", "line"]
  ])("of one half-hour's reading, %s", async (_what, reading) => {
    const make = (count: number) =>
      connection.run(
        `create or replace temp table judged_rows as
         select
           line, 'meter' as meter_key, 'import' as channel, 'kWh' as unit, null::varchar as serial, null::varchar as register, date '2026-01-01' as source_date,
           1 as half_hour, 'actual' as row_status, (${reading})::double as reading, true as is_good
         from range(1, ${count + 1}) as lines(line)`
      );
    expect(await rowsFor(repeatedReadings, make)).toBeLessThan(5);
  });
});
