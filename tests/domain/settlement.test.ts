import {mkdtemp, rm} from "node:fs/promises";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {afterAll, beforeAll, expect, test} from "vitest";
import {openWarehouse, type Warehouse} from "../../src/warehouse/warehouse.ts";

let folder = "";
let warehouse: Warehouse;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "canopy-test-"));
  warehouse = await openWarehouse(folder);
});

afterAll(async () => {
  await warehouse.close();
  await rm(folder, {recursive: true, force: true});
});

test("clock days have 46 and 50 half-hours (T26: tz database)", async () => {
  const days = await warehouse.connection.rows(
    "select settlement_date::varchar as date, periods, day_kind from ops.settlement_days where settlement_date in ('2025-03-30', '2025-10-26', '2026-03-29', '2026-10-25', '2026-01-01', '2026-07-01') order by 1"
  );
  expect(days).toEqual([
    {date: "2025-03-30", periods: 46, day_kind: "spring"},
    {date: "2025-10-26", periods: 50, day_kind: "autumn"},
    {date: "2026-01-01", periods: 48, day_kind: "winter"},
    {date: "2026-03-29", periods: 46, day_kind: "spring"},
    {date: "2026-07-01", periods: 48, day_kind: "summer"},
    {date: "2026-10-25", periods: 50, day_kind: "autumn"}
  ]);
});

test("a financial year has 17,520 half-hours, 17,568 with a leap day (T26)", async () => {
  const years = await warehouse.connection.rows<{year: number; periods: number}>(
    `select year(settlement_date - interval 3 months)::integer as year, sum(periods)::integer as periods
     from ops.settlement_days where settlement_date between '2018-04-01' and '2028-03-31' group by 1 order by 1`
  );
  expect(years.filter(({periods}) => periods === 17_568).map(({year}) => year)).toEqual([2019, 2023, 2027]);
  expect(years.filter(({year}) => ![2019, 2023, 2027].includes(year)).every(({periods}) => periods === 17_520)).toBe(
    true
  );
  expect(years).toHaveLength(10);
});

test("every day from 2000 to 2050 begins and ends as the machine's own time zone database says", async () => {
  const days = await warehouse.connection.rows<{date: string; starts_at: Date; periods: number}>(
    "select settlement_date::varchar as date, starts_at, periods from ops.settlement_days where year(settlement_date) between 2000 and 2050 order by 1"
  );
  const hour = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Europe/London",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23"
  });
  const date = new Intl.DateTimeFormat("en-CA", {timeZone: "Europe/London"});
  expect(days).toHaveLength(18_628);
  for (const day of days) {
    expect(`${date.format(day.starts_at)} ${hour.format(day.starts_at)}`).toBe(`${day.date} 00:00`);
    const end = new Date(day.starts_at.getTime() + day.periods * 1_800_000);
    expect(hour.format(end)).toBe("00:00");
    expect(date.format(new Date(end.getTime() - 1))).toBe(day.date);
  }
});
