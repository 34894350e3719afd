import {isRealDate} from "../../domain/dates.ts";
import {FeedError} from "../../errors.ts";
import type {Observation} from "../kinds.ts";
import type {RecordFormat, RejectedRecord} from "../record-format.ts";
import {firstLineOf} from "../text/file-start.ts";
import {linesOf} from "../text/lines.ts";
import {observationFile} from "../text/observation-file.ts";
import {shown} from "../text/shown.ts";

const common = {
  feed: "weather",
  kind: "observation",
  provider: "met-office-hadley-centre",
  version: 1
} as const;

/**
 * Daily mean Central England Temperature since 1772 as the Met Office publishes it now: a date and a value in degC on each line, below a header, and a line
 * or more before that. -99.9 stands for nothing. Series `air_temperature`, area "Central England". The newest values are revised in later files.
 *
 * @throws FeedError where the header is not there.
 */
export const hadcetTotals: RecordFormat<"observation"> = {
  ...common,
  name: "hadcet-daily",
  description: "Hadley Centre Central England Temperature: daily means, a day a line",
  evidence: "As public readers of the file have it; -99.9 for nothing is from memory. unconfirmed: needs a real file.",
  confirmation: "unconfirmed",
  isOf: ({head}) =>
    linesOf(head).slice(0, 8).some(isTotalsHeader) && /^\d{4}-\d\d-\d\d[ \t]+-?\d+\.?\d*[ \t]*$/m.test(head),
  parse: text => {
    const lines = linesOf(text);
    const header = lines.findIndex(isTotalsHeader);
    if (header === -1) throw new FeedError('no header "Date Value"');
    const read = lines.flatMap((line, index) => (index > header && line.trim() !== "" ? [dayOf(line, index + 1)] : []));
    return observationFile({figures: read.filter(row => "series" in row), rejected: read.filter(row => "rule" in row)});
  }
};

const isTotalsHeader = (line: string) => /^\s*Date\s+Value\s*$/i.test(line);

function dayOf(text: string, line: number): Observation | RejectedRecord {
  const [date = "", value = "", ...others] = text.trim().split(/\s+/);
  if (others.length > 0) return {line, rule: "row shape", value: `${others.length + 2} fields`};
  if (!isRealDate(date)) return {line, rule: "date", value: shown(date)};
  if (/^-(99\.9|999(\.0)?)$/.test(value)) return observed(line, date, null);
  return /^-?\d{1,2}(\.\d+)?$/.test(value) ? observed(line, date, value) : {line, rule: "number", value: shown(value)};
}

const observed = (line: number, starts_at: string, value: string | null): Observation => ({
  line,
  series: "air_temperature",
  item: "",
  area: "Central England",
  starts_at,
  period: "day",
  value,
  unit: "degC",
  status: value === null ? "missing" : "actual"
});

/**
 * The same in the older form (cetdl1772on.dat): year, day of the month and twelve months in tenths of a degree, 31 lines a year. -999 stands for nothing, and
 * for dates that are none, such as 30 February, which are no records.
 *
 * @throws FeedError where a line is not of fourteen whole numbers, or years and days do not run on: the file is cut off or mixed up.
 */
export const hadcetMonths: RecordFormat<"observation"> = {
  ...common,
  name: "hadcet-months",
  description: "Hadley Centre Central England Temperature: daily means in tenths of a degree, months side by side",
  evidence: "A real file of 1772 to 2014.",
  confirmation: "confirmed",
  isOf: start => /^\s*1[789]\d\d\s+1(\s+-?\d{1,3}){12}\s*$/.test(firstLineOf(start)),
  parse: text => {
    const figures: Observation[] = [];
    const rejected: RejectedRecord[] = [];
    for (const {line, year, day, tenths} of monthLines(text)) {
      for (const [month, cell] of tenths.entries()) {
        const date = `${year}-${String(month + 1).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
        const value = cell === "-999" ? null : tenthsText(cell);
        if (isRealDate(date)) figures.push(observed(line, date, value));
        else if (value !== null) rejected.push({line, rule: "date", value: `${date}: ${value}`});
      }
    }
    return observationFile({figures, rejected});
  }
};

interface MonthLine {
  readonly line: number;
  readonly year: number;
  readonly day: number;
  readonly tenths: readonly string[];
}

function monthLines(text: string): MonthLine[] {
  const found: MonthLine[] = [];
  for (const [index, each] of linesOf(text).entries()) {
    if (each.trim() === "") continue;
    const line = index + 1;
    const [year = "", day = "", ...tenths] = each.trim().split(/\s+/);
    const isShaped =
      /^\d{4}$/.test(year) &&
      /^\d{1,2}$/.test(day) &&
      tenths.length === 12 &&
      tenths.every(cell => /^-?\d{1,3}$/.test(cell));
    if (!isShaped) throw new FeedError(`line ${line}: not a year, a day and twelve months of whole numbers`);
    const next = following(found.at(-1));
    if (next !== null && (Number(year) !== next.year || Number(day) !== next.day))
      throw new FeedError(`line ${line}: day ${Number(day)} of ${year} where day ${next.day} of ${next.year} belongs`);
    found.push({line, year: Number(year), day: Number(day), tenths});
  }
  const last = found.at(-1);
  if (last !== undefined && last.day !== 31)
    throw new FeedError(`the file is cut off on day ${last.day} of ${last.year}`);
  return found;
}

function following(line: MonthLine | undefined): {year: number; day: number} | null {
  if (line === undefined) return null;
  return line.day === 31 ? {year: line.year + 1, day: 1} : {year: line.year, day: line.day + 1};
}

function tenthsText(cell: string): string {
  const digits = cell.replace("-", "");
  const text = `${Number(digits.slice(0, -1))}.${digits.slice(-1)}`;
  return cell.startsWith("-") && Number(digits) !== 0 ? `-${text}` : text;
}
