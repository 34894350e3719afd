import {describe, expect, test} from "vitest";
import {Canopy} from "../support/canopy.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {writeRows, writeSettings} from "../support/registers.ts";
import {flat, portalFile} from "../support/supplier-files.ts";

const [mpan] = mpans;

describe("annual returns", () => {
  test("published worked examples: T18, T19, T20 and the tonne of biogenic carbon dioxide of T29", async () => {
    const c = new Canopy(await makeDataFolder());
    await writeRows(c.folder, "annual-returns.csv", [
      `2019,building gas,natural_gas,kWh,${328 * 2778.54},inventory,NHS recipe book ch. 1`,
      "2019,heat network,natural_gas,kWh,100000,inventory,NHS recipe book ch. 1",
      "2019,other,natural_gas,kWh,200000,inventory,NHS recipe book ch. 1",
      `2019,building electricity,electricity,kWh,${107 * 2778.54},inventory,NHS recipe book ch. 5`,
      "2019,street lighting,electricity,kWh,50000,inventory,NHS recipe book ch. 5",
      "2019,other,electricity,kWh,18000,inventory,NHS recipe book ch. 5",
      // 1,677.18 kg of biogenic carbon dioxide a tonne of pellets (2025 workbook, outside of scopes): so many tonnes give 1,000 kg.
      `2025,biomass boiler,wood_pellets,t,${1000 / 1677.18},inventory,by hand`
    ]);
    const rows = await c.ask<{source: string; scope: string; line: string; t: number | null; co2: number | null}>(
      "select emission_source as source, scope, line, emissions_t_co2e as t, emissions_t_co2 as co2 from marts.annual_emissions"
    );
    const tonnes = (source: string, scope: string) =>
      rows.find(row => row.source === source && row.scope === scope)?.t ?? Number.NaN;
    expect(tonnes("building gas", "1")).toBeCloseTo(167.55, 2);
    expect(tonnes("heat network", "1")).toBeCloseTo(18.385, 3);
    expect(tonnes("other", "1")).toBeCloseTo(36.77, 2);
    expect(tonnes("building electricity", "2")).toBeCloseTo(75.99, 2);
    expect(tonnes("street lighting", "2")).toBeCloseTo(12.78, 2);
    expect(tonnes("other", "2")).toBeCloseTo(4.6, 2);
    const biogenic = rows.find(row => row.source === "biomass boiler" && row.scope === "outside");
    expect(biogenic?.t).toBeNull();
    // Kilograms become tonnes on the biogenic branch as on the fossil one.
    expect(biogenic?.co2).toBe(1);
  });

  test("a return for the inventory stands instead of readings of its source, activity and year; one for comparison adds nothing; a difference is told of twelve months", async () => {
    const c = new Canopy(await makeDataFolder());
    // A day of 48 half-hours of 10 kWh in each month of 2024/25: 12 × 480 = 5,760 kWh; one day alone of 2025/26.
    const months = Array.from({length: 12}, (_, index) => new Date(Date.UTC(2024, 3 + index, 1)).toISOString());
    await c.bring(
      "two-years.csv",
      portalFile("02/10/26 07:00", [
        ...months.map(month => ({mpan, date: month.slice(0, 10), cells: flat(10)})),
        {mpan, date: "2025-06-01", cells: flat(10)}
      ])
    );
    await writeRows(c.folder, "annual-returns.csv", [
      "2024,building electricity,electricity,kWh,7200,inventory,return",
      "2025,building electricity,electricity,kWh,500,comparison,return"
    ]);
    expect(
      await c.ask(
        "select reporting_year, quantity, activity_data, months from marts.annual_emissions where line = 'generation' order by 1"
      )
    ).toEqual([
      {reporting_year: 2024, quantity: 7200, activity_data: "annual return", months: null},
      {reporting_year: 2025, quantity: 480, activity_data: "half-hourly reads", months: 1}
    ]);
    expect(
      await c.ask(
        "select reporting_year, returned_quantity, metered_quantity, metered_months as months, round(difference_share, 4) as difference from marts.annual_returns order by 1"
      )
    ).toEqual([
      // 7,200 ÷ 5,760 = 1.25.
      {reporting_year: 2024, returned_quantity: 7200, metered_quantity: 5760, months: 12, difference: 0.25},
      {reporting_year: 2025, returned_quantity: 500, metered_quantity: 480, months: 1, difference: null}
    ]);
  });

  test("a fuel before its set knew it is an error that names activity, unit and year", async () => {
    const c = new Canopy(await makeDataFolder());
    await writeRows(c.folder, "annual-returns.csv", ["2019,fleet,hvo,l,1000,inventory,return"]);
    const failure = await c.ask("select 1").catch((error: Error) => error.message);
    for (const words of ['"activity":"hvo"', '"unit":"l"', '"reporting_year":2019']) expect(failure).toContain(words);
  });

  test("a bad row names file, row, column and value", async () => {
    const c = new Canopy(await makeDataFolder());
    await writeRows(c.folder, "annual-returns.csv", ["2019,fleet,diesel,l,-5,inventory,return"]);
    await expect(c.ask("select 1")).rejects.toThrow(/annual-returns\.csv, row 2, quantity: -5: a decimal number/);
    await writeRows(c.folder, "annual-returns.csv", [
      "2019,fleet,diesel,l,5,inventory,return",
      "2019,fleet,diesel,l,6,inventory,return"
    ]);
    await expect(c.ask("select 1")).rejects.toThrow(
      "annual-returns.csv, row 3: a source and activity of one year stands twice"
    );
  });
});

