import {expect, test} from "vitest";
import type {Truth} from "../../../src/illustrative/truth.ts";
import type {Written} from "../written.ts";

const GWH = 1_000_000;
/** A cubic metre of gas is 1.02264 × 39.075 / 3.6 kWh. */
const KWH_PER_CUBIC_METRE = (1.02264 * 39.075) / 3.6;

/** Whether the estate is as large as a council's may be. */
export function totalSuite(estate: () => Written): void {
  test("a year of energy is a council's", async () => {
    const truth = await estate().truth();
    expectBetween(gasKwh(truth, 2025) / GWH, 30, 40);
    expectBetween(electricityKwh(truth, 2025, false) / GWH, 14, 18);
    expectBetween(electricityKwh(truth, 2025, true) / GWH, 5, 6);
    expectBetween(electricityKwh(truth, 2020, true) / GWH, 8.5, 9.5);
  });

  test("buildings are quiet in the first year, and need less from the third to the fifth", async () => {
    const truth = await estate().truth();
    const electricity = [2020, 2022, 2023, 2024].map(year => electricityKwh(truth, year, false));
    expect(electricity[0]).toBeLessThan(0.9 * (electricity[1] ?? 0));
    expect(electricity.slice(1)).toEqual(electricity.slice(1).sort((one, other) => other - one));
  });

  test("a year of fuel is a council's", async () => {
    const truth = await estate().truth();
    const litres = (activity: string, year: number) =>
      sumOf(
        truth.fuel
          .filter(each => each.activity === activity && yearOf(each.month) === year)
          .map(each => each.quantity_l)
      );
    for (const year of [2021, 2022, 2023, 2024, 2025]) expectBetween(litres("diesel", year), 800_000, 900_000);
    expectBetween(litres("petrol", 2025), 22_000, 28_000);
    expectBetween(litres("gas_oil", 2025), 36_000, 44_000);
    expectBetween(litres("hvo", 2025), 55_000, 65_000);
    expect(litres("hvo", 2022)).toBe(0);
  });

  test("what was reported for the gas of 2021 is a fiftieth above the meters", async () => {
    const truth = await estate().truth();
    const said = truth.returns.find(each => each.used_for === "comparison");
    expect((said?.quantity ?? 0) / gasKwh(truth, 2021)).toBeCloseTo(1.02, 3);
  });

  test("the years before the meters are the highest", async () => {
    const truth = await estate().truth();
    const returned = (source: string, year: number) =>
      truth.returns.find(each => each.emission_source === source && each.reporting_year === year)?.quantity ?? 0;
    expect(returned("building gas", 2018)).toBeGreaterThan(returned("building gas", 2019));
    expect(returned("building gas", 2019)).toBeGreaterThan(gasKwh(truth, 2022));
    expect(returned("building electricity", 2019)).toBeGreaterThan(electricityKwh(truth, 2022, false));
    expect(returned("street lighting", 2019)).toBeGreaterThan(electricityKwh(truth, 2020, true));
  });
}

function gasKwh({meter_points}: Truth, year: number): number {
  const gas = meter_points.filter(point => point.energy === "gas");
  return KWH_PER_CUBIC_METRE * sumOf(gas.flatMap(point => quantitiesIn(point, year)));
}

function electricityKwh({meter_points}: Truth, year: number, isLighting: boolean): number {
  const imports = meter_points.filter(({energy, channel}) => energy === "electricity" && channel === "import");
  const ours = imports.filter(point => point.site_id.startsWith("street-lighting") === isLighting);
  return sumOf(ours.flatMap(point => quantitiesIn(point, year)));
}

function quantitiesIn({months}: Truth["meter_points"][number], year: number): string[] {
  return months.filter(({month}) => yearOf(month) === year).map(({quantity}) => quantity);
}

/** The financial year that a month is of. */
function yearOf(month: string): number {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return number < 4 ? year - 1 : year;
}

function sumOf(quantities: readonly string[]): number {
  return quantities.reduce((sum, quantity) => sum + Number(quantity), 0);
}

function expectBetween(value: number, least: number, most: number): void {
  expect(value).toBeGreaterThan(least);
  expect(value).toBeLessThan(most);
}
