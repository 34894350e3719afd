import {FeedError} from "../../errors.ts";
import {boroughFormat} from "../text/observation-format.ts";
import {yearOf} from "../text/periods.ts";
import {type IsHeader, readStatisticsTable, type StatisticsTable, startsWithTable} from "./statistics-table.ts";
import {observationsOf} from "./table-observations.ts";

const measures = {
  generation: {series: "renewable_electricity_generation", unit: "MWh"},
  capacity: {series: "renewable_electricity_capacity", unit: "MW"},
  sites: {series: "renewable_electricity_sites", unit: "sites"}
} as const;

type Measure = keyof typeof measures;

const isHeader: IsHeader = names =>
  names[0] === "local authority code" && names[1] === "local authority name" && names.includes("photovoltaics");

/** Columns that say which place a row is of, and how many homes it has: no technology. */
const isTechnology = (name: string) => !/^$|^local authority|^region$|^country$|household/i.test(name);

/**
 * One sheet of the renewable electricity workbook: installations of one kind of measure in one year, by local authority and technology. Neither stands
 * in the table itself: they are taken from the sheet's name ("LA - Generation, 2024"), in the file's name or in the title above the headings.
 * "[X]" hides the figure of a single site, which is suppressed and not nought.
 */
export const renewableStatistics = boroughFormat({
  name: "desnz-renewable-electricity-la",
  description: "Renewable electricity by local authority: generation (MWh), capacity (MW) or sites of one year",
  evidence:
    "Sheet names, headings with notes and [X] as public code reads the workbook of 2014 to 2024; technologies as in rows republished from it. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "desnz",
  version: 1,
  isOf: start => startsWithTable(start, isHeader),
  parse: (text, {fileName}) => {
    const table = readStatisticsTable(text, isHeader);
    const {measure, year} = sheetOf(table, fileName);
    const figures = table.headings.flatMap(({name}, column) => (isTechnology(name) ? [column] : []));
    const {series, unit} = measures[measure];
    return observationsOf(table, {
      area: 0,
      figures,
      markers: {"[x]": "suppressed"},
      of: () => column => ({series, item: table.headings[column]?.name ?? "", unit: unitIn(table) ?? unit, ...year})
    });
  }
});

function sheetOf({above}: StatisticsTable, fileName: string) {
  for (const text of [fileName, above]) {
    const [, named = "", named_year = ""] = /LA\s*[-_]\s*(Generation|Capacity|Sites)[,_ ]*(\d{4})/i.exec(text) ?? [];
    const year = yearOf(named_year);
    if (year !== null) return {measure: named.toLowerCase() as Measure, year};
  }
  const words = new Set([...above.matchAll(/\b(generation|capacity|sites)\b/gi)].map(([word]) => word.toLowerCase()));
  const years = new Set([...above.matchAll(/\b20\d\d\b/g)].map(([year]) => year));
  const year = yearOf([...years][0] ?? "");
  if (words.size === 1 && years.size === 1 && year !== null) return {measure: [...words][0] as Measure, year};
  throw new FeedError(
    'neither the file name nor the title says which figures of which year these are: name the file after its sheet, such as "LA - Generation, 2024.csv"'
  );
}

/** The unit that the title gives in brackets, where it gives one. */
function unitIn({above}: StatisticsTable): string | null {
  return /\((kWh|MWh|GWh|kW|MW|GW)\)/.exec(above)?.[1] ?? null;
}
