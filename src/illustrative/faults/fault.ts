import type {IsoDate} from "../calendar.ts";
import {LAYOUTS} from "../layouts.ts";
import {type MeterDay, sumReads} from "../reads.ts";
import type {SupplierFile} from "../supplier-files.ts";
import {printQuantity} from "../writers/print.ts";

/** What is wrong in the files, and where; told in the truth, so its names are those of its JSON. */
export type Fault = MeterFault | FuelFault | WeatherFault;

interface FaultPlace {
  readonly file: string;
  /** The second file of a matter that takes two. */
  readonly other_file?: string;
  /** Line of `file`, the first being 1. */
  readonly line?: number;
  readonly first_date: IsoDate;
  readonly last_date: IsoDate;
}

/** A fault in the reads of a meter. */
export interface MeterFault extends FaultPlace {
  readonly kind: MeterFaultKind;
  readonly meter_point_id: string;
  /** Half-hours concerned. */
  readonly half_hours: number;
  /** Settlement periods of each day concerned, where not all. */
  readonly first_period?: number;
  readonly last_period?: number;
  /** What the half-hours concerned held, in the unit of the file. */
  readonly quantity?: string;
}

/** A matter of one fuel transaction. */
export interface FuelFault extends FaultPlace {
  readonly kind: FuelFaultKind;
  readonly line: number;
  /** The line of the drawing that a credit takes back. */
  readonly other_line?: number;
  readonly product_code: string;
  /** Litres, positive even where they are taken back. */
  readonly quantity: string;
}

/** Hours without a temperature. */
export interface WeatherFault extends FaultPlace {
  readonly kind: "weather_missing";
  readonly hours: number;
}

export type MeterFaultKind =
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
  /** `file` was issued months after its time. */
  | "late_file"
  /** A cell that is no number; the rest of its row is sound. */
  | "damaged_cell"
  /** A half-hour far too large; the file calls it an actual read, so totals count it. */
  | "spike"
  /** From `first_date` on, another meter with another serial number, its dial at nothing. */
  | "meter_exchange"
  /** Rows of a meter that is in no register; no total counts them. */
  | "unregistered_meter"
  /** Real use, wrongly used: heating on in a closed building. */
  | "heating_left_on"
  /** Hot water made day and night in a school's holidays. */
  | "hot_water_left_on"
  /** Lamps on in the dark in a closed building. */
  | "lights_left_on"
  /** Something more that draws power day and night. */
  | "base_load_raised"
  /** A generation meter at nought by day. */
  | "array_failed"
  /** The repeated autumn hour, which the layout has no place for; no total counts it. */
  | "second_pass_lost";

export type FuelFaultKind =
  /** A product code that the register of products does not hold; no total counts it. */
  | "unknown_product"
  /** Neither registration nor fleet number is in the register of vehicles. */
  | "unmatched_vehicle"
  /** A drawing taken back. */
  | "fuel_credit";

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
  kind: MeterFaultKind,
  file: SupplierFile,
  {meterPointId, from, to}: Stretch,
  halfHours: number,
  more: Partial<MeterFault> = {}
): MeterFault {
  const about = {kind, meter_point_id: meterPointId, file: file.name};
  return {...about, first_date: from, last_date: to, half_hours: halfHours, ...more};
}

/** Line of a day in a file of one row per day; the first line is 1. */
export function lineOf(file: SupplierFile, day: MeterDay): number {
  return LAYOUTS[file.layout].headerLines + file.days.indexOf(day) + 1;
}

/** Sum of the reads of days, with four decimals. */
export function totalOf(days: readonly MeterDay[]): string {
  const decimals = 4;
  return printQuantity(sumReads(days), decimals);
}

/** A file name with an ending before its extension. */
export function renamed(name: string, ending: string): string {
  return name.replace(/(?=\.\w+$)/, ending);
}
