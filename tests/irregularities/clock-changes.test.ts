import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {afterAll, beforeAll, describe, expect, test} from "vitest";
import type {LoadRecord} from "../../src/ingest/ledger.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {readingsOf} from "../support/layout-files.ts";
import {fileNameOf, meterOf, sumLayout, written} from "./clock-files.ts";
import {asHeld, total} from "./council.ts";

/**
 * 29 March 2026 has 46 half-hours and 25 October 2026 has 50, by each convention in which time is told and by each rule for the days on which the
 * clocks change. The days before and after are there, since files in UTC begin and end in them. Half-hour n of day d is 100d + n.
 */
const dates = ["2026-03-28", "2026-03-29", "2026-03-30", "2026-10-24", "2026-10-25", "2026-10-26"];
const readings = readingsOf(dates, (day, period) => 100 * day + period);
const quantitiesOn = (date: string) => readings.filter(each => each.date === date).map(({quantity}) => quantity);
const whole = (date: string) => asHeld(quantitiesOn(date));

const firstPassAlone = whole("2026-10-25").map((cell, slot) => (slot === 4 || slot === 5 ? "-" : cell));
const first48 = whole("2026-10-25").map((cell, slot) => (slot > 47 ? "-" : cell));
/** 503 + 505 and 504 + 506, half to either pass. */
const halved = whole("2026-10-25").map((cell, slot) => ["504e", "505e"][(slot - 2) % 2 === 0 ? 0 : 1] ?? cell);
const addedUp = whole("2026-10-25").map((cell, slot) => (slot >= 2 && slot <= 5 ? (halved[slot] ?? "") : cell));

interface Case {
  readonly of: string;
  readonly layout: string;
  readonly given?: boolean;
  readonly autumn?: readonly string[];
  /** Of the two that are missing, those of the repeated hour. */
  readonly repeated?: number;
}

const conventions: readonly Case[] = [
  {of: "utc-start", layout: "octopus-consumption", given: true},
  {of: "utc-start, a row a day", layout: "edf-historic"},
  {of: "utc-end", layout: "n3rgy-consumption"},
  {of: "gmt-clock-end", layout: "stark-df2"},
  {of: "local-clock-start, a row a reading", layout: "ugp"},
  {of: "local-clock-end, a row a reading", layout: "datavision-custom"},
  {of: "local-period, a row a reading", layout: "opus-row-per-period"},
  {of: "local-period, a flow", layout: "d0036"},
  {of: "utc-period", layout: "mhhs-if021"}
];
const rules: readonly Case[] = [
  {of: "elapsed, 50 columns", layout: "drax-portal"},
  {of: "elapsed, 48 columns", layout: "npower-eon", autumn: first48, repeated: 0},
  {of: "clock-gap-first, labelled by starts", layout: "site-meter-day", autumn: firstPassAlone, repeated: 2},
  {of: "clock-gap-first, labelled by ends", layout: "stark-portal", autumn: firstPassAlone, repeated: 2},
  {of: "clock-gap-sum", layout: sumLayout.name, autumn: addedUp},
  {of: "extra-columns", layout: "my-energy-coach-site-name"},
  {of: "gmt-48", layout: "day-gmt-48", given: true}
];
const cases = [...conventions, ...rules];

const loads = new Map<string, LoadRecord>();
const held = new Map<string, string[]>();
const coverage = new Map<string, {present: number; missing: number; repeated: number}>();
let leave = async () => {};
afterAll(() => leave());
beforeAll(async () => {
  const meters = cases.map((_, index) => ({id: meterOf(index)}));
  const c = new Canopy(
    await makeDataFolder(meters, "2026-10-31", finish => {
      leave = finish;
    })
  );
  await mkdir(join(c.folder, "council", "layouts"), {recursive: true});
  await writeFile(join(c.folder, "council", "layouts", `${sumLayout.name}.json`), JSON.stringify(sumLayout));
  for (const [index, {layout, given}] of cases.entries()) {
    const id = meterOf(index);
    const meterPoint = given ? id : null;
    loads.set(layout, await c.bring(fileNameOf(layout, id), written(layout, id, readings), {meterPoint}));
  }
  const rows = await c.ask<{key: string; kwh: number[]; present: bigint; estimated: bigint; periods: number}>(
    "select meter_point_id || ' ' || strftime(settlement_date, '%Y-%m-%d') as key, kwh, present, estimated, periods from marts.meter_days where channel = 'import'"
  );
  const at = (mask: bigint, slot: number) => ((mask >> BigInt(slot)) & 1n) === 1n;
  for (const {key, kwh, present, estimated, periods} of rows)
    held.set(
      key,
      kwh.slice(0, periods).map((each, slot) => (at(present, slot) ? `${each}${at(estimated, slot) ? "e" : ""}` : "-"))
    );
  const months = await c.ask<{id: string; present: number; missing: number; repeated: number}>(
    "select meter_point_id as id, present_half_hours as present, missing_half_hours as missing, repeated_hour_half_hours as repeated from marts.data_coverage where month = '2026-10-01'"
  );
  for (const {id, ...rest} of months) coverage.set(id, rest);
});

describe.each(cases.map((each, index) => [each.of, each, meterOf(index)] as const))(
  "%s",
  (_of, {layout, autumn, repeated = 0}, id) => {
    const dayOf = (date: string) => held.get(`${id} ${date}`) ?? [];

    test("its file is of the form it is meant to be, and all of it lands", () => {
      const load = loads.get(layout);
      expect([load?.reason, load?.layout, load?.rows_rejected, load?.cells_rejected]).toEqual([null, layout, 0, 0]);
    });

    test("the days are 46, 48 and 50 half-hours long, each half-hour in its place", () => {
      for (const date of dates.filter(each => each !== "2026-10-25")) expect(dayOf(date), date).toEqual(whole(date));
      expect(dayOf("2026-03-29")).toHaveLength(46);
      expect(dayOf("2026-10-25")).toEqual(autumn ?? whole("2026-10-25"));
      expect(dayOf("2026-10-25")).toHaveLength(50);
    });

    test("October says what it lacks, and whether it is the hour that the clock repeats", () => {
      const lacking = dayOf("2026-10-25").filter(cell => cell === "-").length;
      expect(lacking).toBe(autumn === firstPassAlone || autumn === first48 ? 2 : 0);
      const present = 48 + 50 + 48 - lacking;
      expect(coverage.get(id)).toEqual({present, missing: 31 * 48 + 2 - present, repeated});
    });
  }
);

test("the naive readings: 48 labels a day, and a clock that is taken for UTC", () => {
  const autumn = readings.filter(({date}) => date === "2026-10-25");
  const byLabel = new Map(autumn.map(({clock, quantity}) => [clock, quantity]));
  expect([autumn.length, byLabel.size]).toEqual([50, 48]);
  expect([total(quantitiesOn("2026-10-25")), total([...byLabel.values()])]).toEqual([26275, 26275 - 503 - 504]);
  const spring = readings.filter(({date}) => date === "2026-03-29");
  const isRight = spring.filter(({date, clock, at}) => Date.parse(`${date}T${clock}Z`) === at).length;
  expect([spring.length, isRight]).toEqual([46, 2]);
});
