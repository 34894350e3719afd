import {readdir, readFile} from "node:fs/promises";
import {join} from "node:path";

/** A cell of a file that is not blank, with the half-hour it speaks of. */
export interface ReadBack {
  readonly file: string;
  readonly line: number;
  readonly meterPointId: string;
  readonly date: string;
  readonly period: number;
  readonly text: string;
  readonly isEstimated: boolean;
}

/** A supplier file taken apart with no help from the generator. */
export interface FileBack {
  readonly name: string;
  /** Sorts by time; empty where the layout does not say. */
  readonly issuedAt: string;
  readonly lines: readonly string[];
  readonly reads: readonly ReadBack[];
}

type Row = ReadonlyMap<string, string>;
interface Place {
  readonly file: string;
  readonly line: number;
}

const HALF_HOUR_MS = 1_800_000;
const CLOCK = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  dateStyle: "short",
  timeStyle: "short"
});
const clockDays = new Map<string, string[]>();

/** Every supplier file of a folder, by name. */
export async function rereadFolder(folder: string): Promise<FileBack[]> {
  const names = (await readdir(folder)).sort();
  return Promise.all(names.map(async name => reread(name, await readFile(join(folder, name), "utf8"))));
}

/** The reads that stand: latest issue last, blanks and damaged cells passed over. Keys are `meter date period`. */
export function settle(files: readonly FileBack[]): Map<string, ReadBack> {
  const inOrder = [...files].sort((one, other) => one.issuedAt.localeCompare(other.issuedAt));
  const reads = inOrder.flatMap(file => file.reads).filter(read => isNumber(read.text));
  return new Map(reads.map(read => [`${read.meterPointId} ${read.date} ${read.period}`, read]));
}

export function isNumber(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text);
}

/** The wall clock at the start of each half-hour of a London day, as the platform's own time zones have it. */
export function clockDay(date: string): string[] {
  const known = clockDays.get(date);
  if (known) return known;
  const [year, month, day] = date.split("-");
  const about = Array.from({length: 60}, (_, index) => Date.parse(`${date}T00:00:00Z`) + (index - 4) * HALF_HOUR_MS);
  const clocks = about.map(instant => CLOCK.format(instant).split(", "));
  const times = clocks.filter(([local]) => local === `${day}/${month}/${year}`).map(([, time = ""]) => time);
  clockDays.set(date, times);
  return times;
}

function reread(name: string, text: string): FileBack {
  const lines = text.split(/\r?\n/);
  const headerAt = lines.findIndex(line => /\b(MPAN|MPR|MPANCore)\b/.test(line));
  const header = cellsOf(lines[headerAt] ?? "");
  const rows = lines.slice(headerAt + 1).map((line, index): [Row, Place] => {
    const cells = cellsOf(line);
    return [new Map(header.map((column, at) => [column, cells[at] ?? ""])), {file: name, line: headerAt + index + 2}];
  });
  const issued = /Generated: (\d\d)\/(\d\d)\/(\d\d) (\d\d:\d\d)/.exec(text);
  const issuedAt = issued ? `20${issued[3]}-${issued[2]}-${issued[1]} ${issued[4]}` : "";
  return {name, issuedAt, lines, reads: rows.filter(([row]) => row.size > 1).flatMap(readsOf)};
}

function readsOf([row, place]: [Row, Place]): ReadBack[] {
  if (row.get("Sett Period")) return [periodRow(row, place)];
  if (row.get("Settlement Date")) return settlementRow(row, place);
  if (row.get("ReadDate")) return clockRow(row, place, "MPR", row.get("ReadDate"), gasColumn);
  return row.get("Date") ? clockRow(row, place, "MPAN", row.get("Date"), portalColumn) : [];
}

function periodRow(row: Row, place: Place): ReadBack {
  return {
    ...place,
    meterPointId: row.get("MPANCore") ?? "",
    date: isoOf(row.get("Sett Date")),
    period: Number(row.get("Sett Period")),
    text: row.get("Meter Read") ?? "",
    isEstimated: false
  };
}

function settlementRow(row: Row, place: Place): ReadBack[] {
  const columns = [...row.keys()].filter(column => /^\d\d:\d\d$/.test(column));
  return columns.flatMap((column, index) => {
    const text = row.get(column) ?? "";
    const isEstimated = row.get(`${column}_Act_Est`) === "Estimated";
    const [meterPointId, date] = [row.get("MPAN") ?? "", isoOf(row.get("Settlement Date"))];
    return text === "-" ? [] : [{...place, meterPointId, date, period: index + 1, text, isEstimated}];
  });
}

function clockRow(
  row: Row,
  place: Place,
  idColumn: string,
  localDate: string | undefined,
  columnOf: (endMinutes: number) => string
): ReadBack[] {
  const date = isoOf(localDate);
  return clockDay(date).flatMap((time, index, times) => {
    const [hours = 0, minutes = 0] = time.split(":").map(Number);
    const text = row.get(columnOf(hours * 60 + minutes + 30)) ?? "";
    if (text === "" || times.indexOf(time) < index) return [];
    const meterPointId = row.get(idColumn) ?? "";
    return [{...place, meterPointId, date, period: index + 1, text, isEstimated: row.get("Est") === "E"}];
  });
}

function portalColumn(endMinutes: number): string {
  return clockText(endMinutes % 1440).join(":");
}

function gasColumn(endMinutes: number): string {
  return `H${clockText(endMinutes).join("")}`;
}

function clockText(minutes: number): [hours: string, minutes: string] {
  return [String(Math.floor(minutes / 60)).padStart(2, "0"), String(minutes % 60).padStart(2, "0")];
}

function isoOf(text = ""): string {
  const [day = "", month = "", year = ""] = text.split(/[/-]/);
  return `${year.padStart(4, "20")}-${month}-${day}`;
}

function cellsOf(line: string): string[] {
  return line.split(",").map(cell => cell.replace(/^"|"$/g, ""));
}
