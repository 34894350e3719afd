import type * as Plot from "@observablehq/plot";
import {amount} from "../../wording/numbers.ts";
import {reportingYearText} from "../../wording/years.ts";
import {emptyFigure} from "../kit/empty-figure.ts";
import {type Figure, type FigureOptions, figureOf} from "../kit/figure.ts";
import {type Series, seriesOf} from "../kit/series.ts";
import {barsOf, stackedColumns, valueWords} from "../kit/stacked-columns.ts";
import {type FuelYears, fuelName, fuelWords} from "./words.ts";

/** What vehicles and plant drew of one fuel in one reporting year, in litres, credits taken off. */
export interface FleetFuelYear {
  readonly reporting_year: number;
  /** `diesel`, `petrol`, `gas_oil`, `hvo`. */
  readonly activity: string;
  readonly quantity: number;
  /** Whether the year is over and every account was read to its end. */
  readonly is_whole_year: boolean;
  /** Whether the year was over by the as-of date. */
  readonly has_ended: boolean;
}

/**
 * Litres by fuel, a bar a reporting year, the largest fuel of the last whole year at the base and HVO, which takes the place of diesel, on
 * top. The year to date is an outlined bar, one that is over and not whole a hatched one; both are marked and no part of the finding. A year that is not
 * held is a gap.
 */
export function fleetFuel(rows: readonly FleetFuelYear[], options: FigureOptions): Figure {
  if (rows.length === 0) return emptyFigure("fleet-fuel", options, "years of fuel");
  const series = inOrder(rows);
  const part = new Set(rows.filter(row => !row.is_whole_year).map(row => row.reporting_year));
  const ended = new Set(rows.filter(row => row.has_ended).map(row => row.reporting_year));
  const kinds = {part, ended};
  return figureOf(fuelWords(series, kinds, options.asOf), fuelPlot(series, kinds, options), options);
}

function inOrder(rows: readonly FleetFuelYear[]): Series {
  const valuesOf = (some: readonly FleetFuelYear[]) =>
    some.map(row => ({period: row.reporting_year, band: row.activity, value: row.quantity}));
  const [series, whole] = [seriesOf(valuesOf(rows)), seriesOf(valuesOf(rows.filter(row => row.is_whole_year)))];
  const bands = [...new Set([...whole.bands, ...series.bands])];
  return {...series, bands: [...bands.filter(band => band !== "hvo"), ...bands.filter(band => band === "hvo")]};
}

function fuelPlot(series: Series, kinds: FuelYears, options: FigureOptions): Plot.PlotOptions {
  const {part, ended} = kinds;
  const last = series.held.at(-1) as number;
  const whole = series.held.filter(year => !part.has(year));
  const isEnd = (year: number) => [whole[0], whole.at(-1)].includes(year);
  return stackedColumns(
    {
      columns: series.periods.map(year => ({name: reportingYearText(year), under: underOf(year, kinds, options)})),
      unit: "",
      key: [],
      bars: barsOf(series, year => ({
        look: !part.has(year) ? "solid" : ended.has(year) ? "hatched" : "outlined",
        above: isEnd(year) ? amount(series.total(year) ?? 0) : undefined
      })),
      bands: series.bands.map(band => ({
        name: fuelName(band),
        value: valueWords(series.at(last, band), value => `${amount(value)} litres`)
      }))
    },
    options
  );
}

function underOf(year: number, {part, ended}: FuelYears, {asOf}: FigureOptions): string {
  if (!part.has(year)) return "";
  if (ended.has(year)) return "at least";
  return asOf ? `to ${asOf}` : "part year";
}
