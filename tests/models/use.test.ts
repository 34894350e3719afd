import {describe, expect, test} from "vitest";
import {randomFor} from "../../src/illustrative/random.ts";
import {flowFile} from "../lanes/flows.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {halfHoursOf} from "../support/oracle.ts";
import {writeRows} from "../support/registers.ts";
import {portalFile} from "../support/supplier-files.ts";

const [importMpan, exportMpan, otherMpan] = mpans;
const labels = Array.from(
  {length: 48},
  (_, index) => `${String(Math.trunc(index / 2)).padStart(2, "0")}:${index % 2 === 0 ? "00" : "30"}`
);

/** A day of one meter by half-hour of the wall clock. */
interface Day {
  readonly date: string;
  readonly cells: readonly (number | "")[];
}

const daysFrom = (first: string, last: string): string[] => {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
};
const isWeekend = (date: string) => new Date(date).getUTCDay() % 6 === 0;
const isBetween = (halfHour: number, from: number, to: number) => halfHour >= from && halfHour < to;

/** By the wall clock: 0.5 kWh by night and at weekends, 3 from 08:00 to 18:00 on weekdays, 1 in the evening of them. */
const usedAt = (date: string, halfHour: number) => (isWeekend(date) || halfHour < 16 ? 0.5 : halfHour < 36 ? 3 : 1);
/** 2 kWh from 10:00 to 12:00, 5 from 12:00 to 14:00. */
const madeAt = (halfHour: number) => (isBetween(halfHour, 20, 24) ? 2 : isBetween(halfHour, 24, 28) ? 5 : 0);

const wall = (date: string, kwhAt: (halfHour: number) => number): Day => ({
  date,
  cells: labels.map((label, index) => (halfHoursOf(date).some(({clock}) => clock === label) ? kwhAt(index) : ""))
});
const madeFile = (days: readonly Day[], meter = "GEN-1") =>
  [
    ["MPAN,MSN,DAY", ...labels].join(),
    ...days.map(({date, cells}) => [meter, "S1", date.split("-").reverse().join("/"), ...cells].join()),
    ""
  ].join("\n");

async function townHall(asset?: string, asOf = "2026-10-24"): Promise<Canopy> {
  const ofPanels = [exportMpan, otherMpan, "GEN-1", "GEN-2"].filter(id => id === exportMpan || asset?.includes(id));
  const meters = [importMpan, ...(asset === undefined ? [] : ofPanels)];
  // Meters of panels begin when they are there, so that nothing is missing of them before.
  const c = new Canopy(
    await makeDataFolder(
      meters.map(id => ({id, from: id === importMpan ? "2025-10-25" : "2026-01-01"})),
      asOf
    )
  );
  if (asset !== undefined) await writeRows(c.folder, "generation-assets.csv", asset.split("\n"));
  return c;
}

const bringImport = (c: Canopy, days: readonly Day[]) =>
  c.bring(
    "import.csv",
    portalFile(
      "25/10/26 07:00",
      days.map(day => ({...day, mpan: importMpan}))
    )
  );
const bringMade = (c: Canopy, days: readonly Day[], meter = "GEN-1") =>
  c.bring(`made-${meter}.csv`, madeFile(days, meter), {feed: "renewable-generation"});
const bringExport = (c: Canopy, days: readonly Day[], mpan: string = exportMpan) =>
  c.bring(
    `out-${mpan}.usr`,
    flowFile(
      days.map(({date, cells}) => ({
        mpan,
        date,
        quantity: "AE",
        readings: halfHoursOf(date).map(
          ({clock}) => ["A", Number(cells[labels.indexOf(clock)] ?? 0).toFixed(2)] as const
        )
      })),
      "20261025070000"
    )
  );

