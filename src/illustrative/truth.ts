import type {IsoDate, Month} from "./calendar.ts";
import type {Channel} from "./estate.ts";
import type {Fault} from "./faults/fault.ts";
import type {AnnualReturn} from "./returns.ts";

/** What the files amount to, read rightly. Only tests read it. Quantities are decimal text with four places. */
export interface Truth {
  readonly seed: number;
  readonly first_date: IsoDate;
  readonly last_date: IsoDate;
  readonly meter_points: readonly MeterPointTruth[];
  /** What files tell of meters on days on which the council does not answer for them; no total counts it. */
  readonly outside_lives: readonly OutsideTruth[];
  readonly generation: readonly GenerationTruth[];
  readonly fuel: readonly FuelTruth[];
  readonly unknown_products: readonly UnknownProductTruth[];
  readonly returns: readonly AnnualReturn[];
  readonly week: WeekTruth;
  readonly faults: readonly Fault[];
}

/** One meter point at one site, one way of flow: a site that exports has two, and so has a meter that went to another site. */
export interface MeterPointTruth {
  readonly meter_point_id: string;
  readonly site_id: string;
  readonly energy: "electricity" | "gas";
  readonly channel: Channel;
  readonly unit: Unit;
  /** From the month in which it begins there to the month in which it ends. */
  readonly months: readonly MonthTruth[];
}

export interface MonthTruth {
  readonly month: Month;
  /** Sum of the reads held, estimated ones among them. */
  readonly quantity: string;
  readonly estimated_quantity: string;
  /** From its first day there to its last. */
  readonly expected_half_hours: number;
  /** Actual and estimated together. */
  readonly present_half_hours: number;
  readonly estimated_half_hours: number;
}

/** What is read of one meter point and way of flow outside its lives. */
export interface OutsideTruth {
  readonly meter_point_id: string;
  readonly channel: Channel;
  readonly unit: Unit;
  readonly first_date: IsoDate;
  readonly last_date: IsoDate;
  readonly half_hours: number;
  readonly quantity: string;
}

/** One array in one month, from the month in which it was commissioned. */
export interface GenerationTruth {
  readonly asset_id: string;
  readonly month: Month;
  readonly generation_kwh: string;
  /** Null where export is not metered. */
  readonly export_kwh: string | null;
  /** Generation less export, half-hour by half-hour where both are held and never below nothing; null where export is not metered. */
  readonly self_consumption_kwh: string | null;
}

/** What one service's vehicles of one kind drew in a month; by the date of the transaction. */
export interface FuelTruth {
  readonly month: Month;
  /** `unallocated`, as the kind is, where no vehicle fits. */
  readonly service: string;
  readonly vehicle_kind: string;
  readonly activity: string;
  /** Drawn less credited, litres. */
  readonly quantity_l: string;
  readonly credited_l: string;
  /** Detail records, credits among them. */
  readonly transactions: number;
}

export interface UnknownProductTruth {
  readonly product_code: string;
  readonly transactions: number;
  readonly quantity_l: string;
}

/** Every read of the registered meters in one week, the one in which autumn repeats an hour. */
export interface WeekTruth {
  readonly first_date: IsoDate;
  readonly last_date: IsoDate;
  readonly half_hours: readonly HalfHourTruth[];
}

export interface HalfHourTruth {
  readonly meter_point_id: string;
  readonly channel: Channel;
  readonly settlement_date: IsoDate;
  readonly settlement_period: number;
  readonly period_start_at: string;
  readonly quantity: string;
  readonly unit: Unit;
  readonly read_status: "actual" | "estimated";
}

export type Unit = "kWh" | "m3";
export const UNITS = {electricity: "kWh", gas: "m3"} as const;
