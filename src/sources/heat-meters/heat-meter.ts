import {FeedError} from "../../errors.ts";
import type {RegisterRead} from "../kinds.ts";
import type {RecordFormat} from "../record-format.ts";
import {isWallClock} from "../text/dates.ts";
import {isReading} from "../text/decimal.ts";
import {type Judged, readFile, rejected} from "../text/judged.ts";
import {columnsIn, type TableLine, tableOf} from "../text/reads-table.ts";

const energyColumn = /^energy \((.*)\)$/i;
const units: readonly RegisterRead["unit"][] = ["kWh", "MWh", "GJ"];

/**
 * An M-Bus gateway's values of heat meters: a row per meter and hour, the energy that the meter has counted so far, in the unit of the header (kWh, MWh
 * or GJ), and its error bits. Times are taken as British local time.
 *
 * A reading with any error bit is rejected: the register may have stood still. What was used meanwhile is in the next good reading.
 */
export const heatMeter: RecordFormat<"read"> = {
  name: "heat-meter",
  description: "Heat meters through an M-Bus gateway: Meter; Timestamp; Energy (unit); volume and temperatures; Error",
  evidence:
    "Columns, the clock and that an error of 0 means none are from memory of such exports. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "register-reads",
  kind: "read",
  provider: "heat meter gateway",
  version: 1,
  isOf: start => {
    const columns = columnsIn(start, ";").map(column => column.toLowerCase());
    return (
      columns[0] === "meter" &&
      columns[1] === "timestamp" &&
      columns.includes("error") &&
      columns.some(column => energyColumn.test(column))
    );
  },
  parse: text => {
    const {columns, lines} = tableOf(text, ";");
    const [energy = "", second] = columns.filter(column => energyColumn.test(column));
    const written = energyColumn.exec(energy)?.[1] ?? "";
    const unit = units.find(name => name.toLowerCase() === written.toLowerCase());
    if (second !== undefined) throw new FeedError(`line 1: two columns of energy: ${energy} and ${second}`);
    if (unit === undefined) throw new FeedError(`line 1: energy in "${written}", not in ${units.join(", ")}`);
    return readFile(
      lines.map(line => judgedLine(line, energy, unit)),
      null
    );
  }
};

function judgedLine({line, cell, isWhole}: TableLine, energy: string, unit: RegisterRead["unit"]): Judged {
  const [meter, readAt, value, errors] = [cell("Meter"), cell("Timestamp"), cell(energy), cell("Error")];
  if (!isWhole) return rejected(line, "row shape", readAt);
  if (meter === "") return rejected(line, "meter", "");
  if (!isWallClock(readAt)) return rejected(line, "date", readAt);
  if (!/^0+$/.test(errors)) return rejected(line, "error bits", errors);
  if (!isReading(value)) return rejected(line, "reading", value);
  return {line, meter, serial: null, register: "", read_at: readAt, value, unit, status: "actual", digits: null};
}