/** A year of the building to 24 October 2026, with panels from 1 January 2026 or without. */
async function yearOfHall(hasPanels: boolean, asset = `PV-1,town-hall,solar,50,GEN-1,${exportMpan},2026-01-01,`) {
  const c = await townHall(hasPanels ? asset : undefined);
  const dates = daysFrom("2025-10-25", "2026-10-24");
  const sunny = dates.filter(date => date >= "2026-01-01");
  const ownAt = (date: string, halfHour: number) => Math.min(madeAt(halfHour), usedAt(date, halfHour));
  const isSunny = (date: string) => hasPanels && date >= "2026-01-01";
  await bringImport(
    c,
    dates.map(date => wall(date, at => usedAt(date, at) - (isSunny(date) ? ownAt(date, at) : 0)))
  );
  if (hasPanels) {
    await bringMade(
      c,
      sunny.map(date => wall(date, madeAt))
    );
    await bringExport(
      c,
      sunny.map(date => wall(date, at => madeAt(at) - ownAt(date, at)))
    );
  }
  return c;
}

const ofUse = [
  "select settlement_date, quantity, half_hourly_kwh, closed_kwh, community_kwh, day_class, base_load_kw, base_load_eight_lowest_kw from marts.site_energy_daily order by all",
  "select month, quantity, half_hourly_kwh, closed_kwh from marts.site_energy_monthly order by all",
  "select * from marts.site_half_hourly order by all",
  "select * from marts.site_load_profile order by all",
  "select * from marts.site_ratings order by all"
];
const marts = ["site_energy_monthly", "site_half_hourly", "site_load_profile", "site_ratings", "site_energy_daily"];
const day = (c: Canopy, date: string) =>
  c.ask(
    `select quantity, consumption_kwh, half_hourly_kwh, closed_kwh, base_load_kw, base_load_eight_lowest_kw from marts.site_energy_daily where settlement_date = '${date}'`
  );

