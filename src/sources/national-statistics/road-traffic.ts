import {FeedError} from "../../errors.ts";
import {boroughFormat} from "../text/observation-format.ts";
import {yearOf} from "../text/periods.ts";
import {
  type IsHeader,
  indexOfHeading,
  readStatisticsTable,
  type StatisticsTable,
  startsWithTable
} from "./statistics-table.ts";
import {observationsOf} from "./table-observations.ts";

const isHeader: IsHeader = names =>
  names[0] === "local authority or region code" &&
  names.some(name => name.startsWith("local authority") && name !== names[0]) &&
  names.some(name => yearOf(name) !== null);

/**
 * Motor vehicle traffic by local authority and year (table TRA8901, miles, or TRA8904, kilometres): the unit is what the sheet says it is, since both
 * have the same headings. Years carry notes and flags in their headings: "[r]" is revised, "[p]" provisional.
 */
export const roadTraffic = boroughFormat({
  name: "dft-road-traffic-la",
  description: "Motor vehicle traffic by local authority and year (TRA8901, TRA8904)",
  evidence:
    "Headings, the rows above them, notes and markers as public code reads the sheets of 2021 to 2024. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "dft",
  version: 1,
  isOf: start => startsWithTable(start, isHeader),
  parse: text => {
    const table = readStatisticsTable(text, isHeader);
    const unitColumn = indexOfHeading(table.headings, "units");
    const spans = table.headings.map(({name}) => yearOf(name));
    return observationsOf(table, {
      area: 0,
      figures: spans.flatMap((span, column) => (span === null ? [] : [column])),
      of: cells => {
        const unit = unitOf(cells[unitColumn] ?? "", table);
        return column => {
          const span = spans[column];
          return span ? {series: "road_traffic", item: "all motor vehicles", unit, ...span} : null;
        };
      }
    });
  }
});

function unitOf(cell: string, {above}: StatisticsTable): string {
  for (const text of [cell, above]) {
    const [unit] = /\b(thousand|million|billion) vehicle (miles|kilometres)\b/i.exec(text) ?? [];
    if (unit !== undefined) return unit.toLowerCase();
  }
  throw new FeedError('the sheet does not say its unit, such as "million vehicle miles"');
}
