import {PERIODS_PER_DAY} from "../calendar.ts";
import type {MeterPoint, SolarArray} from "../estate.ts";
import {METER_EXCHANGED, MISHAPS, type Stay} from "../happenings.ts";
import {hasPlaceFor} from "../layouts.ts";
import {countReads, isReadAt, MARK, type MeterDay, withMark} from "../reads.ts";
import {ARRAYS} from "../sites/arrays.ts";
import {supplyOf} from "../sites/sites.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {type MeterFault, type MeterFaultKind, type Plant, type Stretch, tell, totalOf} from "./fault.ts";
import {daysWithin} from "./stretches.ts";

/** What went wrong at a site rather than in a file, and at which meter. */
const TOLD: readonly (Stay & {readonly kind: MeterFaultKind; readonly meterPointId: string})[] = [
  ...at("heating_left_on", MISHAPS.heatingLeftOn, ({siteId}) => supplyOf(siteId, "gas")),
  ...at("hot_water_left_on", MISHAPS.hotWaterLeftOn, ({siteId}) => supplyOf(siteId, "gas")),
  ...at("lights_left_on", MISHAPS.lightsLeftOn, ({siteId}) => supplyOf(siteId, "electricity")),
  ...at("base_load_raised", MISHAPS.baseLoadRaised, ({siteId}) => supplyOf(siteId, "electricity")),
  ...at("array_failed", MISHAPS.arraysFailed, ({siteId}) => arrayOf(siteId).meter)
];

/** What went wrong at the sites of an account: told of each file that has days of it. */
export const tellMishaps: Plant = files => ({
  files,
  faults: TOLD.flatMap(({kind, ...stretch}) => files.flatMap(file => tellStretch(kind, file, stretch)))
});

/** The first day of another meter. */
export const tellMeterExchanged: Plant = files => {
  const {siteId, on} = METER_EXCHANGED;
  const stretch = {meterPointId: supplyOf(siteId, "gas").meterPointId, from: on, to: on};
  return {files, faults: files.flatMap(file => tellStretch("meter_exchange", file, stretch))};
};

/** The reads for which the layout of their file has no place. */
export const tellLostPasses: Plant = files => ({
  files,
  faults: files.flatMap(file => file.days.flatMap(day => tellLostPass(file, day)))
});

function at(kind: MeterFaultKind, stays: readonly Stay[], meterOf: (stay: Stay) => MeterPoint) {
  return stays.map(stay => ({...stay, kind, meterPointId: meterOf(stay).meterPointId}));
}

function arrayOf(siteId: string): SolarArray {
  const array = ARRAYS.find(({site}) => site.siteId === siteId);
  if (!array) throw new Error(`no array at: ${siteId}`);
  return array;
}

/** What a file says of a stretch, if it has days of it: without the reads that its layout has no place for. */
function tellStretch(kind: MeterFaultKind, file: SupplierFile, stretch: Stretch): MeterFault[] {
  const days = daysWithin(stretch, file);
  const [first, last] = [days[0], days.at(-1)];
  if (!first || !last) return [];
  const held = days.map(day => withoutLostPass(file, day));
  const {meterPointId} = stretch;
  return [
    tell(kind, file, {meterPointId, from: first.date, to: last.date}, countReads(held), {quantity: totalOf(held)})
  ];
}

function withoutLostPass(file: SupplierFile, day: MeterDay): MeterDay {
  const lost = periodsLost(file, day);
  const [first, last] = [lost[0], lost.at(-1)];
  return first && last ? withMark(day, first, last, MARK.missing) : day;
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
