import {FeedError} from "../../errors.ts";
import {boroughFormat} from "../text/observation-format.ts";
import {financialYearOf, type Span} from "../text/periods.ts";
import {
  type IsHeader,
  indexOfHeading,
  readStatisticsTable,
  type StatisticsTable,
  startsWithTable
} from "./statistics-table.ts";
import {observationsOf} from "./table-observations.ts";

const entries = "entries and exits: ";
const codeHeading = "three letter code (tlc)";
const isHeader: IsHeader = names =>
  names[0] === "station name" && names.includes(`${entries}all tickets`) && names.includes(codeHeading);

/**
 * Passengers at each railway station in a year from April to March, estimated from tickets (table 1410): entries and exits together by kind of ticket,
 * and changes of train. Areas are stations by their three letters ("SPT"), since names change. The year is in the title, or the file's name.
 */
export const stationUsage = boroughFormat({
  name: "orr-station-usage",
  description: "Estimates of station usage: entries, exits and interchanges by station (table 1410)",
  evidence:
    "Headings, three rows above them, thousands separators and [z] as public code reads the table of April 2024 to March 2025. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "orr",
  version: 1,
  isOf: start => startsWithTable(start, isHeader),
  parse: (text, {fileName}) => {
    const table = readStatisticsTable(text, isHeader);
    const year = yearIn(table, fileName);
    const kinds = table.headings.map(({name}) => kindOf(name.toLowerCase()));
    return observationsOf(table, {
      area: indexOfHeading(table.headings, codeHeading),
      isArea: code => /^[A-Z]{3}$/.test(code),
      figures: kinds.flatMap((kind, column) => (kind === null ? [] : [column])),
      of: () => column => {
        const kind = kinds[column];
        return kind ? {...kind, ...year} : null;
      }
    });
  }
});

function kindOf(name: string): {series: string; item: string; unit: string} | null {
  if (name === "interchanges") return {series: "station_interchanges", item: "", unit: "interchanges"};
  const [, item] = /^entries and exits: (.+) tickets$/.exec(name) ?? [];
  return item === undefined ? null : {series: "station_entries_and_exits", item, unit: "entries and exits"};
}

function yearIn({above}: StatisticsTable, fileName: string): Span {
  for (const text of [above, fileName]) {
    const [, first, last] = /April (20\d\d) to March (20\d\d)/i.exec(text) ?? [];
    const year = financialYearOf(
      first === undefined ? (/20\d\d-\d\d(?!\d)/.exec(text)?.[0] ?? "") : `${first}-${last}`
    );
    if (year !== null) return year;
  }
  throw new FeedError('neither the title nor the file name says the year, such as "April 2024 to March 2025"');
}