describe("a year of a building, with panels and without", () => {
  test("panels change no figure of use: closed share, base load, profile, half-hours, rating", async () => {
    const [plain, panels] = [await yearOfHall(false), await yearOfHall(true)];
    const everyMart = marts.map(mart => `(select count(*) from marts.${mart})`).join(" + ");
    for (const c of [plain, panels]) await c.ask(`select ${everyMart} as n`);
    for (const question of ofUse) expect(await panels.ask(question), question).toEqual(await plain.ask(question));

    // A Thursday: 16 × 0.5 + 20 × 3 + 12 × 1 = 80, of which closed 8 + 12; own use 4 × 2 + 4 × 3 = 20.
    const thursday = {
      quantity: "use",
      half_hourly_kwh: 80,
      closed_kwh: 20,
      base_load_kw: 1,
      base_load_eight_lowest_kw: 1
    };
    expect(await day(plain, "2026-06-18")).toEqual([{...thursday, consumption_kwh: 80}]);
    expect(await day(panels, "2026-06-18")).toEqual([{...thursday, consumption_kwh: 60}]);
    // A Saturday: 48 × 0.5, all of it closed; own use 8 × 0.5.
    expect(await day(panels, "2026-06-20")).toMatchObject([{consumption_kwh: 20, half_hourly_kwh: 24, closed_kwh: 24}]);
    // By import alone the closed share of the Thursday would be 20 of 60, and that of use is 20 of 80.

    // 260 weekdays × 80, 103 days of a weekend × 24, 23 on the day of 46 and 24 on the day of 50, of which the file has a place for 48.
    // 20,800 + 2,472 + 47 = 23,319 kWh for 1,000 m². A typical office: 95 × 0.55 + 120 × 0.19 = 75.05 kg.
    const rating = "select quantity, electricity_kwh_per_m2 as e, tm46_rating as rating from marts.site_ratings";
    expect(await panels.ask(rating)).toEqual([
      {quantity: "use", e: 23.319, rating: expect.closeTo((100 * 23.319 * 0.55) / 75.05, 6)}
    ]);
    // Half-hours of weekdays: 12:00 is 3 kWh, 6 kW, whatever the sun does; 03:00 is 1 kW, which is the base load.
    expect(
      await panels.ask(
        "select clock_half_hour as at, p10_kw, median_kw, p90_kw, days, base_load_kw from marts.site_load_profile where day_type = 'Monday to Friday' and clock_half_hour in (6, 24) order by 1"
      )
    ).toEqual([
      {at: 6, p10_kw: 1, median_kw: 1, p90_kw: 1, days: 260, base_load_kw: 1},
      {at: 24, p10_kw: 6, median_kw: 6, p90_kw: 6, days: 260, base_load_kw: 1}
    ]);
  });

  test("the inventory is of import, whatever is used of own generation", async () => {
    const c = await yearOfHall(true);
    // 212 weekdays × 20 and 85 days of weekends × 4 from 1 January 2026.
    const own = 212 * 20 + 85 * 4;
    expect(
      await c.ask(
        "select sum(quantity) filter (line = 'generation') as bought, sum(quantity) filter (line = 'used_on_site') as own from marts.annual_emissions where activity = 'electricity' and scope = '2' or line = 'used_on_site'"
      )
    ).toEqual([{bought: 23_319 - own, own}]);
    expect(await c.ask("select sum(consumption_kwh) as kwh from marts.site_energy_daily")).toEqual([
      {kwh: 23_319 - own}
    ]);
  });

  test("where export is not metered every figure is of import and says so; before the panels it is use", async () => {
    const c = await yearOfHall(true, "PV-1,town-hall,solar,50,GEN-1,,2026-01-01,");
    expect(await day(c, "2026-06-18")).toEqual([
      {
        quantity: "import",
        consumption_kwh: 60,
        half_hourly_kwh: 60,
        closed_kwh: 20,
        base_load_kw: 1,
        // The sun leaves four half-hours of nothing, 12:00 to 14:00; four more are of 0.5: 2 × (4 × 0.5) ÷ 8.
        base_load_eight_lowest_kw: 0.5
      }
    ]);
    expect(await day(c, "2025-12-31")).toMatchObject([{quantity: "use", half_hourly_kwh: 80}]);
    // Import alone: 23,319 less own use, 212 × 20 + 85 × 4 = 4,580.
    expect(await c.ask("select quantity, electricity_kwh_per_m2 as e from marts.site_ratings")).toEqual([
      {quantity: "import", e: 18.739}
    ]);
    // Most days of the last year are of import, 297; the days before are left out, not mixed in.
    expect(
      await c.ask(
        "select quantity, min(settlement_date)::date::varchar as first, count(distinct settlement_date)::integer as days from marts.site_half_hourly where power_kw is not null group by 1"
      )
    ).toEqual([{quantity: "import", first: "2026-01-01", days: 297}]);
    expect(
      await c.ask(
        "select distinct quantity, sum(days) filter (clock_half_hour = 24)::integer as days from marts.site_load_profile group by 1"
      )
    ).toEqual([{quantity: "import", days: 297}]);
  });
});

