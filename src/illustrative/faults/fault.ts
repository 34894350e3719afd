import type {IsoDate} from "../calendar.ts";
import {LAYOUTS} from "../layouts.ts";
import {type Cell, isRead, type MeterDay} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {printQuantity} from "../writers/print.ts";

/** What is wrong in the files, and where; told in the truth, so its names are those of its JSON. */
export interface Fault {
  readonly kind: FaultKind;
  readonly meter_point_id: string;
  readonly file: string;
  /** The second file of a matter that takes two. */
  readonly other_file?: string;
  /** Line of `file`, the first being 1. */
  readonly line?: number;
  readonly first_date: IsoDate;
  readonly last_date: IsoDate;
  /** Half-hours concerned. */
  readonly half_hours: number;
  /** Settlement periods of each day concerned, where not all. */
  readonly first_period?: number;
  readonly last_period?: number;
  /** What the half-hours concerned held, in the unit of the file. */
  readonly quantity?: string;
}

export type FaultKind =
  /** `file` holds estimates; `other_file`, issued later, the actual reads of the same days. */
  | "estimates_reissued"
  /** Estimates that nobody put right. */
  | "estimates_kept"
  /** `file` ends within the day; `other_file` begins with the rest of it, up to and including `last_period`. */
  | "part_day"
  /** No rows at all. */
  | "missing_days"
  /** A row that says there was nothing. */
  | "blank_day"
  /** `other_file` is `file` again, byte for byte. */
  | "duplicate_file"
  /** A cell that is no number; the rest of its row is sound. */
  | "damaged_cell"
  /** Rows of a meter that is in no register; no total counts them. */
  | "unregistered_meter"
  /** Real use, wrongly used: heating on in a closed building. */
  | "heating_left_on"
  /** The repeated autumn hour, which the layout has no place for; no total counts it. */
  | "second_pass_lost";

/** Files after a fault is planted, and the faults to tell. */
export interface Planted {
  readonly files: readonly SupplierFile[];
  readonly faults: readonly Fault[];
}

/** Plants one matter in the files. */
export type Plant = (files: readonly SupplierFile[]) => Planted;

/** A stretch of days of one meter, both ends included. */
export interface Stretch {
  readonly meterPointId: string;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** A fault of a stretch, told by the name of the file it is in. `halfHours` are the cells concerned. */
export function tell(
  kind: FaultKind,
  file: SupplierFile,
  {meterPointId, from, to}: Stretch,
  halfHours: number,
  more: Partial<Fault> = {}
): Fault {
  const about = {kind, meter_point_id: meterPointId, file: file.name};
  return {...about, first_date: from, last_date: to, half_hours: halfHours, ...more};
}

export function isWithin({meterPointId, from, to}: Stretch, day: MeterDay): boolean {
  return day.meter.meterPointId === meterPointId && day.date >= from && day.date <= to;
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

/** Replaces each day of the stretch by what `edit` makes of it, in every file. */
export function editDays(
  files: readonly SupplierFile[],
  stretch: Stretch,
  edit: (day: MeterDay) => readonly MeterDay[]
): SupplierFile[] {
  return files.map(file => ({
    ...file,
    days: file.days.flatMap(day => (isWithin(stretch, day) ? edit(day) : [day]))
  }));
}

/** Cells of settlement periods `first` to `last` changed, the others kept. */
export function editPeriods(day: MeterDay, first: number, last: number, edit: (cell: Cell) => Cell): MeterDay {
  const cells = day.cells.map((cell, index) => (index + 1 >= first && index + 1 <= last ? edit(cell) : cell));
  return {...day, cells};
}

/** Line of a day in a file of one row per day; the first line is 1. */
export function lineOf(file: SupplierFile, day: MeterDay): number {
  return LAYOUTS[file.layout].headerLines + file.days.indexOf(day) + 1;
}

/** All cells of a file that fall in a stretch. */
export function cellsWithin(stretch: Stretch, file: SupplierFile): Cell[] {
  return file.days.filter(day => isWithin(stretch, day)).flatMap(day => day.cells);
}

export function countReads(cells: readonly Cell[]): number {
  return cells.filter(isRead).length;
}

/** Sum of the reads among cells, with four decimals. */
export function sumReads(cells: readonly Cell[]): string {
  const decimals = 4;
  const total = cells.filter(isRead).reduce((sum, read) => sum + read.thousandths, 0);
  return printQuantity(total, decimals);
}

/** `name.csv` with an ending before its extension. */
export function renamed(name: string, ending: string): string {
  return name.replace(/\.csv$/, `${ending}.csv`);
}
