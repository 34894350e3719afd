import {beforeAll, describe, expect, test} from "vitest";
import {datesBetween} from "../../src/illustrative/calendar.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {halfHoursOf} from "../support/oracle.ts";
import {writeRows} from "../support/registers.ts";
import {portalFile} from "../support/supplier-files.ts";
import {mpanOf} from "../trial/meters.ts";

const [earlier, dates] = [datesBetween("2023-10-01", "2024-09-30"), datesBetween("2024-10-01", "2026-10-31")];
const [started, completed] = ["2025-10-06", "2025-10-19"];

/** °C: from 0 to 24 and back, a degree a day; the last week is colder than that. */
const celsius = new Map(
  [...earlier, ...dates].map((date, day) => [date, date > "2026-10-24" ? -5 : 24 - Math.abs((day % 48) - 24)])
);
/** kW of a building without noise: 8 and 0.1 for each degree below 15. */
const usual = (date: string) => 8 + 0.1 * Math.max(15 - (celsius.get(date) ?? 0), 0);
const isAfter = (date: string) => date > completed;
/** A tenth less since the work was done; two tenths more while it went on. */
const cut = (date: string) => usual(date) * (isAfter(date) ? 0.9 : date >= started ? 1.2 : 1);

/** What each site takes, kW; null where nobody read it. */
const sites: Readonly<Record<string, (date: string, day: number) => number | null>> = {
  hall: cut,
  depot: (date, day) => (day % 30 === 7 ? null : cut(date)),
  annex: (_, day) => 4 + (day % 2 === 0 ? 0.2 : -0.2),
  club: cut,
  hub: (date, day) => (day < 100 ? null : cut(date)),
  store: usual,
  mill: date => usual(date) * (date < "2024-10-06" ? 1.1 : 1)
};
const names = Object.keys(sites);
const mpan = (site: string) => mpanOf(names.indexOf(site));

let c: Canopy;
let leave: () => Promise<void>;
beforeAll(async () => {
  const meters = names.map(site => ({id: mpan(site), site}));
  c = new Canopy(
    await makeDataFolder(meters, "2026-10-31", each => {
      leave = each;
    })
  );
  const measures = names
    .filter(site => site !== "annex")
    .map(site => `m-${site},${site},electricity,Less,${started},${completed},1000,3000`);
  await writeRows(c.folder, "measures.csv", [
    ...measures,
    "m-annex,annex,electricity,Lamps,,,500,2000",
    "m-store-late,store,electricity,Pumps,2025-12-01,2025-12-02,,",
    "m-mill-old,mill,electricity,Lamps,2020-09-01,2020-09-02,,"
  ]);
  await writeRows(c.folder, "events.csv", [
    "2026-02-02,club,The hall next door is let,yes",
    "2026-03-03,hall,The roof is painted,no"
  ]);
  const weather = [
    "Mean Central England Temperature",
    "Date Value",
    ...[...celsius].map(([date, degrees]) => `${date} ${degrees}.0`)
  ];
  await c.bring("weather.txt", `${weather.join("\n")}\n`, {feed: "weather"});
  const days = names.flatMap(site =>
    (site === "mill" ? [...earlier, ...dates] : dates).flatMap((date, day) => {
      const kw = sites[site]?.(date, day) ?? null;
      return kw === null ? [] : [{mpan: mpan(site), date, cells: cellsOf(date, kw)}];
    })
  );
  await c.bring("reads.csv", portalFile("01/11/26 07:00", days));
  return () => leave();
});

/** Half-hours of the wall clock of so much power, the first of each hour more than the second, by another share each day: no day is a copy of another. */
function cellsOf(date: string, kw: number): (number | "")[] {
  const more = 0.05 + (dates.indexOf(date) % 97) / 1000;
  const clocks = halfHoursOf(date).map(({clock}) => clock);
  return Array.from({length: 48}, (_, index) => {
    const label = `${String(Math.trunc(index / 2)).padStart(2, "0")}:${index % 2 === 0 ? "00" : "30"}`;
    return clocks.includes(label) ? Number(((kw / 2) * (index % 2 === 0 ? 1 + more : 1 - more)).toFixed(4)) : "";
  });
}

const saving = async (site: string) => {
  const [row] = await c.ask<Record<string, unknown>>(
    `select *, (select count(*) from marts.savings_days) as days from marts.savings where measure_id = 'm-${site}'`
  );
  return row as Record<string, number | string | null>;
};
/** A tenth of what the building without noise takes on days after the work, kWh: of the day of 46 half-hours 23 hours, of the others 24, since the hour that autumn repeats is read once. */
const tenthOf = (days: readonly string[]) =>
  days.reduce((sum, date) => sum + (0.1 * usual(date) * Math.min(halfHoursOf(date).length, 48)) / 2, 0);

