import {cellsOf} from "../../domain/csv.ts";
import {FeedError} from "../../errors.ts";
import type {RegisterRead} from "../kinds.ts";
import type {RecordFormat} from "../record-format.ts";
import {slashedStamp} from "../text/dates.ts";
import {isReading} from "../text/decimal.ts";
import {firstLineOf} from "../text/file-start.ts";
import {type Judged, readFile, rejected} from "../text/judged.ts";
import {linesOf} from "../text/lines.ts";

type Unit = RegisterRead["unit"];

/** What the code of a reading means: 4 no errors; 39 a person sets the register to nought where readings do not follow on. */
const [noErrors, manualReset] = ["4", "39"];

interface SigmaLine {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * Readings as TEAM Sigma's bulk import takes them: NPC: and the channel, NPD: with date, time, reading and code, and COM:, which commits the readings
 * of the channel above it. There is no header. Times are taken as British local time. The channel stands for the meter; a unit is nowhere in the file,
 * and must be in its name: "reads 2026 m3.csv".
 *
 * A reset (code 39) is a row of nought that is estimated, since a person says it and no dial: the difference up to it is below nothing, and so no
 * consumption, and what follows is reckoned from it, estimated. A reset to anything but nought is rejected, and so is what was never committed.
 */
export const sigmaReads: RecordFormat<"read"> = {
  name: "sigma-reads",
  description:
    "Meter readings in bulk as TEAM Sigma takes and gives them: NPC:, channel, NPD:, date, time, reading, code, COM:",
  evidence:
    "Columns and codes 4 and 39 are as the user manual describes them; the clock is not said. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  feed: "register-reads",
  kind: "read",
  provider: "TEAM Sigma",
  version: 1,
  isOf: start => {
    const [npc, , npd] = cellsIn(firstLineOf(start));
    return npc === "NPC:" && npd === "NPD:";
  },
  parse: (text, {fileName}) => {
    const unit = unitIn(fileName);
    const lines = sigmaLines(text);
    const committed = committedLines(lines);
    return readFile(
      lines.map(line => judgedLine(line, unit, committed)),
      null
    );
  }
};

function sigmaLines(text: string): SigmaLine[] {
  return linesOf(text)
    .map((held, index) => ({line: index + 1, cells: cellsIn(held)}))
    .filter(({cells}) => cells.join("") !== "");
}

function cellsIn(line: string): string[] {
  return cellsOf(line.replaceAll("\0", ""), ",").map(cell => cell.trim());
}

const units: readonly Unit[] = ["kWh", "MWh", "GJ", "m3", "ft3", "hcf"];

/** @throws FeedError where the name holds no unit as a word of its own, or several. */
function unitIn(fileName: string): Unit {
  const words = fileName.toLowerCase().split(/[^a-z0-9]+/);
  const [unit, other] = units.filter(name => words.includes(name.toLowerCase()));
  if (unit !== undefined && other === undefined) return unit;
  throw new FeedError(`the file does not say the unit of its readings: put one of ${units.join(", ")} in its name`);
}

/** The lines with COM: after them, on their own line or a later one of the same channel. */
function committedLines(lines: readonly SigmaLine[]): ReadonlySet<number> {
  const committed = new Set<number>();
  let channel: string | undefined;
  for (const {line, cells} of lines.toReversed()) {
    if (cells[7] === "COM:") channel = cells[1];
    else if (cells[1] !== channel) channel = undefined;
    if (channel !== undefined) committed.add(line);
  }
  return committed;
}

function judgedLine({line, cells}: SigmaLine, unit: Unit, committed: ReadonlySet<number>): Judged {
  const [npc, channel = "", npd, date = "", time = "", value = "", code = "", , ...others] = cells;
  const readAt = slashedStamp(date, time);
  if (npc !== "NPC:" || npd !== "NPD:" || others.some(cell => cell !== ""))
    return rejected(line, "row shape", String(cells.length));
  if (channel === "") return rejected(line, "meter", channel);
  if (readAt === null) return rejected(line, "date", `${date} ${time}`);
  if (!isReading(value)) return rejected(line, "reading", value);
  if (code !== noErrors && code !== manualReset) return rejected(line, "code", code);
  if (code === manualReset && !/^0+(\.0+)?$/.test(value)) return rejected(line, "reset to another value than 0", value);
  if (!committed.has(line)) return rejected(line, "not committed (COM:)", channel);
  const status = code === manualReset ? "estimated" : "actual";
  return {line, meter: channel, serial: null, register: "", read_at: readAt, value, unit, status, digits: null};
}
