import type {RecordFormat} from "../record-format.ts";
import {instantOf, utcText} from "../text/dates.ts";
import {isReading} from "../text/decimal.ts";
import {type Judged, readFile, rejected} from "../text/judged.ts";
import {columnsIn, hasColumns, type TableLine, tableOf} from "../text/reads-table.ts";
import {isMeterPortalType, meterPortalUnit} from "./meter-portal-unit.ts";

/** The name of the column of the index differs between the portal's exports. */
const indexNames = ["INDEX", "HOURLY_INDEX", "DAILY_INDEX"];
const needed = ["POS_ID", "METER_SERIALNUMBER", "METER_TYPE", "DATEREF", "MEASUREMENT_UNIT"];
const others = ["CUSTOMER_REFERENCE", "MODULE_ID"];

const indexName = (columns: readonly string[]) =>
  indexNames.find(name => columns.some(is => is.toUpperCase() === name));

/**
 * Meter Portal's index export: what each water, gas or electricity meter stood at, every 5 to 60 minutes or each day, in m3 or kWh. A time without
 * its offset is rejected, for it may be either of two hours. A superscript that was lost on the way (`M` and a replacement mark) is still m3.
 */
export const meterPortal: RecordFormat<"read"> = {
  name: "meter-portal-index",
  description:
    "Meter Portal index export: cumulative readings of water, gas and electricity meters, times with their offset",
  evidence: "Columns are as the portal's help page lists them. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "register-reads",
  kind: "read",
  provider: "Meter Portal",
  version: 1,
  isOf: start => {
    const columns = columnsIn(start, ",");
    const index = indexName(columns);
    return index !== undefined && hasColumns(columns, [...needed, index], others);
  },
  parse: text => {
    const {columns, lines} = tableOf(text, ",");
    const index = indexName(columns) ?? "INDEX";
    return readFile(
      lines.map(line => judgedLine(line, index)),
      null
    );
  }
};

function judgedLine({line, cell, isWhole}: TableLine, index: string): Judged {
  const [meter, serial, type] = [cell("POS_ID"), cell("METER_SERIALNUMBER"), cell("METER_TYPE")];
  const unit = meterPortalUnit(type, cell("MEASUREMENT_UNIT"));
  const readAt = instantOf(cell("DATEREF"));
  if (!isWhole) return rejected(line, "row shape", cell("DATEREF"));
  if (meter === "") return rejected(line, "meter", "");
  if (readAt === null) return rejected(line, "date", cell("DATEREF"));
  if (!isMeterPortalType(type)) return rejected(line, "meter type", type);
  if (unit === null) return rejected(line, "unit", cell("MEASUREMENT_UNIT"));
  if (!isReading(cell(index))) return rejected(line, "reading", cell(index));
  return {
    line,
    meter,
    serial: serial === "" ? null : serial,
    register: "",
    read_at: utcText(readAt),
    value: cell(index),
    unit,
    status: "actual",
    digits: null
  };
}
