import type {IsoDate} from "../calendar.ts";
import type {MeterDay} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import type {Stretch} from "./fault.ts";

export function isWithin({meterPointId, from, to}: Stretch, day: MeterDay): boolean {
  return day.date >= from && day.date <= to && day.series.meter.meterPointId === meterPointId;
}

/** The first file that holds the day, and the day. Refuses a plan that names a day no file holds. */
export function find(files: readonly SupplierFile[], meterPointId: string, date: IsoDate): [SupplierFile, MeterDay] {
  const stretch = {meterPointId, from: date, to: date};
  for (const file of files) {
    const day = file.days.find(each => isWithin(stretch, each));
    if (day) return [file, day];
  }
  throw new Error(`no file holds the day: ${meterPointId} ${date}`);
}

/** The days of a stretch in a file. */
export function daysWithin(stretch: Stretch, file: SupplierFile): MeterDay[] {
  return file.days.filter(day => isWithin(stretch, day));
}

/** Replaces each day of the stretch by what `edit` makes of it, in every file. */
export function editDays(
  files: readonly SupplierFile[],
  stretch: Stretch,
  edit: (day: MeterDay) => readonly MeterDay[]
): SupplierFile[] {
  return files.map(file => {
    if (!file.days.some(day => isWithin(stretch, day))) return file;
    return {...file, days: file.days.flatMap(day => (isWithin(stretch, day) ? edit(day) : [day]))};
  });
}
