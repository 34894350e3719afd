import {FeedError} from "../../errors.ts";
import {slashedStamp} from "../text/dates.ts";
import {isReading} from "../text/decimal.ts";
import {readJson} from "../text/json.ts";
import {columnsIn, hasColumns, type TableLine, tableOf} from "../text/reads-table.ts";
import type {MisshapenRow, Unfolded, Unfolder} from "../text/unfolded.ts";
import {halfHoursOf, type Part, stampOf, thousandthOf} from "./half-hour-parts.ts";

const needed = ["SPID", "DateTime"];
const others = ["Serial", "Pulse", "Litres"];

/**
 * Unfolds a water logger's quarter-hours (SPID, Serial, DateTime, Pulse, Litres) into half-hours of SPID, serial number, start and m3. The stamp
 * ("dd/mm/yyyy HH:MM") is taken as the start of the quarter-hour on a clock that keeps GMT all year.
 *
 * Both quarter-hours must be there; where one is missing, empty or given twice with different amounts, the half-hour is missing, and so it is where
 * pulses and litres contradict each other.
 *
 * @throws FeedError where the file has no litres: pulses are no amount without the litres of one.
 */
export const waterLogger: Unfolder = {
  isOf: start => hasColumns(columnsIn(start, ","), needed, others),
  unfold: unfoldLogger
};

function unfoldLogger(text: string): Unfolded {
  const {columns, lines} = tableOf(text, ",");
  if (!columns.some(column => column.toUpperCase() === "LITRES"))
    throw new FeedError("the logger's file has no Litres: ask for them, or for the litres of one pulse");
  const hasPulses = columns.some(column => column.toUpperCase() === "PULSE");
  const faulty: MisshapenRow[] = [];
  const parts: Part[] = [];
  for (const line of lines) {
    const stamp = stampIn(line.cell("DateTime"));
    const why = problemWith(line, hasPulses, stamp);
    if (why !== null || stamp === null) faulty.push({line: line.line, why: why ?? "no date and time"});
    else parts.push(partOf(line, stamp));
  }
  const {halfHours, misshapen} = halfHoursOf(parts, 15);
  return {
    rows: halfHours.map(({line, meter, minute, amount}) => ({
      line,
      cells: [...(readJson(meter) as string[]), stampOf(minute), thousandthOf(amount)]
    })),
    misshapen: [...faulty, ...misshapen].sort((a, b) => a.line - b.line),
    issued: null
  };
}

function partOf({line, cell}: TableLine, stamp: string): Part {
  const meter = JSON.stringify([cell("SPID"), cell("Serial")]);
  const minute = Date.parse(`${stamp.replace(" ", "T")}Z`) / 60_000;
  return {line, meter, minute, amount: cell("Litres")};
}

function stampIn(text: string): string | null {
  const [date = "", time = "", ...others] = text.split(/ +/);
  return others.length === 0 ? slashedStamp(date, time) : null;
}

function problemWith({cell, isWhole}: TableLine, hasPulses: boolean, stamp: string | null): string | null {
  const [litres, pulses] = [cell("Litres"), cell("Pulse")];
  if (!isWhole) return "not as many cells as the header has";
  if (stamp === null) return `not a date and time (dd/mm/yyyy HH:MM): "${cell("DateTime").slice(0, 30)}"`;
  if (litres === "") return "no litres";
  if (!isReading(litres)) return `the litres "${litres.slice(0, 30)}" are no plain decimal number`;
  if (!hasPulses || pulses === "") return null;
  if (!isReading(pulses)) return `the pulses "${pulses.slice(0, 30)}" are no plain number`;
  return isNought(pulses) === isNought(litres) ? null : `${pulses} pulses and ${litres} litres contradict each other`;
}

const isNought = (text: string) => /^[0.]+$/.test(text);
