import {FeedError} from "../../errors.ts";
import {boroughFormat} from "../text/observation-format.ts";
import {quarterFrom} from "../text/periods.ts";
import {type IsHeader, readStatisticsTable, startsWithTable} from "./statistics-table.ts";
import {observationsOf} from "./table-observations.ts";

const codeHeading = "local authority / region code";
const isHeader: IsHeader = names => names[0] === codeHeading && names.some(name => quarterFrom(name) !== null);

/**
 * Public charging devices by local authority and quarter: how many there are on the first day of each quarter, or how many for 100,000 people, as the
 * title says. Devices and chargers are counted differently and are two series. Quarters are taken by their headings; the newest is added at the right.
 */
export const chargingDevices = boroughFormat({
  name: "dft-charging-devices-la",
  description: "Public electric vehicle charging devices by local authority and quarter",
  evidence:
    "Headings, markers and the title above them as public code reads the workbooks up to 2025; the columns of later workbooks (EVCI0102, chargers) are from memory. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  provider: "dft",
  version: 1,
  isOf: start => startsWithTable(start, isHeader),
  parse: text => {
    const table = readStatisticsTable(text, isHeader);
    const figure = measureIn(table.above);
    const spans = table.headings.map(({name}) => quarterFrom(name));
    const figures = spans.flatMap((span, column) => (span === null ? [] : [column]));
    return observationsOf(table, {
      area: 0,
      figures,
      of: () => column => {
        const span = spans[column];
        return span ? {...figure, ...span} : null;
      }
    });
  }
});

/** What the title counts: which devices, of which speed, and for how many people. */
function measureIn(title: string): {series: string; item: string; unit: string} {
  const what = /charging devices/i.test(title) ? "devices" : /\bchargers\b/i.test(title) ? "chargers" : null;
  const speed = speedIn(title);
  if (what === null || speed === null)
    throw new FeedError(
      "the title does not say which devices of which speed are counted (Table 1a: ... at all speeds)"
    );
  const series = what === "devices" ? "public_charging_devices" : "public_chargers";
  return /per 100,?000/i.test(title)
    ? {series: `${series}_per_100000_people`, item: speed, unit: `${what} per 100,000 people`}
    : {series, item: speed, unit: what};
}

function speedIn(title: string): string | null {
  if (/all speeds/i.test(title)) return "all speeds";
  return /\brapid\b|50 ?kW/i.test(title) ? "rapid and above" : null;
}
