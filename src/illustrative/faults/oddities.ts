import type {IsoDate} from "../calendar.ts";
import type {MeterDay} from "../reads.ts";
import {datesOf} from "../supplier-files.ts";
import {countReads, editDays, editPeriods, find, lineOf, type Plant, renamed, sumReads, tell} from "./fault.ts";

/** One cell holds `text` instead of a number. */
export function damageCell(plan: {meterPointId: string; date: IsoDate; period: number; text: string}): Plant {
  const {meterPointId, date, period, text} = plan;
  const stretch = {meterPointId, from: date, to: date};
  const edit = (day: MeterDay) => editPeriods(day, period, period, () => ({text}));
  return files => {
    const [file, day] = find(files, meterPointId, date);
    const quantity = sumReads(day.cells.slice(period - 1, period));
    const where = {line: lineOf(file, day), first_period: period, last_period: period, quantity};
    const planted = editDays(files, stretch, each => [edit(each)]);
    return {files: planted, faults: [tell("damaged_cell", file, stretch, 1, where)]};
  };
}

/** The file that holds the day, downloaded twice. */
export function duplicateFile({meterPointId, date}: {meterPointId: string; date: IsoDate}): Plant {
  return files => {
    const [file] = find(files, meterPointId, date);
    const copy = {...file, name: renamed(file.name, " (1)")};
    const [from, to] = datesOf(file);
    const halfHours = countReads(file.days.flatMap(day => day.cells));
    const fault = tell("duplicate_file", file, {meterPointId, from, to}, halfHours, {other_file: copy.name});
    return {files: [...files, copy], faults: [fault]};
  };
}

/** Days of a meter that no register knows, after the rows of the file that holds `host` on the first of them. */
export function addUnregistered({host, days}: {host: string; days: readonly MeterDay[]}): Plant {
  return files => {
    const [first, last] = [days[0], days.at(-1)];
    if (!first || !last) return {files, faults: []};
    const [file] = find(files, host, first.date);
    const longer = {...file, days: [...file.days, ...days]};
    const stretch = {meterPointId: first.meter.meterPointId, from: first.date, to: last.date};
    const cells = days.flatMap(day => day.cells);
    const where = {line: lineOf(longer, first), quantity: sumReads(cells)};
    const fault = tell("unregistered_meter", file, stretch, countReads(cells), where);
    return {files: files.map(each => (each === file ? longer : each)), faults: [fault]};
  };
}