describe("a building without noise that takes a tenth less", () => {
  test("a tenth of what it would have taken is avoided, to the kWh, and the works are not counted", async () => {
    const after = dates.filter(isAfter);
    // 7 cycles of 48 days and 41 days: 377 days.
    expect(after).toHaveLength(377);
    const hall = await saving("hall");
    expect(hall).toMatchObject({
      outcome: "saves",
      confidence: "medium",
      no_claim: null,
      days_beyond_baseline: 7,
      cautions: "7 of its days are hotter or colder than any of the baseline by more than a tenth of its range",
      baseline_days: 365,
      reporting_days: 377,
      missing_days: 0,
      other_energy: null
    });
    // A cycle of 48 days has 15 + 2 × (14 + … + 1) = 225 degree days below 15: 8.47 kW on average, × 377 × 24 × 0.1 = 7,660 kWh; the cold week is more, 7,700, and to the day:
    expect(Math.round(tenthOf(after) / 100)).toBe(77);
    expect(hall.avoided_kwh).toBeCloseTo(tenthOf(after), 1);
    expect(hall.avoided_share).toBeCloseTo(0.1, 4);
    expect(Number(hall.avoided_kwh_high) - Number(hall.avoided_kwh_low)).toBeLessThan(1);
    // The last 365 days leave out the first twelve.
    expect(hall.year_kwh).toBeCloseTo(tenthOf(after.slice(12)), 1);
    expect(hall.year_gbp).toBeNull();
    // The set of 2026: 0.13096 kg a kWh.
    expect(hall.avoided_t_co2e).toBeCloseTo((tenthOf(after) * 0.13096) / 1000, 4);
    // Each week counts for three deviations at most, less the slack of a half: 10 after four weeks, above 9.
    expect([hall.less_since, hall.more_since]).toEqual([new Date("2025-11-16"), null]);
    // No earlier year is held.
    expect(hall.moves_share).toBeNull();
    // 3,000 kWh a year, and 377 days of much the same use.
    expect(Number(hall.promised_kwh) / ((3000 * 377) / 365)).toBeCloseTo(1, 1);
  });

  test("the days add up to it, the baseline to nothing, and there is none of the works", async () => {
    const rows = await c.ask<{period: string; days: number; saved: number; last: number; works: number}>(
      `select period, count(*)::integer as days, sum(expected_kwh - actual_kwh) as saved, arg_max(cumulative_kwh, settlement_date) as last,
         count(*) filter (settlement_date between '${started}' and '${completed}')::integer as works
       from marts.savings_days where measure_id = 'm-hall' group by period order by period`
    );
    expect(rows.map(({period, days, works}) => [period, days, works])).toEqual([
      ["baseline", 365, 0],
      ["reporting", 377, 0]
    ]);
    expect(rows[0]?.last).toBeCloseTo(0, 1);
    expect(rows[1]?.last).toBeCloseTo(tenthOf(dates.filter(isAfter)), 1);
    expect(rows[1]?.saved).toBeCloseTo(rows[1]?.last ?? 0, 3);
  });

  test("days that nobody read are counted as missing and filled in nowhere", async () => {
    const depot = await saving("depot");
    // One in thirty from the eighth day on: 13 of the baseline's, which are the 6th to the 370th.
    const isMissing = (date: string) => dates.indexOf(date) % 30 === 7;
    const read = dates.filter(date => isAfter(date) && !isMissing(date));
    expect(depot).toMatchObject({reporting_days: read.length, missing_days: 377 - read.length, baseline_days: 352});
    expect(depot.avoided_kwh).toBeCloseTo(tenthOf(read), 1);
    expect(depot.year_days).toBe(read.filter(date => date > "2025-10-31").length);
  });

  test("a building that took a tenth more in the year before the baseline moves by itself: the range says so", async () => {
    const mill = await saving("mill");
    expect(mill).toMatchObject({outcome: "not shown", confidence: "low", years_before: 1});
    // That year is one year apart. The middle of 20 October 2025 to 31 October 2026 is 385 days after the baseline's: 1.645 × 0.1 × √(385 / 365) = 0.169.
    expect(mill.moves_share).toBeCloseTo(0.1, 3);
    const half = (Number(mill.avoided_kwh_high) - Number(mill.avoided_kwh_low)) / 2;
    expect(half / Number(mill.expected_kwh)).toBeCloseTo(0.169, 3);
  });

  test("where nothing was done nothing is shown", async () => {
    const store = await saving("store");
    expect(Math.abs(Number(store.avoided_kwh))).toBeLessThan(1);
    expect(store.avoided_share).toBeCloseTo(0, 4);
  });
});

