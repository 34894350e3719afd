import {FeedError} from "../../errors.ts";
import {
  type IsHeader,
  indexOfHeading,
  readStatisticsTable,
  startsWithTable
} from "../national-statistics/statistics-table.ts";
import {isOnsCode} from "../national-statistics/table-observations.ts";
import {boroughFormat} from "../text/observation-format.ts";
import {type Certificate, certificatesLodged, type Register} from "./counts.ts";

const bandColumns: Readonly<Record<Register, string>> = {
  domestic: "current_energy_rating",
  "non-domestic": "asset_rating_band",
  display: "operational_rating_band"
};

const registers = Object.keys(bandColumns) as Register[];

const isExport: IsHeader = names =>
  names[0] === "certificate_number" &&
  names.includes("lodgement_date") &&
  registers.filter(register => names.includes(bandColumns[register])).length === 1;

/**
 * The exports of the registers of energy certificates, whichever of the three: certificates lodged, counted by band and month. Addresses and numbers of
 * certificates stay in the file. Headings are of either case, and some stand twice, none of them one that is read.
 *
 * An export of homes does not say of which authority they are: it is taken from the ONS code in the file's name. A certificate that stands twice is
 * counted once. A file holds the first and last month of its span only in part, and says nothing of months or bands without a certificate.
 */
export const epcExport = boroughFormat({
  name: "epc-register-export",
  description:
    "Exported energy certificates (homes, other buildings, display certificates), counted by band and month lodged",
  evidence: "Exports among the tests of the register's own program, of all three kinds.",
  confirmation: "confirmed",
  provider: "mhclg",
  version: 1,
  isOf: start => startsWithTable(start, isExport),
  parse: (text, {fileName}) => {
    const {headings, records} = readStatisticsTable(text, isExport);
    const column = (name: string) => indexOfHeading(headings, name);
    const register = registers.find(kind => column(bandColumns[kind]) !== -1) ?? "domestic";
    const area = column("local_authority");
    const ofFile = /(?:^|[^A-Z0-9])([EW]\d{8})(?![0-9])/i.exec(fileName)?.[1]?.toUpperCase();
    if (area === -1 && ofFile === undefined)
      throw new FeedError(
        'the export does not say of which authority it is: put its ONS code in the file\'s name, such as "domestic-E08000007.csv"'
      );
    const numbers = new Set<string>();
    const certificates: Certificate[] = [];
    const unread: {line: number; rule: string; value: string}[] = [];
    let dropped = 0;
    for (const {line, cells} of records) {
      const cell = (at: number) => (cells[at] ?? "").trim();
      const place = area === -1 ? (ofFile ?? "") : cell(area);
      const number = cell(0);
      if (cells.length !== headings.length)
        unread.push({line, rule: "a row has a cell under every heading", value: `${cells.length} cells`});
      else if (!isOnsCode(place))
        unread.push({line, rule: "an authority has an ONS code", value: "not shown, it may be personal"});
      else if (numbers.has(number)) dropped += 1;
      else
        certificates.push({
          line,
          register,
          band: cell(column(bandColumns[register])),
          lodged: cell(column("lodgement_date")),
          area: place
        });
      numbers.add(number);
    }
    const counted = certificatesLodged(certificates);
    const rejected = [...unread, ...counted.rejected];
    return {...counted, rejected, dropped, records: counted.rows.length + rejected.length + dropped};
  }
});
