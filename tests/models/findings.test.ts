import {readFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {main} from "../../src/cli.ts";
import {addDays, datesBetween, type IsoDate, periodsByClock} from "../../src/illustrative/calendar.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {writeRows} from "../support/registers.ts";
import {gasFile, portalFile} from "../support/supplier-files.ts";
import {mpanOf} from "../trial/meters.ts";
import {boiler, isBetween, isWeekend, later, meanOf, office, type Power, weatherOf, wobble} from "./powers.ts";

const mpan = mpanOf(1);
const mprn = "9100000001";

interface Council {
  readonly asOf: IsoDate;
  readonly electricity?: Power;
  readonly gas?: Power;
  /** What arrays of 10 kW make; the second array and what follows stand on sites of their own. */
  readonly arrays?: readonly Power[];
  /** The last day of its meters. */
  readonly until?: IsoDate;
}

/** A council as of a day whose meters tell of 500 days before it, in one file and what came in the last three weeks in another. */
async function councilOf({asOf, electricity, gas, arrays = [], until = asOf}: Council): Promise<Canopy> {
  const dates = datesBetween(addDays(asOf, -500), until);
  const first = dates[0] ?? "";
  const meters = [
    ...(electricity === undefined ? [] : [{id: mpan, energy: "electricity" as const, from: first}]),
    ...(gas === undefined ? [] : [{id: mprn, energy: "gas" as const, from: first}]),
    ...arrays.map((_, index) => ({id: `GEN-${index + 1}`, energy: "electricity" as const, from: first}))
  ];
  const c = new Canopy(await makeDataFolder(meters, asOf));
  await writeRows(c.folder, "weather-stations.csv", ['"53.4,-2.15",Here,53.4,-2.15,74']);
  await writeRows(
    c.folder,
    "generation-assets.csv",
    arrays.map((_, index) => `array-${index + 1},town-hall,solar,10,GEN-${index + 1},,${first},`)
  );
  await c.bring("weather.json", weatherOf(datesBetween(first, asOf)), {feed: "weather"});
  const cut = addDays(asOf, -21);
  for (const [number, some] of [dates.filter(date => date <= cut), dates.filter(date => date > cut)].entries()) {
    if (some.length === 0) continue;
    const cells = (power: Power, date: IsoDate) =>
      periodsByClock(date).map((period, halfHour) =>
        period < 0 ? "" : Number((power(date, halfHour) / 2).toFixed(4))
      );
    const stamp = `0${number + 1}/11/26 07:00`;
    if (electricity !== undefined)
      await c.bring(
        `electricity-${number}.csv`,
        portalFile(
          stamp,
          some.map(date => ({mpan, date, cells: cells(electricity, date)}))
        )
      );
    if (gas !== undefined)
      await c.bring(
        `gas-${number}.csv`,
        gasFile(
          some.map(date => {
            const kwh = cells(gas, date);
            const total = Number(kwh.reduce<number>((sum, cell) => sum + Number(cell), 0).toFixed(4));
            return {mprn, date, unit: "KWH", cells: kwh, total};
          })
        )
      );
    if (arrays.length > 0)
      await c.bring(
        `generation-${number}.csv`,
        generationFile(
          arrays.flatMap((power, index) =>
            some.map(date => [`GEN-${index + 1}`, "S1", date.split("-").reverse().join("/"), ...cells(power, date)])
          )
        ),
        {feed: "renewable-generation"}
      );
  }
  return c;
}

function generationFile(rows: readonly (readonly (string | number)[])[]): string {
  const labels = Array.from({length: 48}, (_, at) => `${String(at >> 1).padStart(2, "0")}:${at % 2 ? "30" : "00"}`);
  return [["MPAN,MSN,DAY", ...labels].join(), ...rows.map(row => row.join()), ""].join("\n");
}

interface Found {
  readonly kind: string;
  readonly energy: string;
  readonly subject: string;
  readonly since: string;
  readonly measured: number | null;
  readonly kwh_a_year: number | null;
  readonly detail: string | null;
}

const found = (c: Canopy) =>
  c.ask<Found>(
    "select kind, energy, subject, since::date::varchar as since, measured, kwh_a_year, detail from marts.findings order by kind, subject"
  );
const kindsOf = async (c: Canopy) => (await found(c)).map(({kind, since}) => `${kind} since ${since}`);

const asOf = "2026-10-31";
test("as usual: nothing is found, of a cold year's end and of a warm summer", async () => {
  expect(await found(await councilOf({asOf, electricity: office, gas: boiler}))).toEqual([]);
  expect(await found(await councilOf({asOf: "2026-08-10", electricity: office, gas: boiler}))).toEqual([]);
});

test("a base load step is found with its day, its kW and what it comes to in a year", async () => {
  const [only, ...others] = await found(await councilOf({asOf, electricity: later(office, "2026-10-08", () => 3)}));
  expect(others).toEqual([]);
  expect(only).toMatchObject({kind: "base load up", energy: "electricity", subject: "town-hall", since: "2026-10-08"});
  // The night is 4 kW by a fortieth; 3 more day and night are 3 × 24 × 365 kWh.
  expect(only?.measured).toBeCloseTo(3, 0);
  expect(Math.abs((only?.kwh_a_year ?? 0) - 3 * 24 * 365)).toBeLessThan(0.05 * 3 * 24 * 365);
});

test("a rise that stays below a year ago is found, where the weeks between were lower", async () => {
  // 9 kW by night until January 2026, 4 since, and 7 since 3 August: less than a year ago, and 3 more than in spring, which had days as warm.
  const halved: Power = (date, halfHour) => office(date, halfHour) + (date < "2026-01-01" ? 5 : 0);
  const council = (from: IsoDate) => councilOf({asOf: "2026-08-28", electricity: later(halved, from, () => 3)});
  expect(await found(await council("2027-01-01"))).toEqual([]);
  const [only, ...others] = await found(await council("2026-08-03"));
  expect(others).toEqual([]);
  expect(only).toMatchObject({energy: "electricity", since: "2026-08-03"});
  expect(only?.measured).toBeCloseTo(3, 0);
});

test("lights that burn only in the dark are on at night, and no base load", async () => {
  const lights: Power = (_, halfHour) => (isBetween(halfHour, 16, 36) ? 0 : 3);
  const [only, ...others] = await found(await councilOf({asOf, electricity: later(office, "2026-10-08", lights)}));
  expect(others).toEqual([]);
  expect(only).toMatchObject({kind: "on at night", since: "2026-10-08"});
  // 3 kW in 28 of 48 half-hours are 42 kWh a day, for a year of such days or, since an almanac has the sun down for 13.7 hours of these days, of 12: the middle between
  // a tenth less than the one and a tenth more than the other.
  const middle = (0.9 * (12 / 13.7) + 1.1) / 2;
  expect((only?.kwh_a_year ?? 0) / (42 * 365)).toBeGreaterThan(0.97 * middle);
  expect((only?.kwh_a_year ?? 0) / (42 * 365)).toBeLessThan(1.03 * middle);
});

test("six days of something are too few to say; eight are enough", async () => {
  // The middle of the newest fourteen days is above only where eight of them are.
  const daysOf = async (days: number) =>
    kindsOf(await councilOf({asOf, electricity: later(office, addDays(asOf, 1 - days), () => 3)}));
  expect(await daysOf(6)).toEqual([]);
  expect(await daysOf(8)).toEqual([`base load up since ${addDays(asOf, -7)}`]);
});

test("heating by night and at weekends is heating while shut", async () => {
  const heating: Power = (date, halfHour) => (boiler(date, halfHour) > 0 ? 0 : 10 * Math.max(15 - meanOf(date), 0));
  const [first] = await found(await councilOf({asOf: "2026-02-20", gas: later(boiler, "2026-01-26", heating)}));
  expect(first).toMatchObject({kind: "heating while shut", energy: "gas", since: "2026-01-26"});
});

test("hot water kept hot day and night in August is hot water while shut", async () => {
  const water: Power = (date, halfHour) => (boiler(date, halfHour) > 0 ? 0 : 6);
  expect(await kindsOf(await councilOf({asOf: "2026-08-28", gas: later(boiler, "2026-08-03", water)}))).toEqual([
    "hot water while shut since 2026-08-03"
  ]);
});

test("frost protection that ran a year ago too is nothing, and does not hide what is on in summer", async () => {
  // Below 4 °C, which is 23 days on either side of 15 January, 60 kW by night and at weekends.
  const frost: Power = (date, halfHour) =>
    boiler(date, halfHour) || (meanOf(date) < 4 ? 60 * (1 + wobble(date) / 4) : 0);
  expect(await found(await councilOf({asOf: "2026-01-31", gas: frost}))).toEqual([]);
  const water = later(frost, "2026-08-03", (date, halfHour) => (boiler(date, halfHour) > 0 ? 0 : 4));
  expect(await kindsOf(await councilOf({asOf: "2026-08-28", gas: water}))).toEqual([
    "hot water while shut since 2026-08-03"
  ]);
});

test("what burns while it is shut in frost alone is frost protection, unless it is what heating takes", async () => {
  // Since New Year the means are below 5 °C. Open days take 2 + 10 × (15 − mean) kW, 112 to 132; a tenth of that while it is shut is frost protection, a half is heating.
  const inFrost = (share: number) =>
    later(boiler, "2026-01-01", (date, halfHour) =>
      boiler(date, halfHour) > 0 ? 0 : share * 10 * (15 - meanOf(date)) * (1 + wobble(date) / 40)
    );
  expect(await found(await councilOf({asOf: "2026-01-31", gas: inFrost(0.1)}))).toEqual([]);
  // New Year's Day is a bank holiday, of which too few are known to judge it.
  expect(await kindsOf(await councilOf({asOf: "2026-01-31", gas: inFrost(0.5)}))).toEqual([
    "heating while shut since 2026-01-02"
  ]);
});

test("heating that starts five hours before opening on mild days too is early; two hours before is not, nor is what only cold days ask for", async () => {
  // April: means of 10 to 13 °C. The office opens at 08:00; 10 kW for each °C below 15 from a half-hour on, as it has for over a year.
  const from =
    (startOn: (date: IsoDate) => number): Power =>
    (date, halfHour) =>
      isWeekend(date) || !isBetween(halfHour, startOn(date), 36)
        ? 0
        : 10 * Math.max(15 - meanOf(date), 0) * (1 + wobble(date) / 40);
  const c = await councilOf({asOf: "2026-04-30", gas: from(() => 6)});
  const [only, ...others] = await found(c);
  expect(others).toEqual([]);
  expect(only).toMatchObject({kind: "heating early", energy: "gas", subject: "town-hall", measured: 5});
  const months = await c.ask(
    "select start_hour, opening_hour, hours_before, hours_before_on_mild_days, mild_days from marts.heating_starts where month = '2026-04-01'"
  );
  // All but Good Friday and Easter Monday, which are bank holidays, of 22 weekdays.
  expect(months).toEqual([
    {start_hour: 3, opening_hour: 8, hours_before: 5, hours_before_on_mild_days: 5, mild_days: 20}
  ]);
  // From 03:00 to 06:00, before a warm-up of two hours, of the open mild days: a half of it is saved.
  const mild = (first: IsoDate) =>
    datesBetween(first, "2026-04-30").filter(date => !isWeekend(date) && meanOf(date) >= 8 && meanOf(date) <= 14.8);
  const newest = mild("2026-04-07").map(date => 3 * 10 * (15 - meanOf(date)));
  const perDay = newest.reduce((sum, kwh) => sum + kwh, 0) / newest.length;
  expect((only?.kwh_a_year ?? 0) / perDay).toBeGreaterThan(0.5 * mild("2026-03-20").length);
  expect((only?.kwh_a_year ?? 0) / perDay).toBeLessThan(0.5 * 150);
  const cold = from(date => (meanOf(date) < 8 ? 6 : 12));
  expect(await found(await councilOf({asOf: "2026-04-30", gas: cold}))).toEqual([]);
});

test("as much gas more at every hour runs day and night", async () => {
  for (const [end, from] of [
    ["2026-02-20", "2026-01-26"],
    ["2026-08-28", "2026-08-03"]
  ] as const)
    expect(
      await kindsOf(await councilOf({asOf: end, gas: later(boiler, from, (date, at) => 12 + wobble(date) + at / 100)}))
    ).toEqual([`gas day and night since ${from}`]);
});

test("what runs on hot days as it did a year ago is nothing", async () => {
  const cooling: Power = (date, halfHour) =>
    office(date, halfHour) + (isBetween(halfHour, 16, 40) ? 5 * Math.max(meanOf(date) - 14, 0) : 0);
  const pool: Power = date => 30 + 4 * Math.max(20 - meanOf(date), 0) + wobble(date);
  expect(await found(await councilOf({asOf: "2026-07-25", electricity: cooling, gas: pool}))).toEqual([]);
});

test("a meter that tells an hour wrong, or m³ as kWh, is in doubt, and nothing else is said of it", async () => {
  const early: Power = (date, halfHour) => office(date, (halfHour + 2) % 48);
  const clock = (date: IsoDate, halfHour: number) => (date < "2026-10-12" ? office : early)(date, halfHour);
  expect(await found(await councilOf({asOf, electricity: clock}))).toMatchObject([
    {kind: "readings in doubt", subject: mpan, since: "2026-10-12", detail: "shifted"}
  ]);
  const end = "2026-02-20";
  const cubic: Power = (date, halfHour) => boiler(date, halfHour) / (date < addDays(end, -14) ? 1 : 11.1);
  expect(await found(await councilOf({asOf: end, gas: cubic}))).toMatchObject([
    {kind: "readings in doubt", energy: "gas", subject: mprn, detail: "divided"}
  ]);
});

test("a doubt silences what else would be said of that energy at the site, and not of the other", async () => {
  const step = later(office, "2026-10-05", () => 3);
  const isWrong = (date: IsoDate) => isBetween(Number(date.slice(8)), 16, 19) && date.startsWith("2026-10");
  const doubted: Power = (date, halfHour) => step(date, halfHour) * (isWrong(date) ? 1000 : 1);
  const leak = later(boiler, "2026-10-05", (date, at) => 12 + wobble(date) + at / 100);
  const said = async (electricity: Power) =>
    (await found(await councilOf({asOf, electricity, gas: leak}))).map(({kind, energy}) => `${energy}: ${kind}`);
  expect(await said(step)).toEqual(["electricity: base load up", "gas: gas day and night"]);
  expect(await said(doubted)).toEqual(["gas: gas day and night", "electricity: readings in doubt"]);
});

test("what is not there is no readings, and nothing else", async () => {
  expect(await found(await councilOf({asOf, electricity: office, until: "2026-10-20"}))).toMatchObject([
    {kind: "no readings", subject: mpan, since: "2026-10-21"}
  ]);
});

const sun: Power = (date, halfHour) =>
  isBetween(halfHour, 18, 34) ? 4 * (1 + wobble(date) / 2) * (1 - Math.abs(halfHour - 26) / 10) : 0;

test("an array at zero is out, and no meter without readings; of a single array too", async () => {
  const out: Power = (date, halfHour) => (date < "2026-10-10" ? sun(date, halfHour) : 0);
  for (const arrays of [[sun, out, sun], [out]]) {
    const said = await found(await councilOf({asOf, electricity: office, arrays}));
    expect(said).toMatchObject([
      {kind: "solar array out", subject: `array-${arrays.indexOf(out) + 1}`, since: "2026-10-10"}
    ]);
  }
});

test("less bought at midday and as much at night is perhaps panels that nobody registered; in a building that falls silent, and of a registered array, it is not", async () => {
  // Up to 8 kW about noon: more than the 4 kW of a building that is shut; what is left over is exported, and metered by nobody.
  const panels: Power = (date, halfHour) => 2 * sun(date, halfHour);
  const less =
    (from: IsoDate): Power =>
    (date, halfHour) =>
      Math.max(office(date, halfHour) - (date < from ? 0 : panels(date, halfHour)), 0);
  const since = "2026-10-02";
  const [only, ...others] = await found(await councilOf({asOf, electricity: less(since)}));
  expect(others).toEqual([]);
  expect(only).toMatchObject({kind: "panels not registered", subject: "town-hall", since, kwh_a_year: null});
  // From 10:00 to 14:00 the sun makes 8 × (0.4 + 0.5 + … + 1 + 0.9) / 8 kW: 6 of the 24 on open days, which are most.
  expect(only?.measured).toBeGreaterThan(4);
  expect(only?.measured).toBeLessThan(7);
  const silent: Power = (date, halfHour) => (date < since ? office(date, halfHour) : 4 * (1 + wobble(date) / 40));
  expect(await kindsOf(await councilOf({asOf, electricity: silent}))).toEqual([]);
  expect(await kindsOf(await councilOf({asOf, electricity: less(since), arrays: [sun]}))).toEqual([]);
});

test("what a building took beyond its signature sums to nothing over the year it is fitted to, and to the fault since; its weather and its figures", async () => {
  const c = await councilOf({asOf, electricity: later(office, "2026-10-08", () => 3)});
  const days = await c.ask<{is_fitted: boolean; kwh: number; days: number}>(
    `select is_fitted, sum(excess_kwh) as kwh, count(*)::integer as days from marts.signature_points group by is_fitted order by is_fitted`
  );
  // Signatures are fitted to the year that ended two months ago; of the 24 days since the fault each took 3 kW more, and the others next to nothing.
  const [since, fitted] = days;
  expect(fitted).toMatchObject({is_fitted: true, days: 365});
  expect(Math.abs(fitted?.kwh ?? 9e9)).toBeLessThan(0.001 * 365 * 24 * 12);
  expect(Math.abs((since?.kwh ?? 0) - 24 * 24 * 3)).toBeLessThan(0.03 * 24 * 24 * 3);
  const [signature] = await c.ask<{excess_kwh: number; excess_chance_kwh: number}>(
    "select excess_kwh, excess_chance_kwh from marts.energy_signatures limit 1"
  );
  expect(signature?.excess_kwh).toBeCloseTo(since?.kwh ?? 0, 1);
  expect(signature?.excess_chance_kwh).toBeGreaterThan(0);
  expect(signature?.excess_chance_kwh).toBeLessThan(0.2 * (since?.kwh ?? 0));
  // Every hour of a day is at its mean, so that both methods agree; the clocks move two hours of the year into a neighbour.
  const year = datesBetween(addDays(asOf, -364), asOf);
  const degrees = year.reduce((sum, date) => sum + Math.max(15.5 - Number(meanOf(date).toFixed(1)), 0), 0);
  const [weather] = await c.ask<Record<string, number>>("select * from marts.site_weather");
  expect(weather).toMatchObject({
    station_name: "Here",
    height_m: 74,
    known_days: 365,
    longest_gap_days: 0,
    base_c: 15.5
  });
  expect(weather?.mean_degree_days).toBeCloseTo(degrees, 0);
  expect(weather?.hourly_degree_days).toBeCloseTo(degrees, 0);
  expect(await c.ask("select kind, what, happened_on::date::varchar as day from marts.building_events")).toEqual([
    {kind: "finding", what: "base load up", day: "2026-10-08"}
  ]);
  // The night is 4 kW by a fortieth, and 3 more in 24 of the newest 28 nights.
  const [place] = await c.ask<Record<string, number>>("select * from marts.site_years where energy = 'electricity'");
  expect(place?.base_load_kw).toBeCloseTo(7, 0);
  expect(place?.base_load_before_kw).toBeCloseTo(4, 0);
  expect(place?.kwh_per_m2_before).toBeNull();
  const named = [
    "site_years",
    "site_ratings",
    "site_half_hourly",
    "site_load_profile",
    "site_energy_daily",
    "signature_points",
    "borough_emissions"
  ];
  await c.ask(`select 1 from ${named.map(name => `(select 1 from marts.${name} limit 1)`).join(", ")} limit 0`);
  const drawn = async (...argv: string[]) => {
    const file = join(c.folder, "figure.svg");
    const code = await main(["figure", ...argv, "--out", file, "--data", c.folder], c.effects);
    return code === 0 ? await readFile(file, "utf8") : c.effects.printed.at(-1);
  };
  for (const [figure, title] of [
    ["base-load", /base load is 7\d% up on last year/],
    ["cusum", /used 1\.7\d MWh more electricity than/],
    ["carpet", /of its electricity while closed/]
  ] as const)
    expect(await drawn(figure, "town", "--energy", "electricity"), figure).toMatch(title);
});