test("two measures of one energy at a site are not told apart, and both say so", async () => {
  expect((await saving("store")).cautions).toContain("not told apart from what was also done there: Pumps");
  expect((await saving("store-late")).cautions).toContain("not told apart from what was also done there: Less");
});

describe("no claim", () => {
  test("where the baseline touches the time in which buildings were not used as usual", async () => {
    expect(await saving("mill-old")).toMatchObject({
      outcome: "no claim",
      no_claim: "non-routine: the baseline touches March 2020 to July 2021, when buildings were not used as usual"
    });
  });

  test("where something that changes use happened between", async () => {
    const club = await saving("club");
    expect(club).toMatchObject({
      outcome: "no claim",
      no_claim: "non-routine: The hall next door is let (2 Feb 2026)",
      avoided_kwh: null,
      year_kwh: null,
      confidence: null
    });
    expect(await c.ask("select 1 as one from marts.savings_days where measure_id = 'm-club'")).toEqual([]);
  });

  test("where too little of the baseline is known", async () => {
    // Of the 370 days from 1 October 2024 to 5 October 2025 the first hundred are not there.
    expect(await saving("hub")).toMatchObject({
      outcome: "no claim",
      no_claim: "only 270 of the 365 days before it are known, with their weather; 330 are needed",
      avoided_kwh: null
    });
  });
});

test("a planned measure: the smallest saving that the meter shows, worked out by hand", async () => {
  const annex = await saving("annex");
  expect(annex).toMatchObject({outcome: "planned", completed_on: null, avoided_kwh: null, reporting_days: null});
  // Days stray by 0.2 kW, one up and one down: a day by 4.8 kWh. Seven of them leave one over, and a week is not like the one before: a half is the least that
  // neighbours take away. Of 13 weeks: 576 × 0.2² × 0.5 × (91 + 91² / 365) = 1,309; its root 36.2, × 1.645 × 0.8 = 47.6; eight times in ten: × (1 + 0.842 / 1.645) = 72.
  const smallest = (days: number) =>
    Math.sqrt(576 * 0.04 * 0.5 * (days + days ** 2 / 365)) * 1.645 * 0.8 * (1 + 0.842 / 1.645);
  expect(smallest(91)).toBeCloseTo(72, 0);
  expect(Number(annex.smallest_kwh_13_weeks) / smallest(91)).toBeCloseTo(1, 1);
  expect(Number(annex.smallest_kwh_52_weeks) / smallest(364)).toBeCloseTo(1, 1);
  // 4 kW: 96 kWh a day.
  expect(annex.smallest_share_13_weeks).toBeCloseTo(72 / (91 * 96), 3);
  // 2,000 kWh a year are 38 a week; of one week smallest is 18.
  expect(annex.weeks_to_show).toBe(1);
});

test("the command says it: the range first, what is not claimed and why, what could be shown", async () => {
  await c.ask("select (select count(*) from marts.savings) + (select count(*) from marts.savings_days) as n");
  const all = (await canopyLine(["savings"], c.folder)).printed;
  expect(all).toContain("Less, hall (electricity), done 19 Oct 2025: m-hall");
  expect(all).toContain("7,700 kWh less than it would have taken, in 377 days (about 7,700 kWh, 10%)");
  expect(all).toContain("no claim: non-routine: The hall next door is let (2 Feb 2026)");
  expect(all).toContain(
    "Lamps, annex (electricity), planned: m-annex\n  This meter shows a saving of 73 kWh (0.8%) in 13 weeks"
  );
  expect(all).toContain("IPMVP Option C (whole building), CalTRACK 2.0 daily method (superseded by OpenDSM)");
  const one = (await canopyLine(["savings", "m-depot"], c.folder)).printed;
  expect(one).toContain("more not known");
  expect(one).not.toContain("m-hall");
  const json = JSON.parse((await canopyLine(["savings", "m-hall", "--format", "json"], c.folder)).printed);
  expect(json.savings).toMatchObject([{measure_id: "m-hall", outcome: "saves"}]);
  const unknown = await canopyLine(["savings", "m-hal"], c.folder);
  expect([unknown.code, unknown.error]).toEqual([1, expect.stringContaining("Perhaps m-hall?")]);
});
