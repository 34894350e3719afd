import {FeedError} from "../../errors.ts";
import {type FlatColumn, type FlatLayout, findFlatLayout, readFrontPage} from "./flat-layout.ts";
import {type FactorScope, type Gas, kindOfRow, plainLabel, scopeOf} from "./labels.ts";
import type {Cell, Workbook} from "./workbook.ts";

/** One published factor for one gas. Labels as the file has them; kg CO2e of that gas per `uom`. */
export interface FlatFactor {
  readonly factor_set: number;
  readonly scope: FactorScope;
  readonly level_1: string;
  readonly level_2: string | null;
  readonly level_3: string | null;
  readonly level_4: string | null;
  readonly column_text: string | null;
  readonly uom: string;
  readonly gas: Gas;
  readonly kg_co2e_per_unit: number;
  /** Row of the sheet, from 1. */
  readonly sheet_row: number;
}

/** Rows that are no factor, counted by why: kWh and not an emission; an empty cell, which is no factor and not zero; a bound such as `< 1`. */
export interface SetAside {
  readonly energy: number;
  readonly empty: number;
  readonly bound: number;
}

export interface FlatFile {
  readonly file: string;
  readonly sheet: string;
  readonly header_row: number;
  /** The year in the header of the factor column. */
  readonly factor_set: number;
  /** As the front page prints it; null where there is none. */
  readonly set_version: string | null;
  readonly factors: readonly FlatFactor[];
  readonly set_aside: SetAside;
}

/**
 * Reads a UK government conversion-factor flat file as published. Every row of the
 * sheet down to its END is a factor or is counted in `set_aside`. A FeedError names file, sheet, row, column and value where the file is not what
 * it should be: no header, another year on the front page, an unknown scope or unit, text for a factor, the same key twice.
 */
export function readFlatFile(workbook: Workbook): FlatFile {
  const layout = findFlatLayout(workbook);
  const {version, year} = readFrontPage(workbook);
  if (year !== null && year !== layout.factorSet) {
    throw new FeedError(`${workbook.file}: the front page is of ${year}, the factors are of ${layout.factorSet}`);
  }
  const {factors, set_aside} = readRows(workbook, layout);
  return {
    file: workbook.file,
    sheet: layout.sheet.name,
    header_row: layout.headerRow,
    factor_set: layout.factorSet,
    set_version: version,
    factors,
    set_aside
  };
}

function readRows({file}: Workbook, layout: FlatLayout): Pick<FlatFile, "factors" | "set_aside"> {
  const set_aside = {energy: 0, empty: 0, bound: 0};
  const byKey = new Map<string, FlatFactor>();
  for (const [index, cells] of layout.sheet.rows.entries()) {
    if (index < layout.headerRow || cells.every(cell => cell === null)) continue;
    if (cells.find(cell => cell !== null) === "END") break;
    const read = readRow(new FlatRow(file, layout, index + 1, cells));
    if (typeof read === "string") set_aside[read] += 1;
    else addOnce(byKey, read, `${file}, ${layout.sheet.name}`);
  }
  return {factors: [...byKey.values()], set_aside};
}

function readRow(row: FlatRow): FlatFactor | keyof SetAside {
  const level_1 = row.need("level_1");
  const gas = kindOfRow(row.need("gas"), level_1);
  if (gas === "energy") return "energy";
  if (gas === "unknown") throw row.error("gas", "a unit that is neither kg of a greenhouse gas nor kWh");
  const scope = scopeOf(row.need("scope"));
  if (scope === null) throw row.error("scope", "a scope that is none of Scope 1, 2, 3 and Outside of Scopes");
  const factor = row.cell("factor");
  if (factor === null) return "empty";
  if (/^<\s*\d/.test(factor)) return "bound";
  if (!/^-?\d+(\.\d+)?$/.test(factor)) throw row.error("factor", "a factor that is not a number");
  return {
    factor_set: row.layout.factorSet,
    scope,
    level_1,
    level_2: row.cell("level_2"),
    level_3: row.cell("level_3"),
    level_4: row.cell("level_4"),
    column_text: row.cell("column_text"),
    uom: row.need("uom"),
    gas,
    kg_co2e_per_unit: Number(factor),
    sheet_row: row.number
  };
}

function addOnce(byKey: Map<string, FlatFactor>, factor: FlatFactor, where: string): void {
  const {scope, level_1, level_2, level_3, level_4, column_text, uom, gas} = factor;
  const parts = [scope, level_1, level_2, level_3, level_4, column_text, uom, gas];
  const key = parts.map(part => plainLabel(part ?? "")).join(" > ");
  const first = byKey.get(key);
  if (first !== undefined) {
    throw new FeedError(`${where}: rows ${first.sheet_row} and ${factor.sheet_row} have the same key: ${key}`);
  }
  byKey.set(key, factor);
}

/** One row of the sheet, by our column names. */
class FlatRow {
  readonly layout: FlatLayout;
  readonly number: number;
  readonly #file: string;
  readonly #cells: readonly Cell[];

  constructor(file: string, layout: FlatLayout, number: number, cells: readonly Cell[]) {
    this.layout = layout;
    this.number = number;
    this.#file = file;
    this.#cells = cells;
  }

  cell(column: FlatColumn): Cell {
    return this.#cells[this.layout.columns[column]] ?? null;
  }

  need(column: FlatColumn): string {
    const text = this.cell(column);
    if (text === null) throw this.error(column, "nothing where there must be something");
    return text;
  }

  error(column: FlatColumn, what: string): FeedError {
    const value = this.cell(column) ?? "(nothing)";
    return new FeedError(`${this.#file}, ${this.layout.sheet.name}, row ${this.number}, ${column}: ${value}: ${what}`);
  }
}
