import type {IsoDate} from "../calendar.ts";
import {countReads, MARK, type MeterDay, withMark} from "../reads.ts";
import {datesOf} from "../supplier-files.ts";
import {lineOf, type Plant, renamed, tell, totalOf} from "./fault.ts";
import {editDays, find} from "./stretches.ts";

/** One half-hour of a meter. */
interface Spot {
  readonly meterPointId: string;
  readonly date: IsoDate;
  readonly period: number;
}

/** One cell holds `text` instead of a number. */
export function damageCell({text, ...spot}: Spot & {text: string}): Plant {
  return plantAt("damaged_cell", spot, day => ({
    told: withoutOthers(day, spot.period),
    day: {...withMark(day, spot.period, spot.period, MARK.damaged), damagedText: text}
  }));
}

/** One half-hour is `times` too large, and looks like any other. */
export function spike({times, ...spot}: Spot & {times: number}): Plant {
  return plantAt("spike", spot, day => {
    const quantities = day.quantities.map((quantity, place) =>
      place + 1 === spot.period ? quantity * times : quantity
    );
    const spiked = {...day, quantities};
    return {told: withoutOthers(spiked, spot.period), day: spiked};
  });
}

/** The file that holds the day, downloaded twice. */
export function duplicateFile({meterPointId, date}: {meterPointId: string; date: IsoDate}): Plant {
  return files => {
    const [file] = find(files, meterPointId, date);
    const copy = {...file, name: renamed(file.name, " (1)")};
    const [from, to] = datesOf(file);
    const about = {other_file: copy.name};
    const fault = tell("duplicate_file", file, {meterPointId, from, to}, countReads(file.days), about);
    return {files: [...files, copy], faults: [fault]};
  };
}

/** The file that holds the day is issued at `issuedAt`, long after its time, and named so that it stands last. */
export function delayFile(plan: {meterPointId: string; date: IsoDate; issuedAt: string}): Plant {
  const {meterPointId, date, issuedAt} = plan;
  return files => {
    const [file] = find(files, meterPointId, date);
    const late = {...file, issuedAt, name: file.name.replace(/-(?=\d{4}-)/, "-late-")};
    const [from, to] = datesOf(file);
    return {
      files: files.map(each => (each === file ? late : each)),
      faults: [tell("late_file", late, {meterPointId, from, to}, countReads(file.days))]
    };
  };
}

/** Days of a meter that no register knows, after the rows of the file that holds `host` on the first of them. */
export function addUnregistered({host, days}: {host: string; days: readonly MeterDay[]}): Plant {
  return files => {
    const [first, last] = [days[0], days.at(-1)];
    if (!first || !last) return {files, faults: []};
    const [file] = find(files, host, first.date);
    const longer = {...file, days: [...file.days, ...days]};
    const stretch = {meterPointId: first.series.meter.meterPointId, from: first.date, to: last.date};
    const where = {line: lineOf(longer, first), quantity: totalOf(days)};
    const fault = tell("unregistered_meter", file, stretch, countReads(days), where);
    return {files: files.map(each => (each === file ? longer : each)), faults: [fault]};
  };
}

function plantAt(
  kind: "damaged_cell" | "spike",
  {meterPointId, date, period}: Spot,
  edit: (day: MeterDay) => {told: MeterDay; day: MeterDay}
): Plant {
  const stretch = {meterPointId, from: date, to: date};
  return files => {
    const [file, day] = find(files, meterPointId, date);
    const edited = edit(day);
    const quantity = totalOf([edited.told]);
    const where = {line: lineOf(file, day), first_period: period, last_period: period, quantity};
    return {
      files: editDays(files, stretch, () => [edited.day]),
      faults: [tell(kind, file, stretch, 1, where)]
    };
  };
}

/** The day with one settlement period alone. */
function withoutOthers(day: MeterDay, period: number): MeterDay {
  const before = withMark(day, 1, period - 1, MARK.missing);
  return withMark(before, period + 1, day.quantities.length, MARK.missing);
}
