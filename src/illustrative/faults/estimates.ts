import {addDays} from "../calendar.ts";
import {countReads, isReadAt, MARK, type MeterDay, withMark} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {type Plant, renamed, type Stretch, tell} from "./fault.ts";
import {daysWithin, editDays, find} from "./stretches.ts";

const DAYS_PER_WEEK = 7;

/** Estimates first, taken from the same weekdays a week before; then, at `issuedAt`, a file of those days with the actual reads. */
export function reissueEstimates({issuedAt, ...stretch}: Stretch & {issuedAt: string}): Plant {
  return files => {
    const [file] = find(files, stretch.meterPointId, stretch.from);
    const name = renamed(file.name, "-revised");
    const days = daysWithin(stretch, file);
    const estimated = editDays(files, stretch, day => [estimateFromWeekBefore(files, day)]);
    return {
      files: [...estimated, {...file, name, issuedAt, days}],
      faults: [tell("estimates_reissued", file, stretch, countReads(days), {other_file: name})]
    };
  };
}

/** Estimates for some settlement periods of each day, never put right. */
export function keepEstimates(plan: Stretch & {firstPeriod: number; lastPeriod: number}): Plant {
  const {firstPeriod, lastPeriod, ...stretch} = plan;
  return files => {
    const [file] = find(files, stretch.meterPointId, stretch.from);
    const planted = editDays(files, stretch, day => [withMark(day, firstPeriod, lastPeriod, MARK.estimated)]);
    const halfHours = daysWithin(stretch, file).length * (lastPeriod - firstPeriod + 1);
    const periods = {first_period: firstPeriod, last_period: lastPeriod};
    return {files: planted, faults: [tell("estimates_kept", file, stretch, halfHours, periods)]};
  };
}

function estimateFromWeekBefore(files: readonly SupplierFile[], day: MeterDay): MeterDay {
  const [, before] = find(files, day.series.meter.meterPointId, addDays(day.date, -DAYS_PER_WEEK));
  const marks = Uint8Array.from(before.quantities, (_, place) =>
    isReadAt(before, place) ? MARK.estimated : MARK.missing
  );
  return {...day, quantities: before.quantities, marks};
}
