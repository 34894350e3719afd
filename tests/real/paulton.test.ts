import {readFile} from "node:fs/promises";
import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {hasRealData, readCells, realPath} from "../support/real-data.ts";

const electricityFile = realPath("meters/paulton-junior-school/paulton_electricity_hh.csv");
const gasFile = realPath("meters/paulton-junior-school/paulton_gas_hh.csv");
const holidaysFile = realPath("meters/paulton-junior-school/Holidays.csv");

/** The clock changes within the file, spring and autumn (tz database). */
const springs = ["2014-03-30", "2015-03-29", "2016-03-27", "2017-03-26", "2018-03-25"];
const autumns = ["2013-10-27", "2014-10-26", "2015-10-25", "2016-10-30", "2017-10-29"];

const day = (date: string, days: number) => new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
const mean = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

async function school(meter: string, energy: "electricity" | "gas", file: string): Promise<Canopy> {
  const canopy = new Canopy(await makeDataFolder([{id: meter, energy}], "2018-06-04"));
  await canopy.bring(file.split("/").at(-1) ?? "", await readFile(file), {meterPoint: meter});
  return canopy;
}

describe.runIf(hasRealData)("Paulton Junior School", () => {
  test("every read lands and the totals are those of the file, to 0.001 kWh", async () => {
    for (const [file, energy, days] of [
      [electricityFile, "electricity", 1737],
      [gasFile, "gas", 1390]
    ] as const) {
      const canopy = await school("paulton", energy, file);
      const rows = (await readCells(file)).slice(1);
      expect(rows).toHaveLength(days);
      const [held] = await canopy.live<{kwh: number; reads: bigint; rejects: bigint}>(
        "select (select sum(list_sum(quantity)) from raw.meter_days) as kwh, (select sum(bit_count(present)) from raw.meter_days)::bigint as reads, (select count(*) from ops.rejects) as rejects"
      );
      const inFile = rows.flatMap(([, ...cells]) => cells.map(Number)).reduce((sum, kwh) => sum + kwh, 0);
      expect(held?.kwh).toBeCloseTo(inFile, 3);
      expect(held).toMatchObject({reads: BigInt(days * 48), rejects: 0n});
      const [published] = await canopy.ask<{kwh: number}>(
        "select sum(consumption_kwh) as kwh from marts.site_energy_daily"
      );
      expect(Math.abs((published?.kwh ?? 0) - inFile)).toBeLessThan(0.001);
    }
  });

  test("gas is missing on 265 days inside its span and on those before it, and missing is not nought", async () => {
    const canopy = await school("paulton", "gas", gasFile);
    const [months] = await canopy.ask(
      "select sum(expected_half_hours)::integer as expected, sum(present_half_hours)::integer as present, sum(missing_half_hours)::integer as missing from marts.data_coverage where month <= '2018-05-01'"
    );
    // The meter is expected from the beginning of the year in which it is first read: 226 days from 1 April 2013, 1,655 from 13 November 2013 to 25 May 2018
    // and six more to the end of May, with five short days and five long ones; 1,390 are in the file.
    const expected = (226 + 1655 + 6) * 48 - 5 * 2 + 5 * 2;
    expect(months).toEqual({expected, present: 1390 * 48, missing: expected - 1390 * 48});
  });

  test("01:00 and 01:30 hold real use on every spring day, which a wall clock could not show", async () => {
    const rows = new Map((await readCells(electricityFile)).map(([date, ...cells]) => [date, cells.map(Number)]));
    for (const date of springs) {
      const [, before, first, second, after] = (rows.get(date) ?? []).slice(0, 5);
      for (const kwh of [first, second]) {
        expect(kwh).toBeGreaterThan(0.5 * Math.min(before ?? 0, after ?? 0));
        expect(kwh).toBeGreaterThan(0.3);
      }
    }
  });

  test("read as GMT, the school starts its morning at the same local time on both sides of each change; as written it moves by an hour", async () => {
    const canopy = await school("paulton", "electricity", electricityFile);
    const local = new Map(
      (
        await canopy.ask<{date: Date; kwh: number[]}>(
          "select settlement_date as date, kwh from marts.meter_days where periods = 48"
        )
      ).map(({date, kwh}) => [date.toISOString().slice(0, 10), kwh.slice(0, 48)])
    );
    const written = new Map(
      (await readCells(electricityFile)).slice(1).map(([date = "", ...cells]) => [date, cells.map(Number)])
    );
    const open = schoolDays(await readCells(holidaysFile));
    const moves = [...springs.map(date => [date, -2] as const), ...autumns.map(date => [date, 2] as const)].map(
      ([date, asWritten]) => ({
        asWritten,
        written: morningMove(written, date, open),
        local: morningMove(local, date, open)
      })
    );
    // Half-hours, over ten changes: the weather moves single ones, the clock moves all of them.
    expect(mean(moves.map(({written, asWritten}) => written - asWritten))).toBeCloseTo(0, 0);
    expect(mean(moves.map(({written, asWritten}) => written * Math.sign(asWritten)))).toBeGreaterThan(1.5);
    expect(Math.abs(mean(moves.map(({local, asWritten}) => local * Math.sign(asWritten))))).toBeLessThan(0.5);
    for (const {written, local} of moves) expect(Math.abs(local)).toBeLessThan(Math.abs(written));
  });
});

/** How many half-hours later the morning starts after a change than before it, over eight school days either side. */
function morningMove(days: ReadonlyMap<string, number[]>, change: string, isOpen: (date: string) => boolean): number {
  const open = [...days.keys()].filter(isOpen);
  const before = open.filter(date => date < change && date >= day(change, -21)).slice(-8);
  const after = open.filter(date => date > change && date <= day(change, 35)).slice(0, 8);
  return morningOf(days, after) - morningOf(days, before);
}

/** When the mean day first passes a third of the way from its night to its morning, in half-hours. */
function morningOf(days: ReadonlyMap<string, number[]>, dates: readonly string[]): number {
  const profile = Array.from({length: 48}, (_, slot) => mean(dates.map(date => days.get(date)?.[slot] ?? 0)));
  const [night, morning] = [Math.min(...profile.slice(4, 14)), Math.max(...profile.slice(14, 24))];
  const threshold = night + (morning - night) / 3;
  const slot = profile.findIndex((kwh, index) => index >= 8 && kwh > threshold);
  const [low = 0, high = 0] = profile.slice(slot - 1, slot + 1);
  return slot - 1 + (threshold - low) / (high - low);
}

/** Weekdays outside the school's holidays: rows of name, first day and last day (Sat 13-Feb-10). */
function schoolDays(holidays: readonly string[][]): (date: string) => boolean {
  const spans = holidays.map(([, from = "", to = ""]) => [holidayDate(from), holidayDate(to)] as const);
  return date => {
    const weekday = new Date(date).getUTCDay();
    return weekday >= 1 && weekday <= 5 && !spans.some(([from, to]) => from <= date && date <= to);
  };
}

function holidayDate(text: string): string {
  const [, dd = "", month = "", yy = ""] = /(\d\d)-(\w{3})-(\d\d)/.exec(text) ?? [];
  const number =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"].indexOf(month) + 1;
  return `20${yy}-${String(number).padStart(2, "0")}-${dd}`;
}
