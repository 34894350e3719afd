import {dateText, monthText} from "./dates.ts";
import {amount, plain} from "./numbers.ts";
import {percent} from "./shares.ts";
import {sentenceCase} from "./titles.ts";
import {reportingYearText} from "./years.ts";

/** How the end of a column's name tells its unit, and how people write it; the longest first where one ends in another. */
const units: readonly (readonly [ending: string, unit: string])[] = [
  ["kwh_per_m2_before", "kWh/m²"],
  ["kwh_per_m2", "kWh/m²"],
  ["kwh_per_kwp", "kWh/kWp"],
  ["kwh_per_pupil", "kWh a pupil"],
  ["kw_per_degree", "kW/°C"],
  ["kt_co2e", "kt CO₂e"],
  ["kt_co2", "kt CO₂"],
  ["t_co2e", "t CO₂e"],
  ["t_co2", "t CO₂"],
  ["half_hours", "half-hours"],
  ["litres", "litres"],
  ["share", "%"],
  ["gbp", "£"],
  ["kwh", "kWh"],
  ["kva", "kVA"],
  ["kwp", "kWp"],
  ["km", "km"],
  ["kg", "kg"],
  ["kw", "kW"],
  ["m3", "m³"],
  ["m2", "m²"],
  ["days", "days"],
  ["c", "°C"],
  ["l", "litres"],
  ["t", "t"]
];

/** What people call a column whose own name is a word of ours. */
const ours: Readonly<Record<string, string>> = {
  settlement_date: "Day",
  site_name: "Building",
  clock_half_hour: "Half-hour",
  actual_t: "Emitted",
  required_t: "Path allows"
};

/** What a column is called and in what it is measured: `Closed` and `kWh`, of `closed_kwh`. */
export function columnWords(name: string): {readonly heading: string; readonly unit: string | null} {
  const [ending, unit = null] = units.find(([end]) => name === end || name.endsWith(`_${end}`)) ?? [];
  const rest = ending === undefined ? name : name.slice(0, -ending.length);
  const words = rest
    .replace(/^(is|has)_/, "")
    .replace(/_id_?$/, " id")
    .replaceAll("_", " ")
    .trim();
  return {heading: ours[name] ?? sentenceCase(words === "" ? (ending ?? name).replaceAll("_", " ") : words), unit};
}

/** The heading of a column with its unit: `Closed (kWh)`. */
export function headingWords(name: string): string {
  const {heading, unit} = columnWords(name);
  return unit === null || heading.toLowerCase() === unit.toLowerCase() ? (unit ?? heading) : `${heading} (${unit})`;
}

/** A value of a column as people read it; an en dash where it is not known. `isOwnYear` says that a year begins in April. */
export function valueWords(name: string, value: unknown, isOwnYear = false): string {
  if (value === null || value === undefined) return "–";
  if (value instanceof Date) return name === "month" ? monthText(value) : dateText(value);
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value !== "number") return String(value).replaceAll("_", " ");
  if (/(^|_)year$/.test(name)) return name === "reporting_year" || isOwnYear ? reportingYearText(value) : String(value);
  if (/(^|_)share$/.test(name)) return percent(value, 1, 1);
  return Number.isInteger(value) ? plain(value) : amount(value);
}
