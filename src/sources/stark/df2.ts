import {FeedError} from "../../errors.ts";
import {firstLineOf} from "../text/file-start.ts";
import {linesOf} from "../text/lines.ts";
import type {MisshapenRow, Unfolded, UnfoldedRow, Unfolder} from "../text/unfolded.ts";

/** One reading: the meter point and the sensor that it stands under, and its four cells. */
interface SensorReading {
  readonly line: number;
  readonly mpan: string;
  readonly sensor: string;
  readonly cells: readonly string[];
}

/**
 * Unfolds Stark's DF2 text, in which readings stand under an outstation ("#O MPAN-serial") and a sensor ("#S 1"): a row for each reading,
 * of MPAN, sensor, stamp ("dd/mm/yyyy HH:MM", GMT, the end of the half-hour), kWh or kVArh, and status.
 *
 * All is as written but the status, which is the last letter of its cell. Sensors 1 and 2 are active energy, 3 and 4 reactive. Nothing says
 * which way the energy of sensor 2 goes where the meter point has a sensor 1 too: it may be export, or a second meter. Neither adding the two
 * nor choosing between them by their order can be right, so sensor 1 stands and the readings of sensor 2 are misshapen, for a person to ask.
 *
 * @throws FeedError where the text does not begin with #F2, holds another mark than those three, or a reading that stands under no sensor.
 */
export const starkDf2: Unfolder = {isOf: start => markOf(firstLineOf(start)) === "#F2", unfold: unfoldDf2};

function unfoldDf2(text: string): Unfolded {
  const readings = readingsOf(text);
  const withSensor1 = new Set(readings.filter(({sensor}) => sensor === "1").map(({mpan}) => mpan));
  const rows: UnfoldedRow[] = [];
  const misshapen: MisshapenRow[] = [];
  for (const reading of readings) {
    const why = problemWith(reading, withSensor1);
    if (why === null) rows.push({line: reading.line, cells: rowCells(reading)});
    else misshapen.push({line: reading.line, why});
  }
  return {rows, misshapen, issued: null};
}

function readingsOf(text: string): SensorReading[] {
  const lines = linesOf(text);
  if (markOf(lines.find(line => line.trim() !== "") ?? "") !== "#F2")
    throw new FeedError("line 1: not a DF2 file: it does not begin with #F2");
  const readings: SensorReading[] = [];
  let [mpan, sensor]: [string | null, string | null] = [null, null];
  for (const [index, text] of lines.entries()) {
    const [line, mark, held] = [index + 1, markOf(text), text.trim().slice(2).trim()];
    if (text.trim() === "" || mark === "#F2") continue;
    if (mark === "#O") [mpan, sensor] = [held.split("-")[0]?.trim() ?? "", null];
    else if (mark === "#S") sensor = held;
    else if (mark !== null) throw new FeedError(`line ${line}: a mark that DF2 has not: ${mark.slice(0, 20)}`);
    else readings.push({line, ...placed(line, mpan, sensor), cells: text.split(",").map(cell => cell.trim())});
  }
  return readings;
}

/** What a line that begins with # marks: the first three characters for F2, two for the outstation and the sensor; null for a reading. */
function markOf(line: string): string | null {
  const text = line.trim().toUpperCase();
  if (!text.startsWith("#")) return null;
  if (text === "#F2") return text;
  return /^#[OS]([\s\d]|$)/.test(text) ? text.slice(0, 2) : text;
}

function placed(line: number, mpan: string | null, sensor: string | null): {mpan: string; sensor: string} {
  if (mpan === null) throw new FeedError(`line ${line}: a reading with no outstation (#O) before it`);
  if (sensor === null) throw new FeedError(`line ${line}: a reading with no sensor (#S) of its outstation before it`);
  return {mpan, sensor};
}

function problemWith({mpan, sensor, cells}: SensorReading, withSensor1: ReadonlySet<string>): string | null {
  if (cells.length !== 4) return `${cells.length} cells where date, time, value and status belong`;
  if (sensor === "2" && withSensor1.has(mpan))
    return "sensor 2 is active energy beside sensor 1 of the same meter point: whether it is export or a second meter is not said";
  return null;
}

function rowCells({mpan, sensor, cells: [date = "", time = "", value = "", status = ""]}: SensorReading): string[] {
  return [mpan, sensor, `${date} ${time}`, value, status.slice(-1).toUpperCase()];
}
