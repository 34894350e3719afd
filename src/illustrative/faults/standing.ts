import {PERIODS_PER_DAY} from "../calendar.ts";
import {ARRAY_FAILED, HEATING_LEFT_ON, METER_EXCHANGED, type Stay} from "../happenings.ts";
import {hasPlaceFor} from "../layouts.ts";
import {countReads, isReadAt, MARK, type MeterDay, withMark} from "../reads.ts";
import {ARRAYS} from "../sites/arrays.ts";
import {supplyOf} from "../sites/sites.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {type MeterFault, type MeterFaultKind, type Plant, type Stretch, tell, totalOf} from "./fault.ts";
import {daysWithin, find} from "./stretches.ts";

/** What the building did wrong rather than the file. */
export const tellHeatingLeftOn: Plant = files => ({
  files,
  faults: HEATING_LEFT_ON.map(stay =>
    tellStay("heating_left_on", files, stay, supplyOf(stay.siteId, "gas").meterPointId)
  )
});

/** What an array did not give. */
export const tellArrayFailed: Plant = files => {
  const array = ARRAYS.find(each => each.site.siteId === ARRAY_FAILED.siteId);
  if (!array) throw new Error(`no array at: ${ARRAY_FAILED.siteId}`);
  return {files, faults: [tellStay("array_failed", files, ARRAY_FAILED, array.meter.meterPointId)]};
};

/** The first day of another meter. */
export const tellMeterExchanged: Plant = files => {
  const {siteId, on} = METER_EXCHANGED;
  const {meterPointId} = supplyOf(siteId, "gas");
  return {files, faults: [tellStay("meter_exchange", files, {siteId, from: on, to: on}, meterPointId)]};
};

/** The reads for which the layout of their file has no place. */
export const tellLostPasses: Plant = files => ({
  files,
  faults: files.flatMap(file => file.days.flatMap(day => tellLostPass(file, day)))
});

function tellStay(
  kind: MeterFaultKind,
  files: readonly SupplierFile[],
  {from, to}: Stay,
  meterPointId: string
): MeterFault {
  const stretch: Stretch = {meterPointId, from, to};
  const [file] = find(files, meterPointId, from);
  const days = daysWithin(stretch, file);
  return tell(kind, file, stretch, countReads(days), {quantity: totalOf(days)});
}

function tellLostPass(file: SupplierFile, day: MeterDay): MeterFault[] {
  const lost = periodsLost(file, day);
  const [first, last] = [lost[0], lost.at(-1)];
  if (!first || !last || !lost.some(period => isReadAt(day, period - 1))) return [];
  const before = withMark(day, 1, first - 1, MARK.missing);
  const alone = [withMark(before, last + 1, day.quantities.length, MARK.missing)];
  const stretch = {meterPointId: day.series.meter.meterPointId, from: day.date, to: day.date};
  const where = {first_period: first, last_period: last, quantity: totalOf(alone)};
  return [tell("second_pass_lost", file, stretch, countReads(alone), where)];
}

function periodsLost(file: SupplierFile, {date, quantities}: MeterDay): number[] {
  if (quantities.length <= PERIODS_PER_DAY) return [];
  const periods = Array.from(quantities.keys(), place => place + 1);
  return periods.filter(period => !hasPlaceFor(file.layout, date, period));
}
