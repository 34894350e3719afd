import {readFileSync} from "node:fs";
import {parseRegister} from "../../src/domain/csv.ts";
import type {SourceYear} from "../../src/figures/emissions-by-source/emissions-by-source.ts";
import type {FleetFuelYear} from "../../src/figures/fleet-fuel/fleet-fuel.ts";
import type {GenerationMonth} from "../../src/figures/solar-generation/solar-generation.ts";
import type {BoroughEmissions} from "../../src/models/marts/borough_emissions.ts";
import {seeded} from "./rows.ts";

/** Rows by year and by month: invented, the same on every machine, but for the borough's, which are the published ones. */

/** One source of one whole year, scope 1 unless said. */
export function source(
  reporting_year: number,
  emission_source: string,
  emissions_t_co2e: number,
  row: Partial<SourceYear> = {}
): SourceYear {
  const given = {reporting_year, emission_source, emissions_t_co2e};
  return {scope: "1", is_provisional: false, is_whole_year: true, ...given, ...row};
}

/** Eight years of a council without 2019/20, in which gas and electricity fall; the last two years on provisional factors. */
export function councilYears(): SourceYear[] {
  const sources: readonly (readonly [string, SourceYear["scope"], number, number])[] = [
    ["building electricity", "2", 3100, 0.88],
    ["street lighting", "2", 1450, 0.78],
    ["building gas", "1", 3420, 0.965],
    ["fleet", "1", 1160, 0.97],
    ["other", "1", 240, 1.01]
  ];
  return [2018, 2020, 2021, 2022, 2023, 2024, 2025].flatMap(year =>
    sources.map(([name, scope, start, keep]) => {
      const quiet = year === 2020 ? 0.86 : 1;
      return source(year, name, start * keep ** (year - 2018) * quiet, {scope, is_provisional: year >= 2024});
    })
  );
}

/** The same with scope 3 beside it, from 2021/22. */
export function councilScopes(): SourceYear[] {
  const third = [2021, 2022, 2023, 2024, 2025].map((year, i) =>
    source(year, "upstream of energy", 1180 - 45 * i, {scope: "3", is_provisional: year >= 2024})
  );
  return [...councilYears(), ...third];
}

export function fuel(reporting_year: number, activity: string, quantity: number, is_whole_year = true): FleetFuelYear {
  return {reporting_year, activity, quantity, is_whole_year};
}

/** Six years and seven months: diesel falls as HVO comes in. */
export function fleetYears(): FleetFuelYear[] {
  const diesel = [421_300, 432_900, 428_100, 415_600, 398_200, 370_744, 201_450];
  return diesel.flatMap((litres, i) => [
    fuel(2020 + i, "diesel", litres, i < 6),
    fuel(2020 + i, "gas_oil", i < 6 ? 38_000 - 2_500 * i : 11_200, i < 6),
    fuel(2020 + i, "petrol", i < 6 ? 21_000 + 700 * i : 13_900, i < 6),
    ...(i >= 4 ? [fuel(2020 + i, "hvo", [24_000, 61_300, 40_100][i - 4] ?? 0, i < 6)] : [])
  ]);
}

export function sunMonth(month: Date, generation_kwh: number, row: Partial<GenerationMonth> = {}): GenerationMonth {
  const parts = {self_consumption_kwh: generation_kwh * 0.71, export_kwh: generation_kwh * 0.29, unmetered_kwh: 0};
  return {month, generation_kwh, ...parts, expected_half_hours: 1440, present_half_hours: 1440, ...row};
}

/** Months of panels from November 2024, a fifth of them without an export meter; reads missing in two months, one month lost. */
export function sunYears(count = 24, unmetered = 0.2): GenerationMonth[] {
  const chance = seeded(11);
  return Array.from({length: count}, (_, i) => {
    const month = new Date(Date.UTC(2024, 10 + i, 1));
    const kwh =
      (96_000 - 78_000 * Math.cos(((month.getUTCMonth() - 5.5) / 6) * Math.PI + Math.PI)) * (0.85 + 0.3 * chance());
    const metered = kwh * (1 - unmetered);
    return sunMonth(month, kwh, {
      self_consumption_kwh: metered * 0.78,
      export_kwh: metered * 0.22,
      unmetered_kwh: kwh * unmetered,
      present_half_hours: [8, 9].includes(i) ? 1200 : 1440
    });
  }).filter((_, i) => i !== 4);
}

/** The published rows of one area, statistic and release, as the mart gives them. */
export function boroughRows(area: string, statistic: string, release: string): BoroughEmissions[] {
  const isOf = (cells: Cells) => cells.statistic === statistic && cells.release === release;
  const named = table("borough-releases").find(isOf) ?? {};
  return table("borough-emissions")
    .filter(cells => isOf(cells) && cells.area_name === area && cells.is_total === "true")
    .map(cells => rowOf(cells, named));
}

type Cells = Readonly<Record<string, string | null>>;

function rowOf(cells: Cells, named: Cells): BoroughEmissions {
  const number = (text: string | null | undefined) => (text == null ? null : Number(text));
  return {
    ...(cells as unknown as BoroughEmissions),
    year: Number(cells.year),
    statistic_name: named.name ?? "",
    boundary: named.boundary as BoroughEmissions["boundary"],
    gases: named.gases as BoroughEmissions["gases"],
    is_newest_release: true,
    is_all_sectors: cells.sector === "All sectors",
    emissions_kt_co2: number(cells.emissions_kt_co2),
    emissions_kt_co2e: number(cells.emissions_kt_co2e),
    is_measure_of_target: false,
    why_not_measure_of_target: named.why_not ?? ""
  };
}

function table(name: string): Cells[] {
  const text = readFileSync(new URL(`../../data/reference/${name}.csv`, import.meta.url), "utf8");
  return parseRegister(text).map(({cells}) => cells);
}

/** The borough's sectors with land use beside them, which takes up what this many kt are. */
export function withLandUse(kt: number): BoroughEmissions[] {
  const rows = boroughRows("Stockport", "co2_within_influence", "2005-2020");
  const years = rows.filter(row => row.is_all_sectors);
  return [
    ...rows.map(row => (row.is_all_sectors ? {...row, emissions_kt_co2: (row.emissions_kt_co2 ?? 0) - kt} : row)),
    ...years.map(row => ({...row, sector: "LULUCF Net Emissions", is_all_sectors: false, emissions_kt_co2: -kt}))
  ];
}
