import {afterAll, beforeAll, describe, expect, test} from "vitest";
import {
  addDays,
  datesBetween,
  type IsoDate,
  periodStartAt,
  periodsByClock,
  periodsOn
} from "../../src/illustrative/calendar.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {writeRows} from "../support/registers.ts";

const asOf = "2026-10-31";
const first = addDays(asOf, -460);
const dates = datesBetween(first, asOf);

/** kW of each kWp at an instant: from 09:00 to 15:00 by UTC, as much on each half-hour, by the clouds of the day: 0.2, 0.3, 0.4, 0.5 or 0.6. */
const sunAt = (instant: string) => {
  const hour = Number(instant.slice(11, 13));
  return hour < 9 || hour >= 15 ? 0 : 0.2 + ((Date.parse(instant.slice(0, 10)) / 86_400_000) % 5) / 10;
};

/** What an array of 10 kW makes, kWh, of a half-hour that begins at an instant; null where it is not read. */
type Array10 = (date: IsoDate, instant: string) => number | null;
const whole: Array10 = (_, instant) => 10 * 0.9 * sunAt(instant) * 0.5;
const times =
  (share: (date: IsoDate) => number | null): Array10 =>
  (date, instant) => {
    const left = share(date);
    return left === null ? null : (whole(date, instant) ?? 0) * left;
  };

const label = (at: number) => `${String(at >> 1).padStart(2, "0")}:${at % 2 ? "30" : "00"}`;
function generationFile(arrays: readonly Array10[], some: readonly IsoDate[]): string {
  const rows = arrays.flatMap((array, index) =>
    some.map(date => {
      const cells = periodsByClock(date).map(period =>
        period < 0 ? "" : (array(date, periodStartAt(date, period + 1))?.toFixed(4) ?? "")
      );
      return [`GEN-${index + 1}`, "S1", date.split("-").reverse().join("/"), ...cells].join();
    })
  );
  return [["MPAN,MSN,DAY", ...Array.from({length: 48}, (_, at) => label(at))].join(), ...rows, ""].join("\n");
}

function pvLiveFile(some: readonly IsoDate[], share = 1): string {
  const data = some.flatMap(date =>
    Array.from({length: periodsOn(date)}, (_, index) => {
      const start = periodStartAt(date, index + 1);
      const end = new Date(Date.parse(start) + 1_800_000).toISOString().replace(".000", "");
      return [16, end, Number((700 * share * sunAt(start)).toFixed(3)), 700];
    })
  );
  return JSON.stringify({
    data: data.reverse(),
    meta: ["pes_id", "datetime_gmt", "generation_mw", "installedcapacity_mwp"]
  });
}

async function councilOf(
  arrays: readonly Array10[],
  area: readonly string[],
  finish?: (leave: () => Promise<void>) => void
): Promise<Canopy> {
  const meters = arrays.map((_, index) => ({id: `GEN-${index + 1}`, energy: "electricity" as const, from: first}));
  const c = new Canopy(await makeDataFolder(meters, asOf, finish));
  await writeRows(
    c.folder,
    "generation-assets.csv",
    arrays.map((_, index) => `array-${index + 1},town-hall,solar,10,GEN-${index + 1},,${first},`)
  );
  const cut = addDays(asOf, -70);
  for (const [number, some] of [dates.filter(date => date <= cut), dates.filter(date => date > cut)].entries())
    await c.bring(`generation-${number}.csv`, generationFile(arrays, some), {feed: "renewable-generation"});
  for (const [number, text] of area.entries()) await c.bring(`pv-live-${number}.json`, text, {feed: "grid"});
  return c;
}

const found = (c: Canopy) =>
  c.ask(
    "select kind, subject, since::date::varchar as since, round(measured, 2) as measured, detail, confidence, round(kwh_so_far) as kwh_so_far from marts.findings order by kind, subject"
  );

const isLate = (date: IsoDate, days: number) => date > addDays(asOf, -days);

