import {FeedError} from "../../errors.ts";
import {boroughFormat} from "../text/observation-format.ts";
import {financialYearOf} from "../text/periods.ts";
import {type IsHeader, readStatisticsTable, startsWithTable} from "./statistics-table.ts";
import {observationsOf} from "./table-observations.ts";

const isAreaCode = (name: string) => /^(ons|la|local authority|area)( ons)? code$/.test(name);
const isHeader: IsHeader = names => names.some(isAreaCode) && names.some(name => kindOf(name)?.item === "positive");

/**
 * Local sites of nature conservation by local authority, and how many are in positive management, in a year from April to March which the title or the
 * file's name says. Many authorities make no return: they have no figure, which is not nought.
 */
export const sitesInPositiveManagement = boroughFormat({
  name: "defra-local-sites-in-positive-management",
  description: "Local sites in positive conservation management by local authority (single data list 160)",
  evidence: "What is counted, by the publisher's own page; headings from memory. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "defra",
  version: 1,
  isOf: start => startsWithTable(start, isHeader),
  parse: (text, {fileName}) => {
    const table = readStatisticsTable(text, isHeader);
    const [found = ""] = /20\d\d(?:\/|-| to )(?:20)?\d\d(?!\d)/.exec(`${table.above}\n${fileName}`) ?? [];
    const year = financialYearOf(found);
    if (year === null) throw new FeedError('neither the title nor the file name says the year, such as "2024-25"');
    const kinds = table.headings.map(({name}) => kindOf(name.toLowerCase()));
    return observationsOf(table, {
      area: table.headings.findIndex(({name}) => isAreaCode(name.toLowerCase())),
      figures: kinds.flatMap((kind, column) => (kind === null ? [] : [column])),
      of: () => column => {
        const kind = kinds[column];
        return kind ? {series: kind.series, item: "", unit: kind.unit, ...year} : null;
      }
    });
  }
});

function kindOf(name: string): {series: string; unit: string; item: "positive" | "all"} | null {
  const isPositive = /positive (conservation )?management/.test(name);
  if (isPositive && /%|percent|proportion/.test(name))
    return {series: "local_sites_share_in_positive_management", unit: "percent of sites", item: "positive"};
  if (isPositive) return {series: "local_sites_in_positive_management", unit: "sites", item: "positive"};
  return /number of (local )?sites/.test(name) ? {series: "local_sites", unit: "sites", item: "all"} : null;
}
