import {expect, test} from "vitest";
import {buildingLines} from "../../src/commands/building/building.ts";
import {oneFinding} from "../../src/commands/findings/list.ts";
import {readConfig} from "../../src/council/config.ts";
import {addDays, datesBetween, type IsoDate, periodsByClock} from "../../src/illustrative/calendar.ts";
import {withPublished} from "../../src/warehouse/published.ts";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder} from "../support/data-folder.ts";
import {writeRows} from "../support/registers.ts";
import {gasFile} from "../support/supplier-files.ts";
import {boiler, later, meanOf, type Power, weatherOf, wobble} from "./powers.ts";

const asOf = "2026-02-20";
const from = "2026-01-26";
/** As long as the boiler rests, as much as it takes for each °C. */
const whileShut = later(boiler, from, (date, at) => (boiler(date, at) > 0 ? 0 : 10 * Math.max(15 - meanOf(date), 0)));

/** What meters of gas and of heat deliver, kW, each at a site. */
const meters: readonly {id: string; energy: "gas" | "heat"; site: string; power: Power; until?: IsoDate}[] = [
  {id: "9100000001", energy: "gas", site: "burns", power: whileShut},
  {id: "H1", energy: "heat", site: "delivered", power: whileShut},
  {id: "9100000002", energy: "gas", site: "both", power: whileShut},
  {id: "H2", energy: "heat", site: "both", power: (date, at) => 0.8 * whileShut(date, at)},
  {id: "H3", energy: "heat", site: "always", power: later(boiler, from, (date, at) => 12 + wobble(date) + at / 100)},
  // MWh told as kWh.
  {
    id: "H4",
    energy: "heat",
    site: "unit",
    power: (date, at) => boiler(date, at) / (date < addDays(asOf, -14) ? 1 : 1000)
  },
  {id: "H5", energy: "heat", site: "usual", power: boiler},
  // Of two meters one falls silent: what the other tells is neither all of the building nor a fall.
  {id: "H6", energy: "heat", site: "two", power: whileShut},
  {id: "H7", energy: "heat", site: "two", power: boiler, until: "2026-01-20"}
];

/** Rows of what was built last. */
const published = <T extends object>(c: Canopy, sql: string): Promise<T[]> =>
  withPublished(c.folder, connection => connection.rows<T>(sql));

/** Half a power in a half-hour, in ten-thousandths of a kWh, so that sums of them are exact. */
const amountOf = (power: Power, date: IsoDate, at: number) => Math.round(5000 * power(date, at));

/** What the indexes of heat meters stand at on the half-hours of these days, read at both ends of each. */
function heatFile(dates: readonly IsoDate[]): string {
  const rows = meters
    .filter(({energy}) => energy === "heat")
    .flatMap(({id, power, until = asOf}) => {
      let index = 10_000_000;
      return dates
        .filter(date => date <= until)
        .flatMap(date =>
          Array.from({length: 49}, (_, at) => {
            const time =
              at === 48
                ? `${addDays(date, 1)} 00:00`
                : `${date} ${String(at >> 1).padStart(2, "0")}:${at % 2 ? 30 : "00"}`;
            const row = `${id};${time}:00;${(index / 10_000).toFixed(4)};1.0;78.1;61.0;0`;
            if (at < 48) index += amountOf(power, date, at);
            return row;
          }).slice(date === dates[0] ? 0 : 1)
        );
    });
  return ["Meter;Timestamp;Energy (kWh);Volume (m3);Flow temp (C);Return temp (C);Error", ...rows, ""].join("\n");
}