describe("four arrays whose area is told by PV_Live", () => {
  let c: Canopy;
  beforeAll(async () => {
    const late: Array10 = (date, instant) =>
      whole(date, isLate(date, 10) ? new Date(Date.parse(instant) - 3 * 3_600_000).toISOString() : instant);
    c = await councilOf(
      [
        // In September four days are not read, and in August the two half-hours from 11:00 of one.
        (date, instant) =>
          (date >= "2026-09-07" && date <= "2026-09-10") || (date === "2026-08-20" && /T11/.test(instant))
            ? null
            : whole(date, instant),
        // A string is out since 1 October.
        times(date => (date < "2026-10-01" ? 1 : 0.6)),
        // A tree: each October and November it gives 0.6 of what it gives else.
        times(date => (/-1[01]-/.test(date) ? 0.6 : 1)),
        late
      ],
      [pvLiveFile(dates)],
      leave => afterAll(leave)
    );
  });

  test("what each made for each kW stands beside its area's yield in the same half-hours; a month that is not whole shows nothing", async () => {
    const rows = await c.ask<Record<string, unknown>>(
      "select month::date::varchar as month, area, known_half_hours, expected_half_hours, kwh_per_kwp, area_kwh_per_kwp, relative_yield, usual_relative_yield, self_consumption_share from marts.solar_yields where asset_id = 'array-1' and month >= '2026-08-01' order by month"
    );
    // Six hours a day at 0.2 to 0.6 kW in turn, of which the array makes 0.9.
    const sunOf = (month: string) =>
      dates.filter(date => date.startsWith(month)).reduce((sum, date) => sum + 6 * sunAt(`${date}T10:00:00Z`), 0);
    const hourNotRead = sunAt("2026-08-20T11:00:00Z");
    expect(rows).toMatchObject([
      {month: "2026-08-01", area: "pes:16", known_half_hours: 31 * 48 - 2, relative_yield: expect.closeTo(0.9, 3)},
      {month: "2026-09-01", known_half_hours: 26 * 48, kwh_per_kwp: null, area_kwh_per_kwp: null, relative_yield: null},
      {month: "2026-10-01", relative_yield: expect.closeTo(0.9, 3), usual_relative_yield: expect.closeTo(0.9, 3)}
    ]);
    expect(rows[0]?.area_kwh_per_kwp).toBeCloseTo(sunOf("2026-08") - hourNotRead, 3);
    expect(rows[0]?.kwh_per_kwp).toBeCloseTo(0.9 * (sunOf("2026-08") - hourNotRead), 2);
    expect(rows[0]?.self_consumption_share).toBeNull();
  });

  test("a string that is out is found with its day, its share and what was lost; a tree of every autumn is not; a clock three hours late counts at night", async () => {
    // 0.4 of what it makes of October: 10 kW at 0.9 of six hours a day.
    const october = dates
      .filter(date => date >= "2026-10-01")
      .reduce((sum, date) => sum + 6 * sunAt(`${date}T10:00:00Z`), 0);
    expect(await found(c)).toEqual([
      {
        ...{kind: "solar array weak", subject: "array-2", since: "2026-10-01", measured: 0.6},
        ...{detail: "pes:16", confidence: "medium", kwh_so_far: Math.round(0.4 * 9 * october)}
      },
      expect.objectContaining({kind: "solar at night", subject: "array-4", since: addDays(asOf, -9)})
    ]);
  });

  test("a month that PV_Live works out anew changes what its area made, and what it said first is kept", async () => {
    const october = dates.filter(date => date.startsWith("2026-08"));
    await c.bring("pv-live-again.json", pvLiveFile(october, 0.9), {feed: "grid"});
    const [row] = await c.ask<{relative_yield: number}>(
      "select relative_yield from marts.solar_yields where asset_id = 'array-1' and month = '2026-08-01'"
    );
    expect(row?.relative_yield).toBeCloseTo(1, 3);
    expect(
      await c.live(
        "select count(distinct load_id)::integer as loads from raw.observations where series = 'solar_generation'"
      )
    ).toEqual([{loads: 2}]);
  });

  test("the register says which area, where several are held", async () => {
    await c.bring(
      "great-britain.json",
      pvLiveFile(dates.slice(-40), 0.5).replaceAll("[16,", "[0,").replace("pes_id", "gsp_id"),
      {feed: "grid"}
    );
    const areasOf = async () =>
      (await c.ask<{area: string}>("select distinct area from marts.solar_yields where month = '2026-10-01'")).map(
        ({area}) => area
      );
    expect(await areasOf()).toEqual(["pes:16"]);
    const row = (area: string) => `array-1,town-hall,solar,10,GEN-1,,${first},,${area}`;
    await writeRows(c.folder, "generation-assets.csv", [row("gsp:0")]);
    expect(await areasOf()).toEqual(["gsp:0"]);
    await writeRows(c.folder, "generation-assets.csv", [row("north west")]);
    await expect(c.ask("select 1 from marts.solar_yields")).rejects.toThrow(
      "generation-assets.csv, row 2, pv_area: north west: gsp or pes with a number"
    );
  });
});

test("where no area is held the other arrays speak, and of a single one its own clear days", async () => {
  const weak = times(date => (isLate(date, 40) ? 0.5 : 1));
  expect(await found(await councilOf([whole, weak, whole], []))).toMatchObject([
    {kind: "solar array weak", subject: "array-2", since: addDays(asOf, -39), measured: 0.5, detail: "other arrays"}
  ]);
  const long = times(date => (isLate(date, 70) ? 0.5 : 1));
  expect(await found(await councilOf([long], []))).toMatchObject([
    {kind: "solar array weak", subject: "array-1", measured: 0.5, detail: "its own clear days", confidence: "low"}
  ]);
});
