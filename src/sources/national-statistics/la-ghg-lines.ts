import {cellsOf} from "../../domain/csv.ts";
import {FeedError} from "../../errors.ts";
import type {Observation} from "../kinds.ts";
import type {RecordFile, RejectedRecord} from "../record-format.ts";
import {figureOf} from "../text/figures.ts";
import {yearOf} from "../text/periods.ts";
import {shown} from "../text/shown.ts";
import {headingOf} from "./statistics-table.ts";
import {isOnsCode} from "./table-observations.ts";

const measures = [
  {series: "territorial_emissions", heading: /^territorial emissions \((kt co2e?)\)$/i},
  {series: "emissions_within_influence", heading: /^emissions within the scope of influence of las \((kt co2e?)\)$/i}
] as const;

const kinds = ["la ghg sector", "la ghg sub-sector", "greenhouse gas"];

/** Where the columns of a release stand, and the units its headings give. */
export interface LaGhgHeader {
  readonly width: number;
  readonly area: number;
  readonly year: number;
  readonly kinds: readonly number[];
  readonly measures: readonly {readonly series: string; readonly column: number; readonly unit: string}[];
}

/** The header in a line, or null: columns are found by name, and a measure's unit is what stands in its brackets. */
export function laGhgHeader(line: string): LaGhgHeader | null {
  const names = cellsOf(line.replace(/^\ufeff/, ""), ",").map(cell => headingOf(cell).name);
  const column = (name: string) => names.findIndex(heading => heading.toLowerCase() === name);
  const found = measures.map(({series, heading}) => {
    const at = names.findIndex(name => heading.test(name));
    return {series, column: at, unit: heading.exec(names[at] ?? "")?.[1] ?? ""};
  });
  const header = {
    width: names.length,
    area: column("local authority code"),
    year: column("calendar year"),
    kinds: kinds.map(column),
    measures: found
  };
  const places = [header.area, header.year, ...header.kinds, ...found.map(measure => measure.column)];
  return places.includes(-1) ? null : header;
}

/** Takes the lines of a release one by one, and keeps the figures of one area, or of all where it is null. */
export interface LaGhgLines {
  readonly take: (line: string) => void;
  /** @throws FeedError where the file was none, was cut off, or has no row of the area. */
  readonly done: () => RecordFile<"observation">;
}

/**
 * Reads line after line of a release. Of other areas' lines nothing is kept, and rows hold copies of their text, since a slice would hold on to the
 * whole of what was read with it.
 */
export function laGhgLines(areaCode: string | null): LaGhgLines {
  const rows: Observation[] = [];
  const rejected: RejectedRecord[] = [];
  const seen = new Set<string>();
  let header: LaGhgHeader | null = null;
  let line = 0;
  let dropped = 0;
  let last = "";

  function take(text: string): void {
    line += 1;
    if (text.trim() === "") return;
    if (header === null) {
      header = laGhgHeader(text);
      if (header === null)
        throw new FeedError(`line ${line}: not the headings of a release of local authority emissions`);
      return;
    }
    last = text;
    if (areaCode === null || text.includes(areaCode)) read(header, cellsOf(text, ","));
  }

  function read(columns: LaGhgHeader, cells: readonly string[]) {
    const reject = (rule: string, value: string) => void rejected.push({line, rule, value});
    if (cells.length !== columns.width) return reject(`a row has ${columns.width} cells`, `${cells.length} cells`);
    const cell = (at: number) => (cells[at] ?? "").trim();
    const area = cell(columns.area);
    if (areaCode !== null && area !== areaCode) return;
    if (area === "") dropped += columns.measures.length;
    if (area === "") return;
    if (!isOnsCode(area)) return reject("an area has an ONS code", shown(area));
    const year = yearOf(cell(columns.year));
    if (year === null) return reject("the year is one from 1900 to 2099", shown(cell(columns.year)));
    const item = columns.kinds.map(cell).join(" / ");
    const key = `${area} ${year.starts_at} ${item}`;
    if (seen.has(key)) return reject("a figure stands once", key);
    seen.add(areaCode === null ? key : copied(key));
    for (const {series, column, unit} of columns.measures) {
      const figure = figureOf(cell(column));
      if (figure === null) reject("a figure is a number or a marker", shown(cell(column)));
      else rows.push(copied({line, series, item, area, ...year, value: figure.value, unit, status: figure.status}));
    }
  }

  function done(): RecordFile<"observation"> {
    if (header === null) throw new FeedError("an empty file");
    if (last !== "" && cellsOf(last, ",").length !== header.width)
      throw new FeedError(`line ${line}: the file is cut off: its last row does not have ${header.width} cells`);
    if (rows.length + rejected.length === 0) throw new FeedError(`no row of ${areaCode ?? "any area"}`);
    return {rows, rejected, dropped, records: rows.length + rejected.length + dropped, issued: null};
  }

  return {take, done};

  function copied<T>(value: T): T {
    return areaCode === null ? value : structuredClone(value);
  }
}
