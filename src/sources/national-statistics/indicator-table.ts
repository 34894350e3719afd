import {boroughFormat} from "../text/observation-format.ts";
import {shown} from "../text/shown.ts";
import {type Indicator, indicators} from "./indicator-series.ts";
import {type IsHeader, indexOfHeading, readStatisticsTable, startsWithTable} from "./statistics-table.ts";
import {type BrokenRule, type FigureOf, observationsOf} from "./table-observations.ts";

const always = ["area_code", "area_name", "period", "indicator", "measure", "unit"];
const isValue = (name: string) => name === "value" || name.startsWith("value_");
const isHeader: IsHeader = names =>
  names[0] === "area_code" && always.every(name => names.includes(name)) && names.some(isValue);

/**
 * Tables of indicators as a neighbouring council republishes national statistics: an area, an indicator, a period and a value in each row, or several
 * values of one indicator side by side. They become the series of the statistics they were taken from; indicators that are not known here are rejected.
 * "NA" is missing, or suppressed where the publisher's own table suppresses.
 */
export const indicatorTable = boroughFormat({
  name: "trafford-data-lab-indicators",
  description: "Indicators by area and period as Trafford Data Lab republishes national statistics",
  evidence: "The published tables themselves, of Stockport, 2026.",
  confirmation: "confirmed",
  provider: "trafford-data-lab",
  version: 1,
  isOf: start => startsWithTable(start, isHeader) && indicators.some(({indicator}) => start.head.includes(indicator)),
  parse: text => {
    const table = readStatisticsTable(text, isHeader);
    const names = table.headings.map(({name}) => name.toLowerCase());
    const group = names.findIndex(name => !always.includes(name) && !isValue(name));
    const cell = (cells: readonly string[], name: string) => (cells[indexOfHeading(table.headings, name)] ?? "").trim();
    const figures = names.flatMap((name, column) => (isValue(name) ? [column] : []));
    const known = (cells: readonly string[]) =>
      indicators.find(
        one => one.indicator === cell(cells, "indicator") && isCounted(one, cell(cells, "measure"), cell(cells, "unit"))
      );
    const suppressed = table.records.some(({cells}) => known(cells)?.na === "suppressed");
    return observationsOf(table, {
      area: 0,
      figures,
      markers: suppressed ? {na: "suppressed"} : {},
      of: cells => {
        const indicator = known(cells);
        const span = indicator?.span(cell(cells, "period"));
        return (column): FigureOf | BrokenRule => {
          const value = indicator?.values[names[column] ?? ""];
          if (value === undefined)
            return {rule: "the indicator is one that is known here", value: shown(cell(cells, "indicator"))};
          if (!span) return {rule: "the period is one of the indicator", value: shown(cell(cells, "period"))};
          return {item: (cells[group] ?? "").trim(), ...value, ...span};
        };
      }
    });
  }
});

function isCounted({counted}: Indicator, ...words: readonly string[]): boolean {
  return counted === undefined || words.includes(counted);
}
