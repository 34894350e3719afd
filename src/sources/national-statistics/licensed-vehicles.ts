import {FeedError} from "../../errors.ts";
import {boroughFormat} from "../text/observation-format.ts";
import {quarterOf} from "../text/periods.ts";
import {
  type IsHeader,
  indexOfHeading,
  readStatisticsTable,
  type StatisticsTable,
  startsWithTable
} from "./statistics-table.ts";
import {observationsOf} from "./table-observations.ts";

/** What each table of the vehicle licensing statistics counts. */
const seriesByTable: Readonly<Record<string, string>> = {
  "0105": "licensed_vehicles",
  "0132": "licensed_ultra_low_emission_vehicles",
  "0142": "licensed_plug_in_vehicles"
};

const kinds = ["bodytype", "fuel", "keepership"];

const isHeader: IsHeader = names =>
  ["ons code", "ons geography", "units", "fuel", "keepership"].every(name => names.includes(name)) &&
  names.some(name => quarterOf(name.toUpperCase()) !== null);

/**
 * Vehicles licensed at the end of each quarter by local authority, and by body type, fuel and keepership (tables VEH0105, VEH0132 and VEH0142). An
 * item names what a row is narrowed to ("Cars", "Battery electric, Private"), and is "" for all. Thousands become vehicles. Quarters are taken by
 * their headings: the newest is inserted at the left.
 *
 * VEH0105 is many times larger than the others: of it, rows narrowed in more than one way are passed over. A vehicle counts where its keeper is
 * registered, so where leasing companies are, these figures are not the borough's own.
 */
export const licensedVehicles = boroughFormat({
  name: "dft-licensed-vehicles-la",
  description: "Vehicles licensed at the end of each quarter by local authority (VEH0105, VEH0132, VEH0142)",
  evidence:
    "Headings, [note n], [x] and [low], units and quarters as public code reads the sheets of 2023; [c] by the conventions of government statistics. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "dft",
  version: 1,
  isOf: start => startsWithTable(start, isHeader),
  parse: (text, {fileName}) => {
    const table = readStatisticsTable(text, isHeader);
    const number = tableNumber(table, fileName);
    const series = seriesByTable[number] ?? "";
    const column = (name: string) => indexOfHeading(table.headings, name);
    const spans = table.headings.map(({name}) => quarterOf(name.toUpperCase()));
    const unitColumn = column("units");
    const kindColumns = kinds.map(column).filter(index => index !== -1);
    const most = number === "0105" ? 1 : kinds.length;
    return observationsOf(table, {
      area: column("ons code"),
      figures: spans.flatMap((span, index) => (span === null ? [] : [index])),
      of: cells => {
        const narrowed = kindColumns.map(at => (cells[at] ?? "").trim()).filter(kind => !/^(total|all)$/i.test(kind));
        if (narrowed.length > most) return () => null;
        const of = {series, item: narrowed.join(", "), unit: "vehicles", places: placesOf(cells[unitColumn])};
        return index => {
          const span = spans[index];
          return span ? {...of, ...span} : null;
        };
      }
    });
  }
});

function tableNumber({above}: StatisticsTable, fileName: string): string {
  const found = [above, fileName]
    .map(text => /VEH(0105|0132|0142)/i.exec(text)?.[1])
    .find(number => number !== undefined);
  if (found === undefined)
    throw new FeedError("neither the title nor the file name says which table this is: VEH0105, VEH0132 or VEH0142");
  return found;
}

function placesOf(units = ""): number {
  const unit = units.trim().toLowerCase();
  if (unit === "thousands") return 3;
  if (unit === "number" || unit === "vehicles") return 0;
  throw new FeedError(`the unit of licensed vehicles is "${units.slice(0, 30)}", not thousands or number`);
}
