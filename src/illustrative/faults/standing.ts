import {HEATING_LEFT_ON} from "../estate.ts";
import {hasPlaceFor} from "../layouts.ts";
import {type Cell, isRead, type MeterDay} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {cellsWithin, countReads, type Fault, find, sumReads, tell} from "./fault.ts";

/** What the building did wrong rather than the file. */
export function tellHeatingLeftOn(files: readonly SupplierFile[]): Fault[] {
  return HEATING_LEFT_ON.map(stretch => {
    const [file] = find(files, stretch.meterPointId, stretch.from);
    const cells = cellsWithin(stretch, file);
    return tell("heating_left_on", file, stretch, countReads(cells), {quantity: sumReads(cells)});
  });
}

/** The reads for which the layout of their file has no place. */
export function tellLostPasses(files: readonly SupplierFile[]): Fault[] {
  return files.flatMap(file => file.days.flatMap(day => tellLostPass(file, day)));
}

function tellLostPass(file: SupplierFile, day: MeterDay): Fault[] {
  const lost = day.cells.map((_, index) => index + 1).filter(period => !hasPlaceFor(file.layout, day.date, period));
  const cells = lost.map((period): Cell => day.cells[period - 1] ?? null);
  const [first, last] = [lost[0], lost.at(-1)];
  if (!first || !last || !cells.some(isRead)) return [];
  const stretch = {meterPointId: day.meter.meterPointId, from: day.date, to: day.date};
  const where = {first_period: first, last_period: last, quantity: sumReads(cells)};
  return [tell("second_pass_lost", file, stretch, countReads(cells), where)];
}