test("heat that is delivered is judged as gas is: the same days, kW and kWh; with its boiler it is one cause; in £ at its own tariff, and no tonnes", async () => {
  // From one change of the clocks past the next; of the day on which they change an index says too little.
  const dates = datesBetween(addDays(asOf, -500), asOf).filter(date => periodsByClock(date).length === 48);
  const c = new Canopy(
    await makeDataFolder(
      meters.map(({id, energy, site}) => ({id, energy, site, from: dates[0] ?? ""})),
      asOf
    )
  );
  await writeRows(c.folder, "weather-stations.csv", ['"53.4,-2.15",Here,53.4,-2.15,74']);
  await writeRows(c.folder, "tariffs.csv", [
    "g,gas,energy,all,,,,6.00,p/kWh,yes,2020-04-01,,here,",
    "h,heat,energy,all,,,,8.00,p/kWh,yes,2020-04-01,,here,",
    "h,heat,standing,all,,,,90,p/day,no,2020-04-01,,here,"
  ]);
  await c.bring("weather.json", weatherOf(datesBetween(addDays(asOf, -500), asOf)), {feed: "weather"});
  await c.bring(
    "gas.csv",
    gasFile(
      meters.flatMap(({id, energy, power}) =>
        energy === "heat"
          ? []
          : dates.map(date => {
              const amounts = Array.from({length: 48}, (_, at) => amountOf(power, date, at));
              const total = amounts.reduce((sum, amount) => sum + amount, 0) / 10_000;
              return {mprn: id, date, unit: "KWH", cells: amounts.map(amount => amount / 10_000), total};
            })
      )
    )
  );
  await c.bring("heat.csv", heatFile(dates));

  await c.ask("select 1 as one");
  const found = await published<Record<string, unknown>>(
    c,
    `select finding_id, kind, site_id, energy, since::date::varchar as since, measured, usual, kwh_a_year, detail, t_co2e_a_year is null as has_no_tonnes,
       round(gbp_a_year / kwh_a_year, 6) as gbp_per_kwh,
       gbp_a_year_low / 0.08 as kwh_low, gbp_a_year_high / 0.08 as kwh_high
     from marts.findings order by site_id, energy`
  );
  expect(found.map(({finding_id, energy, since, detail}) => [finding_id, energy, since, detail])).toEqual([
    ["heat-day-and-night.always", "heat", from, null],
    ["heating-while-shut.both", "gas", from, null],
    ["heating-while-shut.burns", "gas", from, null],
    ["heating-while-shut.delivered", "heat", from, null],
    ["no-readings.H7", "heat", "2026-01-21", null],
    ["readings-in-doubt.H4", "heat", addDays(asOf, -14), "divided"]
  ]);
  const [always, , burns, delivered] = found;
  const numbers = ({measured, usual, kwh_a_year}: Record<string, unknown> = {}) =>
    [measured, usual, kwh_a_year].map(value => Number(Number(value).toPrecision(6)));
  expect(numbers(delivered)).toEqual(numbers(burns));
  expect([burns?.has_no_tonnes, delivered?.has_no_tonnes]).toEqual([false, true]);
  expect([burns?.gbp_per_kwh, delivered?.gbp_per_kwh, always?.gbp_per_kwh]).toEqual([0.06, 0.08, 0.08]);
  // 12 kW, and a hundredth more with each half-hour: 12.235 on average.
  expect(Number(always?.measured)).toBeCloseTo(12.2, 0);
  // From what it comes to if it follows the cold after all, a half of that here, to a tenth more than a year of it.
  const flat = 12.235 * 24 * 365;
  const [low, high] = [Number(always?.kwh_low) / flat, Number(always?.kwh_high) / flat];
  expect([low > 0.4 && low < 0.55, high > 1.07 && high < 1.13]).toEqual([true, true]);

  // Its signature is that of gas, and each figure and screen that speaks of it says heat.
  const signatures = await published(
    c,
    "select site_id, opening, base_kw::decimal(12, 3)::varchar as base, heating_point_c, heating_kw_per_degree::decimal(12, 3)::varchar as slope, failed from marts.energy_signatures where site_id in ('burns', 'delivered') order by opening, site_id"
  );
  expect(signatures.length).toBeGreaterThan(0);
  for (let index = 0; index < signatures.length; index += 2)
    expect({...signatures[index], site_id: ""}).toEqual({...signatures[index + 1], site_id: ""});
  const starts = await published<Record<string, unknown>>(
    c,
    "select site_id, * exclude (site_id, site_name) from marts.heating_starts where site_id in ('burns', 'delivered') order by month, site_id"
  );
  expect(starts.length).toBeGreaterThan(12);
  for (let index = 0; index < starts.length; index += 2)
    expect({...starts[index], site_id: ""}).toEqual({...starts[index + 1], site_id: ""});
  const config = await readConfig(c.folder, new Date("2026-02-21T12:00:00Z"));
  const one = (await oneFinding(config, "heating-while-shut.delivered", {all: false, format: "text"})).join("\n");
  expect(one).toContain("110 kW of heat where there is usually none");
  // Nothing strays where nothing is usual: six days at the weekend are what keeps it from being sure.
  expect(one).toContain("medium confidence");
  expect(one).toContain("check the time clock of the heating controls");
  expect(one).toContain("h: avoidable energy (all) 8p a kWh");
  // 26 days, of which every half-hour is read.
  expect(one).toMatch(/1,248 of 1,248 half-hours since 26 Jan 2026, none estimated/);
  const screen = (await buildingLines(config, "delivered")).join("\n").replace(/\s+/g, " ");
  expect(screen).toContain("kW for each degree below 15 °C");
  expect(screen).toContain("at the rates of now, without standing charges, in no total of electricity or gas");
});
