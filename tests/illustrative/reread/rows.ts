import {clockDay} from "./clock.ts";

/** One day of one meter and one way of flow, as a file gives it. */
export interface DayBack {
  readonly line: number;
  readonly meterPointId: string;
  readonly channel: string;
  readonly date: string;
  /** Text for each settlement period from the first; empty where the file says nothing. */
  readonly texts: readonly string[];
  readonly isEstimated: (period: number) => boolean;
  /** What the row says in a column; empty where it says nothing. */
  readonly fact: (column: string) => string;
}

/** A supplier file of half-hours taken apart with no help from the generator. */
export interface FileBack {
  readonly name: string;
  /** Sorts by time; empty where the layout does not say. */
  readonly issuedAt: string;
  readonly lines: readonly string[];
  readonly days: readonly DayBack[];
}

type Fact = DayBack["fact"];
/** What the rows of a table have in common. */
interface Table {
  readonly header: readonly string[];
  readonly columns: ReadonlyMap<string, number>;
  /** Columns of the half-hours of a day, by how many there are; -1 for one that has none. */
  readonly places: Map<number, number[]>;
}
const noFact = () => "";
const CHANNELS: Readonly<Record<string, string>> = {AI: "import", AE: "export"};

export function rereadFile(name: string, text: string): FileBack {
  const lines = text.split(/\r?\n/);
  const days = text.startsWith("ZHV|") ? flowDays(lines) : tableDays(lines);
  return {name, issuedAt: issuedAt(text), lines, days};
}

/** When a file says that it was made, from its beginning. */
export function issuedAt(text: string): string {
  const start = text.slice(0, 600);
  const portal = /Generated: (\d\d)\/(\d\d)\/(\d\d) (\d\d:\d\d)/.exec(start);
  if (portal) return `20${portal[3]}-${portal[2]}-${portal[1]} ${portal[4]}`;
  const flow = /^ZHV\|(?:[^|]*\|){6}(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)/.exec(start);
  return flow ? `${flow[1]}-${flow[2]}-${flow[3]} ${flow[4]}:${flow[5]}` : "";
}

export function isNumber(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text);
}

function flowDays(lines: readonly string[]): DayBack[] {
  const days: (DayBack & {texts: string[]; flags: string[]})[] = [];
  let [meterPointId, channel]: (string | undefined)[] = [];
  lines.forEach((text, index) => {
    const [record, one = "", two = ""] = text.split("|");
    if (record === "101") [meterPointId, channel] = [one, CHANNELS[two]];
    if (record === "103") {
      days.at(-1)?.texts.push(two);
      days.at(-1)?.flags.push(one);
    }
    if (record !== "102") return;
    const date = `${one.slice(0, 4)}-${one.slice(4, 6)}-${one.slice(6)}`;
    const flags: string[] = [];
    const isEstimated = (period: number) => flags[period - 1] === "E";
    const about = {line: index + 1, meterPointId: meterPointId ?? "", channel: channel ?? "", date};
    days.push({...about, texts: [], flags, isEstimated, fact: noFact});
  });
  return days;
}

function tableDays(lines: readonly string[]): DayBack[] {
  const headerAt = lines.findIndex(line => /\b(MPAN|MPR|MPANCore)\b/.test(line));
  const header = cellsOf(lines[headerAt] ?? "");
  const table = {header, columns: new Map(header.map((column, index) => [column, index])), places: new Map()};
  const rows = lines.slice(headerAt + 1).map((line, index) => ({cells: cellsOf(line), line: headerAt + index + 2}));
  const full = rows.filter(({cells}) => cells.length > 1);
  if (table.columns.has("Sett Period")) return periodDays(table, full);
  return full.map(({cells, line}) => rowDay(table, cells, line));
}

function factOf({columns}: Table, cells: readonly string[]): Fact {
  return column => cells[columns.get(column) ?? -1] ?? "";
}

function periodDays(table: Table, rows: readonly {cells: string[]; line: number}[]): DayBack[] {
  const days = new Map<string, DayBack & {texts: string[]}>();
  for (const {cells, line} of rows) {
    const fact = factOf(table, cells);
    const [meterPointId, date, type] = [fact("MPANCore"), isoOf(fact("Sett Date")), fact("Type")];
    const key = `${meterPointId} ${type} ${date}`;
    const about = {line, meterPointId, channel: CHANNELS[type] ?? "", date, isEstimated: () => false, fact};
    const day = days.get(key) ?? {...about, texts: []};
    day.texts[Number(fact("Sett Period")) - 1] = fact("Meter Read");
    days.set(key, day);
  }
  return [...days.values()];
}

function rowDay(table: Table, cells: readonly string[], line: number): DayBack {
  const fact = factOf(table, cells);
  if (table.columns.has("Settlement Date")) return settlementRow(table, cells, line);
  const row = {line, fact, isEstimated: () => fact("Est") === "E"};
  if (table.columns.has("MPR")) {
    const date = isoOf(fact("ReadDate"));
    return {
      ...row,
      meterPointId: fact("MPR"),
      channel: "import",
      date,
      texts: clockTexts(table, cells, date, gasColumn)
    };
  }
  const meterPointId = fact("MPAN");
  if (table.columns.has("MSN")) {
    const date = isoOf(fact("DAY"));
    return {...row, meterPointId, channel: "generation", date, texts: clockTexts(table, cells, date, start => start)};
  }
  const date = isoOf(fact("Date"));
  return {...row, meterPointId, channel: "import", date, texts: clockTexts(table, cells, date, portalColumn)};
}

function settlementRow(table: Table, cells: readonly string[], line: number): DayBack {
  const fact = factOf(table, cells);
  const times = table.header.filter(column => /^\d\d:\d\d$/.test(column));
  const texts = times.map(time => (fact(time) === "-" ? "" : fact(time)));
  const isEstimated = (period: number) => fact(`${times[period - 1]}_Act_Est`) === "Estimated";
  const channel = CHANNELS[fact("Measurement Type")] ?? "";
  return {line, meterPointId: fact("MPAN"), channel, date: isoOf(fact("Settlement Date")), texts, isEstimated, fact};
}

function clockTexts(
  {columns, places}: Table,
  cells: readonly string[],
  date: string,
  columnOf: (start: string) => string
): string[] {
  const times = clockDay(date);
  const isFirst = (time: string, index: number) => times.indexOf(time) === index;
  const known =
    places.get(times.length) ??
    times.map((time, index) => (isFirst(time, index) ? (columns.get(columnOf(time)) ?? -1) : -1));
  places.set(times.length, known);
  return known.map(place => cells[place] ?? "");
}

function portalColumn(start: string): string {
  return endOf(start).replace("24:00", "00:00");
}

function gasColumn(start: string): string {
  return `H${endOf(start).replace(":", "")}`;
}

function endOf(start: string): string {
  const [hours = 0, minutes = 0] = start.split(":").map(Number);
  const end = hours * 60 + minutes + 30;
  return `${String(Math.floor(end / 60)).padStart(2, "0")}:${String(end % 60).padStart(2, "0")}`;
}

function isoOf(text = ""): string {
  const [day = "", month = "", year = ""] = text.split(/[/-]/);
  return `${year.padStart(4, "20")}-${month}-${day}`;
}

function cellsOf(line: string): string[] {
  return line.includes('"') ? line.split(",").map(cell => cell.replace(/^"|"$/g, "")) : line.split(",");
}
