import {readFile} from "node:fs/promises";
import {gunzipSync} from "node:zlib";
import {parseRegister} from "../../../src/domain/csv.ts";
import type {FactorUsed} from "../../../src/reference/factors/factors-used.ts";
import type {Gas} from "../../../src/reference/factors/labels.ts";
import {realPath} from "../../support/real-data.ts";

type Kg = Record<Gas, number | null>;

/** The derived table's own names of the government's sheets. */
const categories: Record<string, string | readonly string[]> = {
  Fuels: "fuels",
  "WTT- fuels": "wtt_fuels",
  Bioenergy: "bioenergy",
  "WTT- bioenergy": "wtt_bioenergy",
  "UK electricity": "electricity_generation",
  "Transmission and distribution": "electricity_td_losses",
  "WTT- UK electricity": "wtt_electricity",
  "Outside of scopes": "outside_of_scopes",
  "Water supply": "water_supply",
  "Water treatment": "water_treatment",
  // Of 2026 there is the figure of the vehicle alone, which burns the same whoever's it is.
  "Business travel- land": ["business_travel_land", "passenger_vehicles"],
  "WTT- pass vehs & travel- land": "wtt_passenger_vehicles"
};

/** Looks a factor up in the table that others' copies were gathered into, by gas; null where it has none. */
export async function readSummary(): Promise<(year: number, used: FactorUsed) => Kg | null> {
  const text = gunzipSync(await readFile(realPath("factors/factors_summary.csv.gz"))).toString();
  const byKey = new Map<string, Kg>();
  for (const {cells} of parseRegister(text)) {
    const key = `${cells.year} ${cells.category} ${cells.activity} ${cells.unit}`
      .toLowerCase()
      .replace(" > 2020 ", " ");
    const kg = byKey.get(key) ?? {co2e: null, co2: null, ch4: null, n2o: null};
    kg[(cells.gas ?? "").toLowerCase() as Gas] = Number(cells.value);
    byKey.set(key, kg);
  }
  return (year, {unit, published: {level_1, level_2, level_3, column_text, uom}}) => {
    const fuel = unit === "km" && typeof column_text[0] === "string" ? ` > ${column_text[0]}` : "";
    const activities = level_2.flatMap(second => level_3.map(third => `${second} > ${third}${fuel}`));
    const keys = [categories[level_1[0] ?? ""]]
      .flat()
      .flatMap(category => activities.map(activity => `${year} ${category} ${activity} ${uom}`.toLowerCase()));
    return keys.map(key => byKey.get(key)).find(kg => kg !== undefined) ?? null;
  };
}
