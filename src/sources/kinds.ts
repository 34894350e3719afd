import type {FuelTransaction} from "./keyfuels/keyfuels.ts";

/**
 * The kinds of record that a file may hold besides half-hours, each with where in the file it stands. Amounts are exact decimal text ("-60.00"), never
 * floating point. An instant is ISO 8601 with a trailing Z, or British local time without a zone ("2026-06-22 07:41:12"): the landing makes both
 * UTC. What is personal (registrations, people, cards and tokens) is marked so; the landing keeps a pseudonym of it.
 */
export interface RecordRows {
  readonly fuel: FuelTransaction;
  readonly tank: TankMovement;
  readonly charging: ChargingSession;
  readonly distance: Distance;
  readonly vehicle: VehicleFacts;
  readonly read: RegisterRead;
  readonly bill: BillPeriod;
  readonly observation: Observation;
}

export type RecordKind = keyof RecordRows;

/** What a tank of bunkered fuel took in, gave out or held. Only what it gave out is fuel used: deliveries and dips are the check. */
export interface TankMovement {
  readonly line: number;
  readonly tank: string;
  readonly moved_at: string;
  readonly movement: "delivery" | "dispense" | "dip";
  readonly product: string;
  readonly litres: string;
  /** Personal. */
  readonly registration: string | null;
}

/** Electricity given to a vehicle by a charge point. A credit is negative, so that a session and its credit add to nothing. */
export interface ChargingSession {
  readonly line: number;
  readonly session_id: string;
  readonly started_at: string;
  readonly ended_at: string | null;
  readonly energy_kwh: string;
  readonly location: string | null;
  /** At the council's own depot (so inside a building's meter), in public, at an employee's home, or not said. */
  readonly place: "depot" | "public" | "home" | "unknown";
  /** Personal. */
  readonly registration: string | null;
  readonly is_credit: boolean;
  readonly cost_gbp: string | null;
}

/** A journey, by telematics or as claimed by an employee in a car of their own. */
export interface Distance {
  readonly line: number;
  readonly journey_id: string;
  readonly travelled_at: string;
  readonly distance_km: string;
  readonly fuel_l: string | null;
  readonly energy_kwh: string | null;
  /** The council's own vehicles, or its employees'. */
  readonly fleet: "own" | "grey";
  /** Personal: the registration, device or vehicle of the fleet. */
  readonly registration: string | null;
  /** What the file calls the vehicle: its size, fuel or engine. */
  readonly vehicle_kind: string | null;
  readonly fuel: string | null;
}

/** What the licensing authority says of a vehicle. All but the registration may be absent. */
export interface VehicleFacts {
  readonly line: number;
  /** Personal. */
  readonly registration: string;
  readonly make: string | null;
  readonly fuel: string | null;
  readonly co2_g_per_km: string | null;
  readonly made_in_year: number | null;
  readonly euro_status: string | null;
}

/** What a register of a meter stood at. Consumption is the difference of two of one serial number, never across serial numbers. */
export interface RegisterRead {
  readonly line: number;
  /** MPAN, MPRN, SPID or the name the sender gives the meter, as written. */
  readonly meter: string;
  /** Null where the file does not name the meter itself. */
  readonly serial: string | null;
  /** Which register of the meter, as written; "" where it has one. */
  readonly register: string;
  readonly read_at: string;
  readonly value: string;
  readonly unit: "kWh" | "MWh" | "GJ" | "m3" | "ft3" | "hcf";
  readonly status: "actual" | "estimated" | "withdrawn";
  /** Digits before the register turns over to nought; null where not said. */
  readonly digits: number | null;
}

/** What a bill says one meter point used in one period. */
export interface BillPeriod {
  readonly line: number;
  /** Supplier and its number of the bill. */
  readonly bill_id: string;
  readonly account: string | null;
  /** A withdrawn bill takes the bill it names out; a credit is negative and stands beside it. */
  readonly kind: "normal" | "final" | "withdrawn" | "credit";
  readonly issued_on: string | null;
  /** MPAN core, MPRN, SPID or charge code, as written; null where the bill names none. */
  readonly meter: string | null;
  /** First day of the period (YYYY-MM-DD). */
  readonly first_date: string;
  /** Last day of the period, inclusive whatever the supplier writes. */
  readonly last_date: string;
  readonly quantity: string;
  readonly unit: "kWh" | "m3";
  readonly is_estimated: boolean;
  readonly net_gbp: string | null;
  readonly vat_gbp: string | null;
  readonly gross_gbp: string | null;
}

/** A figure that others publish: weather, grid, calorific value, or a statistic of an area. */
export interface Observation {
  readonly line: number;
  /** Lower-case words joined by underscores, naming the quantity: "air_temperature". */
  readonly series: string;
  /** Which part of the series, such as a technology or a band; "" where it has none. */
  readonly item: string;
  /** The ONS code of the area, or the publisher's own name of the zone or place; "" for the whole country. */
  readonly area: string;
  /** Start of the period described: a date (YYYY-MM-DD) or an instant with Z. */
  readonly starts_at: string;
  readonly period: "half-hour" | "hour" | "day" | "month" | "quarter" | "year";
  /** Null where the publisher has none yet or suppresses it. */
  readonly value: string | null;
  readonly unit: string;
  readonly status: "actual" | "forecast" | "provisional" | "suppressed" | "missing";
}
