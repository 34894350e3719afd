import {FeedError} from "../../errors.ts";
import {
  type IsHeader,
  indexOfHeading,
  readStatisticsTable,
  type StatisticsTable,
  startsWithTable
} from "../national-statistics/statistics-table.ts";
import {observationsOf} from "../national-statistics/table-observations.ts";
import {boroughFormat} from "../text/observation-format.ts";
import {yearOf} from "../text/periods.ts";
import {shown} from "../text/shown.ts";

/** As many records as Nomis gives to a guest in one answer. */
export const nomisPageSize = 25_000;

const columns = [
  "date",
  "geography_code",
  "gender_name",
  "c_age_name",
  "measures_name",
  "obs_value",
  "obs_status",
  "record_offset",
  "record_count"
];
const isHeader: IsHeader = names => columns.every(name => names.includes(name));

/** The states of an observation, as far as they are known here; another is rejected. */
const statuses: Readonly<Record<string, string>> = {A: "", P: "[p]", F: "[f]", M: "[x]", Q: "[c]"};

/**
 * Mid-year estimates of population from Nomis, by area, gender and age ("" for everybody). Each answer is one page: its records count on from its first
 * RECORD_OFFSET, and one that ends before RECORD_COUNT with room left is cut off. All years are revised when estimates are re-based.
 */
export const nomisPopulation = boroughFormat({
  name: "nomis-population",
  description: "Mid-year population estimates by area, gender and age, from Nomis",
  evidence:
    "Columns as public code that pages through the service has them; states of observations from memory. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "ons",
  version: 1,
  isOf: start => startsWithTable(start, isHeader),
  parse: text => {
    const table = readStatisticsTable(text, isHeader);
    const at = Object.fromEntries(columns.map(name => [name, indexOfHeading(table.headings, name)]));
    const cell = (cells: readonly string[], name: string) => (cells[at[name] ?? -1] ?? "").trim();
    checkWhole(table, cells => [Number(cell(cells, "record_offset")), Number(cell(cells, "record_count"))]);
    const value = at.obs_value ?? -1;
    const marked = {
      ...table,
      records: table.records.map(({line, cells}) => {
        const status = statuses[cell(cells, "obs_status")] ?? "[?]";
        const text = status === "[x]" || status === "[c]" ? status : `${cells[value] ?? ""}${status}`;
        return {line, cells: cells.map((cell, index) => (index === value ? text : cell))};
      })
    };
    return observationsOf(marked, {
      area: at.geography_code ?? -1,
      figures: [value],
      of: cells => () => {
        const year = yearOf(cell(cells, "date"));
        if (year === null) return {rule: "the date of an estimate is a year", value: shown(cell(cells, "date"))};
        if (cell(cells, "measures_name") !== "Value") return null;
        return {
          series: "population",
          item: itemOf(cell(cells, "gender_name"), cell(cells, "c_age_name")),
          unit: "people",
          ...year
        };
      }
    });
  }
});

function itemOf(gender: string, age: string): string {
  return [gender, age].filter(word => !/^(total|all persons|persons|all ages)$/i.test(word)).join(", ");
}

function checkWhole({records}: StatisticsTable, placeOf: (cells: readonly string[]) => [number, number]): void {
  const places = records.map(({cells}) => placeOf(cells));
  const [first = 0, count = 0] = places[0] ?? [];
  const astray = places.findIndex(([offset, all], index) => offset !== first + index || all !== count);
  if (astray !== -1)
    throw new FeedError(`line ${records[astray]?.line}: the record is not the ${first + astray + 1}. of ${count}`);
  const isCutOff = first + places.length < count && places.length < nomisPageSize;
  if (isCutOff) throw new FeedError(`cut off: ${places.length} records from the ${first + 1}. of ${count}`);
}
