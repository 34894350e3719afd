import {boroughFormat} from "../text/observation-format.ts";
import {yearOf} from "../text/periods.ts";
import {type IsHeader, indexOfHeading, readStatisticsTable, startsWithTable} from "./statistics-table.ts";
import {observationsOf} from "./table-observations.ts";

const isHeader: IsHeader = names =>
  ["ons code", "area name", "mode", "purpose", "frequency"].every(name => names.includes(name)) &&
  names.some(name => yearOf(name) !== null);

/**
 * Percent of adults who walk or cycle, by local authority, mode, purpose and how often (tables CW0301 to CW0303). The figures of a year are of a survey
 * that ends in November of it.
 */
export const walkingAndCycling = boroughFormat({
  name: "dft-walking-and-cycling-la",
  description: "Adults who walk or cycle by local authority, mode, purpose and frequency (CW03)",
  evidence:
    "Headings and the names of purposes and frequencies as public code reads CW0301 of 2022 and 2024. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "dft",
  version: 1,
  isOf: start => startsWithTable(start, isHeader),
  parse: text => {
    const table = readStatisticsTable(text, isHeader);
    const column = (name: string) => indexOfHeading(table.headings, name);
    const kinds = ["mode", "purpose", "frequency"].map(column);
    const spans = table.headings.map(({name}) => yearOf(name));
    return observationsOf(table, {
      area: column("ons code"),
      figures: spans.flatMap((span, index) => (span === null ? [] : [index])),
      of: cells => {
        const item = kinds.map(kind => (cells[kind] ?? "").trim()).join(", ");
        return index => {
          const span = spans[index];
          return span ? {series: "adults_walking_or_cycling", item, unit: "percent of adults", ...span} : null;
        };
      }
    });
  }
});
