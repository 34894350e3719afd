import {addDays} from "../calendar.ts";
import {type Cell, isRead, type MeterDay} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {
  cellsWithin,
  countReads,
  editDays,
  editPeriods,
  find,
  isWithin,
  type Plant,
  renamed,
  type Stretch,
  tell
} from "./fault.ts";

const DAYS_PER_WEEK = 7;

/** Estimates first, taken from the same weekdays a week before; then, at `issuedAt`, a file of those days with the actual reads. */
export function reissueEstimates({issuedAt, ...stretch}: Stretch & {issuedAt: string}): Plant {
  return files => {
    const [file] = find(files, stretch.meterPointId, stretch.from);
    const name = renamed(file.name, "-revised");
    const days = file.days.filter(day => isWithin(stretch, day));
    const estimated = editDays(files, stretch, day => [estimateFromWeekBefore(files, day)]);
    const halfHours = countReads(cellsWithin(stretch, file));
    return {
      files: [...estimated, {...file, name, issuedAt, days}],
      faults: [tell("estimates_reissued", file, stretch, halfHours, {other_file: name})]
    };
  };
}

/** Estimates for some settlement periods of each day, never put right. */
export function keepEstimates(plan: Stretch & {firstPeriod: number; lastPeriod: number}): Plant {
  const {firstPeriod, lastPeriod, ...stretch} = plan;
  const edit = (day: MeterDay) => editPeriods(day, firstPeriod, lastPeriod, asEstimate);
  return files => {
    const [file] = find(files, stretch.meterPointId, stretch.from);
    const planted = editDays(files, stretch, day => [edit(day)]);
    const halfHours = file.days.filter(day => isWithin(stretch, day)).length * (lastPeriod - firstPeriod + 1);
    const periods = {first_period: firstPeriod, last_period: lastPeriod};
    return {files: planted, faults: [tell("estimates_kept", file, stretch, halfHours, periods)]};
  };
}

function estimateFromWeekBefore(files: readonly SupplierFile[], day: MeterDay): MeterDay {
  const [, before] = find(files, day.meter.meterPointId, addDays(day.date, -DAYS_PER_WEEK));
  return {...day, cells: before.cells.map(asEstimate)};
}

function asEstimate(cell: Cell): Cell {
  return isRead(cell) ? {...cell, status: "estimated"} : cell;
}