describe("the factor year", () => {
  const march = [{mpan, date: "2025-02-01", cells: flat(100)}];
  const lines =
    "select factor_set, quantity, emissions_t_co2e as t from marts.annual_emissions where line = 'generation' order by 1";

  test("by majority 2024/25 takes the 2024 set alone", async () => {
    const c = new Canopy(await makeDataFolder());
    await c.bring("one.csv", portalFile("02/10/26 07:00", march));
    // 4,800 kWh × 0.20705.
    expect(await c.ask(lines)).toEqual([{factor_set: 2024, quantity: 4800, t: 0.99384}]);
  });

  test("blended by days it takes 275 days of the 2024 set and 90 of the 2025 set, whatever the month", async () => {
    const c = new Canopy(await makeDataFolder());
    await writeSettings(c.folder, {factor_year: "blended by days"});
    await c.bring("one.csv", portalFile("02/10/26 07:00", march));
    const rows = await c.ask<{factor_set: number; quantity: number; t: number}>(lines);
    expect(rows.map(({factor_set}) => factor_set)).toEqual([2024, 2025]);
    expect(rows[0]?.quantity).toBeCloseTo((4800 * 275) / 365, 6);
    expect(rows[1]?.quantity).toBeCloseTo((4800 * 90) / 365, 6);
    expect(rows[0]?.t).toBeCloseTo((4800 * 275 * 0.20705) / 365 / 1000, 6);
    expect(rows[1]?.t).toBeCloseTo((4800 * 90 * 0.177) / 365 / 1000, 6);
  });

  test("blended, a year that has not yet turned takes its first calendar year alone", async () => {
    const c = new Canopy(await makeDataFolder());
    await writeSettings(c.folder, {factor_year: "blended by days"});
    await c.bring("one.csv", portalFile("02/10/26 07:00", [{mpan, date: "2026-05-01", cells: flat(100)}]));
    expect(await c.ask(lines)).toMatchObject([{factor_set: 2026, quantity: 4800}]);
  });
});

test("changing one factor changes exactly the rows that used it", async () => {
  const c = new Canopy(await makeDataFolder());
  await c.bring(
    "three-years.csv",
    portalFile(
      "02/10/26 07:00",
      ["2023-06-01", "2024-06-01", "2025-06-01"].map(date => ({mpan, date, cells: flat(100)}))
    )
  );
  await writeRows(c.folder, "annual-returns.csv", [
    "2024,fleet,diesel,l,1000,inventory,return",
    "2024,building gas,natural_gas,kWh,1000,inventory,return"
  ]);
  const all =
    "select reporting_year, emission_source, line, emissions_t_co2e as t from marts.annual_emissions order by all";
  const before = await c.ask(all);
  const after = await c.ask(all, read => ({
    ...read,
    factors: read.factors.map(factor =>
      factor.factor_set === 2024 && factor.activity === "diesel" && factor.line === "combustion"
        ? {...factor, kg_co2e_per_unit: (factor.kg_co2e_per_unit ?? 0) * 2}
        : factor
    )
  }));
  const changed = after.filter((row, index) => JSON.stringify(row) !== JSON.stringify(before[index]));
  expect(before).toHaveLength(after.length);
  expect(before.length).toBeGreaterThan(15);
  // 1,000 l × 2 × 2.51279 kg, the 2024 set's average biofuel blend.
  expect(changed).toEqual([
    {reporting_year: 2024, emission_source: "fleet", line: "combustion", t: expect.closeTo(2 * 2.51279, 3)}
  ]);
});
