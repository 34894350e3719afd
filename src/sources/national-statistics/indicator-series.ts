import type {Observation} from "../kinds.ts";
import {financialYearOf, quarterFrom, quarterOf, quarterTo, type Span, yearOf} from "../text/periods.ts";

/** One of the columns of values of an indicator, as an observation. */
export type IndicatorValue = Pick<Observation, "series" | "unit"> & {readonly item?: string};

/** An indicator by the words it is published under. */
export interface Indicator {
  readonly indicator: string;
  /** What must stand in the column `unit` or `measure`, where the words are shared by several. */
  readonly counted?: string;
  readonly span: (period: string) => Span | null;
  /** By the name of the column of values. */
  readonly values: Readonly<Record<string, IndicatorValue>>;
  /** What "NA" stands for. */
  readonly na?: Observation["status"];
}

const homes = {series: "energy_certificates_lodged", unit: "certificates"};
const ulev = {series: "licensed_ultra_low_emission_vehicles", unit: "vehicles"};
const vehicles = {series: "licensed_vehicles", unit: "vehicles"};
const carsAndVans = "Cars, Light goods vehicles";

/** Counts of vehicles by year are those of its last quarter. */
const lastQuarterOf = (period: string) => quarterOf(`${period} Q4`);

function energy(indicator: string, series: string): Indicator {
  return {indicator, span: yearOf, values: {value: {series, unit: "ktoe"}}};
}

function waste(indicator: string, series: string): Indicator[] {
  return [
    {
      indicator,
      counted: "Percentage",
      span: financialYearOf,
      values: {value: {series: `${series}_share`, unit: "percent"}}
    },
    {indicator, counted: "Tonnes", span: financialYearOf, values: {value: {series, unit: "tonnes"}}}
  ];
}

/** The indicators that are read, each in the series of the statistic it was taken from. */
export const indicators: readonly Indicator[] = [
  {
    indicator: "Renewable electricity generation",
    counted: "MWh",
    span: yearOf,
    values: {value: {series: "renewable_electricity_generation", unit: "MWh"}},
    na: "suppressed"
  },
  energy("Domestic energy consumption", "domestic_energy_consumption"),
  energy("Industrial and commercial energy consumption", "industrial_and_commercial_energy_consumption"),
  energy("Non domestic energy consumption", "non_domestic_energy_consumption"),
  {
    indicator: "Vehicle miles travelled",
    counted: "Miles (million)",
    span: yearOf,
    values: {value: {series: "road_traffic", item: "all motor vehicles", unit: "million vehicle miles"}}
  },
  {
    indicator: "Publicly available electric vehicle charging devices at all speeds",
    counted: "Per 100,000 population",
    span: quarterFrom,
    values: {
      value: {
        series: "public_charging_devices_per_100000_people",
        item: "all speeds",
        unit: "devices per 100,000 people"
      }
    }
  },
  {
    indicator: "Licensed vehicles - ultra low emission vehicles (ulev) and all vehicles including ulev",
    span: quarterTo,
    values: {value_ulev: ulev, value_all_vehicles: vehicles}
  },
  {indicator: "Ultra low emission vehicles", counted: "Vehicles", span: lastQuarterOf, values: {value: ulev}},
  {indicator: "All licensed vehicles", counted: "Vehicles", span: lastQuarterOf, values: {value: vehicles}},
  {
    indicator: "All cars and vans",
    counted: "Vehicles",
    span: lastQuarterOf,
    values: {value: {...vehicles, item: carsAndVans}}
  },
  {
    indicator: "Electric cars and vans",
    counted: "Vehicles",
    span: lastQuarterOf,
    values: {value: {series: "licensed_plug_in_vehicles", item: carsAndVans, unit: "vehicles"}}
  },
  {
    indicator: "Domestic Energy Performance Certificates (EPC) lodged on the Buildings Register",
    span: quarterTo,
    values: {
      value_certificates_lodged: {...homes, item: "domestic"},
      value_rating_a: {...homes, item: "domestic A"},
      value_rating_b: {...homes, item: "domestic B"},
      value_rating_c: {...homes, item: "domestic C"}
    }
  },
  ...waste("Household waste sent for reuse, recycling or composting", "household_waste_recycled"),
  ...waste("Household waste not sent for reuse, recycling or composting", "household_waste_not_recycled")
];
