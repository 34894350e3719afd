import type {Lined} from "../../council/register.ts";
import {CheckError} from "../../errors.ts";
import type {BoroughEmissions} from "./borough-emissions.ts";
import {allSectors} from "./borough-registers.ts";

type Row = Lined<BoroughEmissions>;

/** A kilogram: the publisher's cells are unrounded, so their sums differ only by floating point. */
const tolerance_kt = 1e-6;

/**
 * Proves that subsectors sum to their sector and sectors to all sectors, wherever both are held.
 * A subsector without its sector's total is a CheckError; so is a sum that differs by a kilogram or more.
 */
export function checkTotals(emissions: readonly Row[], file: string): void {
  for (const year of grouped(emissions, yearKey).values()) {
    const bySector = grouped(year, row => row.sector);
    const totals = [...bySector].flatMap(([sector, rows]) => checkSector(sector, rows, file));
    const all = totals.find(row => row.sector === allSectors);
    const sectors = totals.filter(row => row.sector !== allSectors);
    if (all !== undefined && sectors.length > 0) checkSum(all, sectors, file);
  }
}

/** What a figure counts: kilotonnes of its own gases. */
export const kilotonnesOf = (row: BoroughEmissions) => row.emissions_kt_co2 ?? row.emissions_kt_co2e ?? Number.NaN;

const yearKey = (row: Row) => [row.area_code, row.year, row.statistic, row.release].join();

function checkSector(sector: string, rows: readonly Row[], file: string): Row[] {
  const total = rows.find(row => row.is_total);
  const parts = rows.filter(row => !row.is_total);
  const [first] = parts;
  if (total === undefined)
    throw new CheckError(`${file}, row ${first?.fileRow}, subsector: ${first?.subsector}: ${sector} has no total`);
  if (parts.length > 0) checkSum(total, parts, file);
  return [total];
}

function checkSum(total: Row, parts: readonly Row[], file: string): void {
  const sum_kt = parts.reduce((sum, row) => sum + kilotonnesOf(row), 0);
  const total_kt = kilotonnesOf(total);
  if (Math.abs(sum_kt - total_kt) < tolerance_kt) return;
  const column = total.emissions_kt_co2 === null ? "emissions_kt_co2e" : "emissions_kt_co2";
  throw new CheckError(
    `${file}, row ${total.fileRow}, ${column}: ${total_kt}: the parts of ${total.sector} sum to ${sum_kt}`
  );
}

function grouped(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}
