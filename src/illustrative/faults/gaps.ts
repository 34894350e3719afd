import type {IsoDate} from "../calendar.ts";
import {countReads, MARK, type MeterDay, withMark} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {type MeterFaultKind, type Plant, type Planted, type Stretch, tell} from "./fault.ts";
import {daysWithin, editDays, find} from "./stretches.ts";

/** No rows for the stretch. */
export function dropDays(stretch: Stretch): Plant {
  return files => plantGap(files, "missing_days", stretch, () => []);
}

/** Rows for the stretch with nothing in them. */
export function blankDays(stretch: Stretch): Plant {
  return files => plantGap(files, "blank_day", stretch, day => [withoutReads(day, 1, day.quantities.length)]);
}

/** The last day of a file stops after settlement period `lastPeriod`; the account's next file begins with the rest of it. */
export function splitDay(plan: {meterPointId: string; date: IsoDate; lastPeriod: number}): Plant {
  const {meterPointId, date, lastPeriod} = plan;
  const stretch = {meterPointId, from: date, to: date};
  return files => {
    const [file, day] = find(files, meterPointId, date);
    const periods = day.quantities.length;
    const next = fileAfter(files, file, meterPointId);
    const rest = withoutReads(day, 1, lastPeriod);
    const cut = editDays(files, stretch, () => [withoutReads(day, lastPeriod + 1, periods)]);
    const where = {other_file: next.name, first_period: lastPeriod + 1, last_period: periods};
    return {
      files: cut.map(each => (each.name === next.name ? {...each, days: [rest, ...each.days]} : each)),
      faults: [tell("part_day", file, stretch, countReads([rest]), where)]
    };
  };
}

function plantGap(
  files: readonly SupplierFile[],
  kind: MeterFaultKind,
  stretch: Stretch,
  edit: (day: MeterDay) => MeterDay[]
): Planted {
  const [file] = find(files, stretch.meterPointId, stretch.from);
  const halfHours = countReads(daysWithin(stretch, file));
  return {files: editDays(files, stretch, edit), faults: [tell(kind, file, stretch, halfHours)]};
}

function withoutReads(day: MeterDay, first: number, last: number): MeterDay {
  return withMark(day, first, last, MARK.missing);
}

function fileAfter(files: readonly SupplierFile[], file: SupplierFile, meterPointId: string): SupplierFile {
  const next = files.find(
    other => other.issuedAt > file.issuedAt && other.days.some(day => day.series.meter.meterPointId === meterPointId)
  );
  if (!next) throw new Error(`no file follows: ${file.name}`);
  return next;
}