describe("one day at a time", () => {
  const asset = `PV-1,town-hall,solar,50,GEN-1,${exportMpan},2026-01-01,`;
  const date = "2026-06-18";
  const used = wall(date, at => usedAt(date, at));

  test("a half-hour of which generation is not held is not there; the rest of the day is use", async () => {
    const c = await townHall(asset);
    await bringImport(c, [used]);
    const made = wall(date, madeAt);
    await bringMade(c, [{date, cells: made.cells.map((kwh, at) => (at === 22 ? "" : kwh))}]);
    await bringExport(c, [wall(date, () => 1)]);
    // 80 imported, of which 3 at 11:00; own use 3 × (2 − 1) and 4 × (5 − 1), and nothing where 1 is exported and none is made.
    expect(await day(c, date)).toMatchObject([
      {quantity: "use", consumption_kwh: 80, half_hourly_kwh: 80 - 3 + 3 + 16}
    ]);
    expect(
      await c.ask(
        "select clock_half_hour as at, power_kw from marts.site_half_hourly where clock_half_hour in (21, 22, 24)"
      )
    ).toEqual([
      {at: 21, power_kw: 8},
      {at: 22, power_kw: null},
      {at: 24, power_kw: 14}
    ]);
  });

  test("a day of which nothing of generation is held is of import; among days of use its half-hours are not shown", async () => {
    const c = await townHall(asset);
    const dates = ["2026-06-16", "2026-06-17", date];
    await bringImport(
      c,
      dates.map(each => wall(each, at => usedAt(each, at)))
    );
    await bringMade(
      c,
      dates.slice(0, 2).map(each => wall(each, madeAt))
    );
    await bringExport(
      c,
      dates.map(each => wall(each, () => 0))
    );
    expect(
      await c.ask(
        "select settlement_date::date::varchar as date, quantity, half_hourly_kwh as kwh, base_load_kw from marts.site_energy_daily order by 1"
      )
    ).toEqual([
      {date: "2026-06-16", quantity: "use", kwh: 108, base_load_kw: 1},
      {date: "2026-06-17", quantity: "use", kwh: 108, base_load_kw: 1},
      {date, quantity: "import", kwh: 80, base_load_kw: 1}
    ]);
    expect(await c.ask("select quantity, half_hourly_kwh, closed_kwh from marts.site_energy_monthly")).toEqual([
      {quantity: "use", half_hourly_kwh: 216, closed_kwh: 40}
    ]);
    expect(
      await c.ask(
        "select settlement_date::date::varchar as date, quantity, count(power_kw)::integer as held from marts.site_half_hourly group by all order by 1"
      )
    ).toEqual([
      {date: "2026-06-16", quantity: "use", held: 48},
      {date: "2026-06-17", quantity: "use", held: 48},
      {date, quantity: "use", held: 0}
    ]);
  });

  test("two arrays add up; where one of them is not metered it is import", async () => {
    const second = (exportedBy: string) => `${asset}\nPV-2,town-hall,solar,20,GEN-2,${exportedBy},2026-06-18,`;
    const c = await townHall(second(otherMpan));
    await bringImport(c, [used]);
    for (const meter of ["GEN-1", "GEN-2"]) await bringMade(c, [wall(date, madeAt)], meter);
    await bringExport(c, [wall(date, () => 0)]);
    await bringExport(c, [wall(date, at => madeAt(at) / 2)], otherMpan);
    // 80 + 28 + 14.
    expect(await day(c, date)).toMatchObject([{quantity: "use", half_hourly_kwh: 122}]);
    await writeRows(c.folder, "generation-assets.csv", second("").split("\n"));
    expect(await day(c, date)).toMatchObject([{quantity: "import", half_hourly_kwh: 80}]);
  });

  test("base load is the mean power from 00:00 to 04:00, also on the days the clocks change", async () => {
    const ofDay = async (each: string, kwh: readonly number[]) => {
      const c = await townHall();
      const readings = kwh.map(value => ["A", value.toFixed(2)] as const);
      await c.bring("d.usr", flowFile([{mpan: importMpan, quantity: "AI", date: each, readings}], "20261025070000"));
      const [row] = await c.ask<{base_load_kw: number; base_load_eight_lowest_kw: number}>(
        "select base_load_kw, base_load_eight_lowest_kw from marts.site_energy_daily"
      );
      return [row?.base_load_kw, row?.base_load_eight_lowest_kw];
    };
    const low = (count: number, from: number, slots: readonly number[]) =>
      slots.map(slot => (slot >= from && slot < from + count ? 0.1 : 0.5));
    const slots = (count: number) => Array.from({length: count}, (_, index) => index);
    // Eight of 0.1 kWh and the rest 0.5: 0.2 kW by the eight lowest; by the window too, where they are its own.
    expect(await ofDay(date, low(8, 0, slots(48)))).toEqual([0.2, 0.2]);
    // At noon, as panels do: 2 × 0.5 by the window.
    expect(await ofDay(date, low(8, 24, slots(48)))).toEqual([1, 0.2]);
    // Six half-hours begin 00:00 to 03:30 in spring: two of 0.1 from 03:00 are 2 × (4 × 0.5 + 2 × 0.1) ÷ 6.
    expect(await ofDay("2026-03-29", low(8, 4, slots(46)))).toEqual([0.7333, 0.2]);
    // Ten in autumn: 2 × (2 × 0.5 + 8 × 0.1) ÷ 10.
    expect(await ofDay("2025-10-26", low(8, 2, slots(50)))).toEqual([0.36, 0.2]);
  });

  test("a night of which a half-hour is missing has no base load, and a day that lacks another has", async () => {
    const c = await townHall();
    const cells = (missing: number) => used.cells.map((kwh, at) => (at === missing ? "" : kwh));
    await bringImport(c, [
      {date, cells: cells(3)},
      {date: "2026-06-19", cells: cells(8)}
    ]);
    expect(
      await c.ask(
        "select base_load_kw, base_load_eight_lowest_kw from marts.site_energy_daily order by settlement_date"
      )
    ).toEqual([
      {base_load_kw: null, base_load_eight_lowest_kw: null},
      {base_load_kw: 1, base_load_eight_lowest_kw: null}
    ]);
  });

  test("two meters of which one lacks half-hours: nothing of the other is taken for the site's in them", async () => {
    const before = "2026-06-17";
    const c = new Canopy(await makeDataFolder([importMpan, exportMpan].map(id => ({id, from: before, to: date}))));
    const part = used.cells.map((kwh, at) => (at < 36 ? kwh : ""));
    await c.bring(
      "both.csv",
      portalFile("25/10/26 07:00", [
        {mpan: importMpan, date: before, cells: used.cells},
        {mpan: exportMpan, date: before, cells: used.cells},
        {mpan: importMpan, date, cells: used.cells},
        {mpan: exportMpan, date, cells: part}
      ])
    );
    expect(await day(c, before)).toMatchObject([{consumption_kwh: 160, half_hourly_kwh: 160, closed_kwh: 40}]);
    // Until 18:00 both: 2 × (8 + 60), closed 2 × 8; imported 80 + 68.
    expect(await day(c, date)).toMatchObject([{consumption_kwh: 148, half_hourly_kwh: 136, closed_kwh: 16}]);
  });

  test("random half-hours, some missing: use is import and own use where all three are held", async () => {
    const random = randomFor(24, "use of a site");
    const draw = () => labels.map((): number | "" => (random() < 0.1 ? "" : Math.round(random() * 900) / 100));
    const [bought, made] = [draw(), draw()];
    const left = labels.map(() => Math.round(random() * 900) / 100);
    const c = await townHall(asset);
    await bringImport(c, [{date, cells: bought}]);
    await bringMade(c, [{date, cells: made}]);
    await bringExport(c, [{date, cells: left}]);
    const use = labels.map((_, at) =>
      bought[at] === "" || made[at] === "" ? null : Number(bought[at]) + Math.max(Number(made[at]) - (left[at] ?? 0), 0)
    );
    const sum = (of: readonly (number | null)[]) => of.reduce<number>((total, kwh) => total + (kwh ?? 0), 0);
    expect(await c.ask("select power_kw from marts.site_half_hourly order by clock_half_hour")).toEqual(
      use.map(kwh => ({power_kw: kwh === null ? null : expect.closeTo(2 * kwh, 4)}))
    );
    expect(await day(c, date)).toMatchObject([
      {
        half_hourly_kwh: expect.closeTo(sum(use), 4),
        closed_kwh: expect.closeTo(sum(use) - sum(use.slice(16, 36)), 4)
      }
    ]);
  });
});
