import type {SourceYear} from "../../src/figures/emissions-by-source/draw.ts";
import type {FleetFuelYear} from "../../src/figures/fleet-fuel/draw.ts";
import {fuelName} from "../../src/figures/fleet-fuel/words.ts";
import type {GenerationMonth} from "../../src/figures/solar-generation/draw.ts";
import type {Trajectory} from "../../src/models/marts/trajectories.ts";
import {monthText} from "../../src/wording/dates.ts";
import {sentenceCase} from "../../src/wording/titles.ts";
import {reportingYearText} from "../../src/wording/years.ts";
import {numbers} from "./numbers.ts";

/** A meter over the months that the figure of coverage shows. */
export interface MeterCoverage {
  readonly site_name: string;
  readonly energy: string;
  readonly meter_point_id: string;
  readonly expected_half_hours: number;
  readonly present_half_hours: number;
  readonly estimated_half_hours: number;
  readonly missing_half_hours: number;
  readonly repeated_hour_half_hours: number;
}

export function trajectoryNumbers(file: string, rows: readonly Trajectory[]): HTMLElement {
  const [first] = rows;
  const gas = first?.gases === "CO2" ? "CO₂" : "CO₂e";
  const yearWords = first?.boundary === "area-wide" ? String : reportingYearText;
  return numbers(
    file,
    `${sentenceCase(first?.target_name ?? "Trajectory")}: ${first?.series ?? ""}, in t ${gas}`,
    rows,
    [
      {name: "Year", of: row => yearWords(row.year)},
      {name: "Pathway", of: row => row.pathway},
      {name: "Emitted", of: row => row.actual_t},
      {name: "Emitted at least (not complete)", of: row => row.at_least_t},
      {name: "Pathway allows", of: row => row.required_t},
      {name: "Gap", of: row => row.gap_t}
    ]
  );
}

export function sourceNumbers(file: string, rows: readonly SourceYear[]): HTMLElement {
  return numbers(file, "Emissions by source, scopes 1 and 2, in t CO₂e", rows, [
    {name: "Year", of: row => reportingYearText(row.reporting_year)},
    {name: "Source", of: row => sentenceCase(row.emission_source)},
    {name: "Emissions", of: row => row.emissions_t_co2e},
    {name: "Complete", of: row => (row.is_whole_year ? "yes" : "no: at least")},
    {name: "Factors", of: row => (row.is_provisional ? "provisional" : "official")}
  ]);
}

export function fuelNumbers(file: string, rows: readonly FleetFuelYear[]): HTMLElement {
  return numbers(file, "Fuel of our vehicles and machines, in litres", rows, [
    {name: "Year", of: row => reportingYearText(row.reporting_year)},
    {name: "Fuel", of: row => sentenceCase(fuelName(row.activity))},
    {name: "Litres", of: row => row.quantity},
    {
      name: "Months",
      of: row => (row.is_whole_year ? "whole year" : row.has_ended ? "not complete: at least" : "to date")
    }
  ]);
}

export function generationNumbers(file: string, rows: readonly GenerationMonth[]): HTMLElement {
  return numbers(file, "Electricity generated on council sites, in kWh", rows, [
    {name: "Month", of: row => monthText(row.month)},
    {name: "Generated", of: row => row.generation_kwh},
    {name: "Used on site", of: row => row.self_consumption_kwh},
    {name: "Exported", of: row => row.export_kwh},
    {name: "Half-hours read", of: row => row.present_half_hours},
    {name: "Half-hours expected", of: row => row.expected_half_hours}
  ]);
}

export function meterNumbers(file: string, rows: readonly MeterCoverage[]): HTMLElement {
  return numbers(file, "Half-hours by meter, newest 24 months", rows, [
    {name: "Site", of: row => row.site_name},
    {name: "Meter", of: row => row.meter_point_id},
    {name: "Energy", of: row => row.energy},
    {name: "Expected", of: row => row.expected_half_hours},
    {name: "Read", of: row => row.present_half_hours},
    {name: "Estimated", of: row => row.estimated_half_hours},
    {name: "Missing", of: row => row.missing_half_hours},
    {name: "Of which the extra hour in autumn", of: row => row.repeated_hour_half_hours}
  ]);
}
