import {beforeAll, describe, expect, test} from "vitest";
import {type FactorUsed, factorsUsed} from "../../../src/reference/factors/factors-used.ts";
import {hasRealData, readCells, realPath} from "../../support/real-data.ts";
import {readSummary} from "./summary.ts";
import {type FactorRow, figureOf, keyOf, kgOf, readFactorTable} from "./table.ts";

let rows: FactorRow[];

beforeAll(async () => {
  rows = await readFactorTable();
});

/** What another copy calls a factor. Net calorific value is not used here. */
const headlines: Record<string, string> = {
  "electricity generation kWh": "electricity generation kWh",
  "electricity T&D kWh": "electricity transmission_distribution kWh",
  "WTT electricity generation kWh": "electricity well_to_tank_of_generation kWh",
  "WTT electricity T&D kWh": "electricity well_to_tank_of_transmission_distribution kWh",
  "natural gas gross CV kWh (Gross CV)": "natural_gas combustion kWh",
  "WTT natural gas gross CV kWh (Gross CV)": "natural_gas well_to_tank kWh",
  "gas oil litres": "gas_oil combustion l",
  "diesel avg biofuel blend litres": "diesel combustion l",
  "WTT diesel litres": "diesel well_to_tank l",
  "petrol avg biofuel blend litres": "petrol combustion l",
  "WTT petrol litres": "petrol well_to_tank l",
  "burning oil litres": "burning_oil combustion l",
  "LPG litres": "lpg combustion l",
  "HVO litres": "hvo combustion l",
  "wood pellets kWh": "wood_pellets combustion kWh",
  "water supply cubic metres": "water_supply supply m3",
  "water treatment cubic metres": "water_treatment treatment m3"
};

/** Copies round to five decimals, in places to fewer figures; a wrong year or a slipped column is far outside of that. */
const isSame = (one: number, other: number) => Math.abs(one - other) <= Math.max(5.1e-6, Math.abs(other) * 1e-5);

describe.runIf(hasRealData)("the table agrees with every other copy at hand", () => {
  test("headline figures, source by source", async () => {
    const [, ...copies] = await readCells(realPath("factors/headline_crosscheck.csv"));
    const ours = new Map(rows.map(row => [`${keyOf(row)} ${row.factor_set}`, row]));
    const compared = copies.flatMap(([item, unit, year, source, figure]) => {
      const row = ours.get(`${headlines[`${item} ${unit}`]} ${year}`);
      return row === undefined ? [] : [{row, source, figure: Number(figure)}];
    });
    const unlike = compared.filter(({row, figure}) => !isSame(figureOf(row), figure));
    expect(unlike.map(({row, source, figure}) => [keyOf(row), row.factor_set, source, figure])).toEqual([]);
    expect(new Set(compared.map(({row}) => `${keyOf(row)} ${row.factor_set}`)).size).toBe(133);
    expect(compared.length).toBeGreaterThan(250);
  });

  test("every figure and its parts by gas", async () => {
    const summary = await readSummary();
    const used = new Map(factorsUsed.map(factor => [keyOf(factor), factor]));
    const compared = rows
      .filter(({stand_in}) => stand_in === null)
      .map(row => ({row, copy: summary(row.factor_set, used.get(keyOf(row)) as FactorUsed)}));
    const unlike = compared.flatMap(({row, copy}) =>
      Object.entries(kgOf(row)).flatMap(([gas, kg]) => {
        const other = copy?.[gas as keyof typeof copy] ?? null;
        // The other copy of the 2024 set has no parts by gas of cars, and of 2026 it has a few figures alone.
        const isNotCopied =
          (row.factor_set === 2026 || (row.factor_set === 2024 && row.unit === "km" && gas !== "co2e")) &&
          other === null;
        if (isNotCopied) return [];
        return (kg === null) === (other === null) && (kg === null || isSame(kg, other ?? 0))
          ? []
          : [`${row.factor_set} ${keyOf(row)} ${gas}: ${kg} against ${other}`];
      })
    );
    expect(unlike).toEqual([]);
    expect(compared).toHaveLength(396);
    expect(compared.filter(({row, copy}) => row.factor_set === 2026 && copy?.co2e)).toHaveLength(14);
  });
});
