import {boroughFormat} from "../text/observation-format.ts";
import {quarterTo} from "../text/periods.ts";
import {shown} from "../text/shown.ts";
import {type IsHeader, readStatisticsTable, startsWithTable} from "./statistics-table.ts";
import {type BrokenRule, type FigureOf, observationsOf} from "./table-observations.ts";

const columns = ["area_code", "area_name", "category", "year", "quarter", "effective_date", "vehicle_count"];
const isHeader: IsHeader = names =>
  names.length === columns.length && columns.every((name, index) => names[index] === name);

const plainItems: Readonly<Record<string, string>> = {
  "All licensed vehicles": "",
  "All licensed cars": "Cars",
  "All licensed light goods vehicles (LGV)": "Light goods vehicles",
  "All licensed heavy goods vehicles (HGV)": "Heavy goods vehicles",
  "All licensed buses and coaches": "Buses and coaches",
  "All licensed motorcycles": "Motorcycles",
  "All other licensed vehicles": "Other vehicles",
  "All licensed diesel cars": "Cars, Diesel",
  "All licensed diesel vans": "Light goods vehicles, Diesel"
};

const fuels: Readonly<Record<string, string>> = {ULEV: "", BEV: "Battery electric", PHEV: "Plug-in hybrid electric"};

/**
 * Vehicles licensed at the end of a quarter in the ten councils of Greater Manchester, by category, as republished from the vehicle licensing
 * statistics of up to 2021. Items are named as in `licensedVehicles`.
 */
export const licensedVehiclesByCategory = boroughFormat({
  name: "trafford-data-lab-licensed-vehicles",
  description: "Vehicles licensed in Greater Manchester by council, quarter and category",
  evidence: "The published tables themselves, 2021.",
  confirmation: "confirmed",
  provider: "trafford-data-lab",
  version: 1,
  isOf: start => startsWithTable(start, isHeader),
  parse: text =>
    observationsOf(readStatisticsTable(text, isHeader), {
      area: 0,
      figures: [6],
      of:
        ([, , category = "", , , ending = ""]) =>
        (): FigureOf | BrokenRule => {
          const kind = kindOf(category.trim());
          const span = quarterTo(ending.trim());
          if (kind === null) return {rule: "the category is one that is known here", value: shown(category)};
          if (span === null) return {rule: "the day is the last of a quarter", value: shown(ending)};
          return {...kind, ...span, unit: "vehicles"};
        }
    })
});

function kindOf(category: string): {series: string; item: string} | null {
  const item = Object.hasOwn(plainItems, category) ? plainItems[category] : undefined;
  if (item !== undefined) return {series: "licensed_vehicles", item};
  if (category === "All licensed plug-in electric vehicles") return {series: "licensed_plug_in_vehicles", item: ""};
  const [, keeper, short = ""] = /^(All|Private|Company) licensed .* \((ULEV|BEV|PHEV)\)$/.exec(category) ?? [];
  if (keeper === undefined) return null;
  const narrowed = [fuels[short] ?? "", keeper === "All" ? "" : keeper].filter(word => word !== "");
  return {series: "licensed_ultra_low_emission_vehicles", item: narrowed.join(", ")};
}
