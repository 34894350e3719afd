import {FeedError} from "../../errors.ts";
import type {Observation} from "../kinds.ts";
import type {RecordFile, RejectedRecord} from "../record-format.ts";
import {publishedNumber, timesTenTo} from "../text/decimal.ts";
import {figureOf, type Markers} from "../text/figures.ts";
import type {Span} from "../text/periods.ts";
import {shown} from "../text/shown.ts";
import type {StatisticsTable, TableRecord} from "./statistics-table.ts";

/** What a figure is of: everything about an observation but where it stands and what it says. */
export interface FigureOf extends Span, Pick<Observation, "series" | "item" | "unit"> {
  /** Figures in thousands are 3 places short of their unit. */
  readonly places?: number;
}

/** Why it is not known what a figure is of. */
export type BrokenRule = Pick<RejectedRecord, "rule" | "value">;

/** How the rows of a table become observations: one row per area, or per area and kind, and one column per period or kind. */
export interface TableReading {
  /** The column that names the area. */
  readonly area: number;
  /** What an area's name looks like; an ONS code where not said. */
  readonly isArea?: (text: string) => boolean;
  /** The columns that hold figures. */
  readonly figures: readonly number[];
  /** Null where the figure is passed over on purpose; a broken rule where it is not known what it is of. */
  readonly of: (cells: readonly string[]) => (column: number) => FigureOf | BrokenRule | null;
  readonly markers?: Markers;
}

/** An ONS code of an area or country. */
export const isOnsCode = (text: string) => /^[EWSNKJ]\d{8}$/.test(text);

/**
 * Takes a table apart into observations, each with the line of its row. A row without an area's code is passed over: a total, or a note below the
 * table. What looks like a code and is none is rejected, as are figures that are no numbers and no marker, figures that stand twice, and rows that
 * end early.
 *
 * @throws FeedError where no row has an area, or a number stands under no heading: then headings may be a column out, and no figure can be believed.
 */
export function observationsOf(table: StatisticsTable, reading: TableReading): RecordFile<"observation"> {
  const {isArea = isOnsCode} = reading;
  const rows: Observation[] = [];
  const rejected: RejectedRecord[] = [];
  const seen = new Set<string>();
  let dropped = 0;
  let hasArea = false;
  for (const record of table.records) {
    const area = (record.cells[reading.area] ?? "").trim();
    if (!isArea(area)) {
      if (/^[A-Z]\d{5,}$/i.test(area)) rejected.push({line: record.line, rule: "an area has an ONS code", value: area});
      else
        dropped += reading.figures.filter(
          column => publishedNumber((record.cells[column] ?? "").trim()) !== null
        ).length;
      continue;
    }
    hasArea = true;
    checkHeadings(table, record);
    if (record.cells.length <= Math.max(...reading.figures)) {
      rejected.push({
        line: record.line,
        rule: "a row has a cell under every heading",
        value: `${record.cells.length} cells`
      });
      continue;
    }
    const ofColumn = reading.of(record.cells);
    for (const column of reading.figures) {
      const of = ofColumn(column);
      if (of === null) dropped += 1;
      else if ("rule" in of) rejected.push({line: record.line, ...of});
      else readFigure(record, column, area, of);
    }
  }
  if (!hasArea) throw new FeedError("no row names an area where areas stand: headings may stand a column out");
  return {rows, rejected, dropped, records: rows.length + rejected.length + dropped, issued: null};

  function readFigure({line, cells}: TableRecord, column: number, area: string, {places = 0, ...of}: FigureOf) {
    const figure = figureOf(cells[column] ?? "", table.headings[column]?.flags, reading.markers);
    const reject = (rule: string, value: string) => void rejected.push({line, rule, value});
    if (figure === null) return reject("a figure is a number or a marker", shown(cells[column] ?? ""));
    const key = [of.series, of.item, area, of.starts_at].join("|");
    if (seen.has(key)) return reject("a figure stands once", [of.item, area, of.starts_at].join(", "));
    seen.add(key);
    const value = figure.value === null ? null : timesTenTo(figure.value, places);
    const {series, item, starts_at, period, unit} = of;
    rows.push({line, series, item, area, starts_at, period, value, unit, status: figure.status});
  }
}

function checkHeadings({headings}: StatisticsTable, {line, cells}: TableRecord): void {
  const at = cells.findIndex(
    (cell, index) => (headings[index]?.name ?? "") === "" && publishedNumber(cell.trim()) !== null
  );
  if (at !== -1)
    throw new FeedError(`line ${line}: a number under no heading (column ${at + 1}): headings may stand a column out`);
}
