import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {flat, gasFile, portalFile} from "../support/supplier-files.ts";

const [mpan] = mpans;

/** A day of 96,000 kWh and one of 4,000: 100,000 together. */
const hundredThousand = (month: string) => [
  {mpan, date: `${month}-01`, cells: flat(2000)},
  {mpan, date: `${month}-02`, cells: [...flat(100, 40), ...flat(0, 8)]}
];

const inventory = async (canopy: Canopy, year: number) =>
  canopy.ask(
    `select scope, line, factor_set, is_provisional, quantity, emissions_t_co2e as t, emissions_t_co2 as t_co2
     from marts.annual_emissions where reporting_year = ${year} order by scope, line`
  );

test("100,000 kWh of electricity: 20.705 t by the 2024 set, 17.700 t by the 2025 set, and its upstream apart (T17)", async () => {
  const c = new Canopy(await makeDataFolder());
  await c.bring(
    "two-years.csv",
    portalFile("02/10/26 07:00", [...hundredThousand("2024-06"), ...hundredThousand("2025-06")])
  );
  const [generation] = (await inventory(c, 2024)).filter(({line}) => line === "generation");
  expect(generation).toMatchObject({scope: "2", factor_set: 2024, quantity: 100_000, t: 20.705});
  // 2025 set: 0.17700, 0.01853, 0.04590, 0.00397 kg CO2e and 0.11507 kg biogenic CO2 per kWh.
  expect(await inventory(c, 2025)).toEqual([
    {
      scope: "2",
      line: "generation",
      factor_set: 2025,
      is_provisional: false,
      quantity: 100_000,
      t: 17.7,
      t_co2: 17.489
    },
    {
      scope: "3",
      line: "transmission_distribution",
      factor_set: 2025,
      is_provisional: false,
      quantity: 100_000,
      t: 1.853,
      t_co2: 1.834
    },
    {
      scope: "3",
      line: "well_to_tank_of_generation",
      factor_set: 2025,
      is_provisional: false,
      quantity: 100_000,
      t: 4.59,
      t_co2: null
    },
    {
      scope: "3",
      line: "well_to_tank_of_transmission_distribution",
      factor_set: 2025,
      is_provisional: false,
      quantity: 100_000,
      t: 0.397,
      t_co2: null
    },
    {
      scope: "outside",
      line: "biogenic",
      factor_set: 2025,
      is_provisional: false,
      quantity: 100_000,
      t: null,
      t_co2: 11.507
    }
  ]);
});

test("100,000 kWh of gas is 18.385 t by the 2019 set (T19: 18.39)", async () => {
  const c = new Canopy(await makeDataFolder([{id: "9100000001", energy: "gas"}]));
  const day = (date: string, kwh: number) => ({
    mprn: "9100000001",
    date,
    unit: "KWH",
    total: 48 * kwh,
    cells: flat(kwh)
  });
  await c.bring(
    "gas.csv",
    gasFile([day("2019-06-01", 2000), {...day("2019-06-02", 0), total: 4000, cells: [...flat(100, 40), ...flat(0, 8)]}])
  );
  const [combustion] = (await inventory(c, 2019)).filter(({line}) => line === "combustion");
  expect(combustion).toMatchObject({scope: "1", factor_set: 2019, quantity: 100_000, t: 18.385});
});

test("a month takes the set of its reporting year, and a second-hand set says that it is provisional", async () => {
  const c = new Canopy(await makeDataFolder());
  await c.bring(
    "edge.csv",
    portalFile("02/10/26 07:00", [
      {mpan, date: "2026-03-31", cells: flat(1)},
      {mpan, date: "2026-04-01", cells: flat(1)}
    ])
  );
  expect(
    await c.ask(
      "select reporting_year, factor_set, is_provisional, is_whole_year from marts.annual_emissions where line = 'generation' order by 1"
    )
  ).toEqual([
    {reporting_year: 2025, factor_set: 2025, is_provisional: false, is_whole_year: false},
    {reporting_year: 2026, factor_set: 2026, is_provisional: true, is_whole_year: false}
  ]);
});

test("a year without a factor set is an error that names activity, unit and year; none is borrowed", async () => {
  const c = new Canopy(await makeDataFolder());
  const settings = {name: "Test Council", ons_code: null, illustrative: null, base_year: 2017, as_of: "2026-10-31"};
  await writeFile(join(c.folder, "council", "council.json"), JSON.stringify(settings));
  await c.bring("old.csv", portalFile("02/10/26 07:00", [{mpan, date: "2017-06-01", cells: flat(1)}]));
  const failure = await c.ask("select 1").catch((error: Error) => error.message);
  expect(failure).toMatch(/intermediate\.emissions breaks its check \(line is not null\)/);
  for (const words of ['"activity":"electricity"', '"unit":"kWh"', '"reporting_year":2017'])
    expect(failure).toContain(words);
});
