import {FeedError} from "../../errors.ts";
import {boroughFormat} from "../text/observation-format.ts";
import type {Span} from "../text/periods.ts";
import {type IsHeader, readStatisticsTable, startsWithTable} from "./statistics-table.ts";
import {observationsOf} from "./table-observations.ts";

const isAreaCode = (name: string) => /^local authority( district)? code$/.test(name);
const isHeader: IsHeader = names =>
  names[0] === "region code" && names[1] === "region name" && isAreaCode(names[2] ?? "") && names.length > 4;

/**
 * The energy efficiency of homes by local authority, from the latest certificate of each dwelling: the median score, or the percentage in band C or
 * above, as the title says, by kind of home. The year is the one that ends with the month the title names ("up to March 2025"), or the file's name.
 */
export const housingEnergyEfficiency = boroughFormat({
  name: "ons-energy-efficiency-of-housing-la",
  description: "Energy efficiency of housing by local authority: median score, or percentage in band C or above",
  evidence:
    "Area headings and four rows above them as public code reads the workbooks up to March 2025; the words of the titles are from memory. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "ons",
  version: 1,
  isOf: start => startsWithTable(start, isHeader),
  parse: (text, {fileName}) => {
    const table = readStatisticsTable(text, isHeader);
    const measure = measureIn(table.above);
    const span = yearUpTo(`${table.above}\n${fileName}`);
    return observationsOf(table, {
      area: 2,
      figures: table.headings.flatMap(({name}, column) => (column > 3 && name !== "" ? [column] : [])),
      of: () => column => ({...measure, item: itemOf(table.headings[column]?.name ?? ""), ...span})
    });
  }
});

const itemOf = (heading: string) => (/^all( dwellings| properties)?$/i.test(heading) ? "" : heading);

function measureIn(title: string): {series: string; unit: string} {
  if (/median energy efficiency score/i.test(title))
    return {series: "median_energy_efficiency_score", unit: "SAP points"};
  if (/percentage.*band C or (above|higher)/is.test(title))
    return {series: "dwellings_in_band_c_or_above", unit: "percent of dwellings"};
  throw new FeedError("the title says neither median energy efficiency score nor percentage in band C or above");
}

function yearUpTo(text: string): Span {
  const [, year] = /up ?to ?March ?(20\d\d)/i.exec(text) ?? /March ?(20\d\d)/i.exec(text) ?? [];
  if (year === undefined)
    throw new FeedError('neither the title nor the file name says up to when, such as "March 2025"');
  return {starts_at: `${Number(year) - 1}-04-01`, period: "year"};
}
