import type {RecordKind, RecordRows} from "../sources/kinds.ts";

/** How a column of a record lands: its DuckDB type, INSTANT (UTC, from text with Z or British local time), METER (a meter's key) or PERSONAL (a pseudonym). */
type Lands =
  | "VARCHAR"
  | "INTEGER"
  | "BOOLEAN"
  | "DATE"
  | "WALL CLOCK"
  | "INSTANT"
  | "METER"
  | "PERSONAL"
  | `DECIMAL(${number},${number})`;

/** Where the records of a kind land. */
export interface RecordTable<Kind extends RecordKind> {
  readonly table: string;
  readonly columns: Readonly<Record<Exclude<keyof RecordRows[Kind], "line">, Lands>>;
  /** What names a record: the same twice in one file is a duplicate where all its words are the same, else both are rejected. */
  readonly identity: readonly (keyof RecordRows[Kind])[];
  /** Its date, which may be neither before 1990 nor after the day it was received; null where it has none or may be of any time. */
  readonly dated: keyof RecordRows[Kind] | null;
}

/** Every kind of record and its table. A personal column lands as `<name>_pseudonym`, a meter as `meter_key`. */
export const recordTables: {readonly [Kind in RecordKind]: RecordTable<Kind>} = {
  fuel: {
    table: "raw.fuel_transactions",
    columns: {
      transaction_id: "VARCHAR",
      drawn_at: "WALL CLOCK",
      registration: "PERSONAL",
      fleet_number: "VARCHAR",
      product_code: "VARCHAR",
      quantity: "DECIMAL(14,3)",
      cost_gbp: "DECIMAL(14,4)",
      mileage: "INTEGER",
      is_credit: "BOOLEAN"
    },
    identity: ["transaction_id"],
    dated: "drawn_at"
  },
  tank: {
    table: "raw.tank_movements",
    columns: {
      tank: "VARCHAR",
      moved_at: "INSTANT",
      movement: "VARCHAR",
      product: "VARCHAR",
      litres: "DECIMAL(14,3)",
      registration: "PERSONAL"
    },
    identity: ["tank", "moved_at", "movement", "product", "registration"],
    dated: "moved_at"
  },
  charging: {
    table: "raw.charging_sessions",
    columns: {
      session_id: "VARCHAR",
      started_at: "INSTANT",
      ended_at: "INSTANT",
      energy_kwh: "DECIMAL(14,4)",
      location: "VARCHAR",
      place: "VARCHAR",
      registration: "PERSONAL",
      is_credit: "BOOLEAN",
      cost_gbp: "DECIMAL(14,4)"
    },
    identity: ["session_id", "is_credit"],
    dated: "started_at"
  },
  distance: {
    table: "raw.journeys",
    columns: {
      journey_id: "VARCHAR",
      travelled_at: "INSTANT",
      distance_km: "DECIMAL(18,9)",
      fuel_l: "DECIMAL(14,4)",
      energy_kwh: "DECIMAL(14,4)",
      fleet: "VARCHAR",
      registration: "PERSONAL",
      vehicle_kind: "VARCHAR",
      fuel: "VARCHAR"
    },
    identity: ["journey_id", "registration"],
    dated: "travelled_at"
  },
  vehicle: {
    table: "raw.vehicle_facts",
    columns: {
      registration: "PERSONAL",
      make: "VARCHAR",
      fuel: "VARCHAR",
      co2_g_per_km: "DECIMAL(8,2)",
      made_in_year: "INTEGER",
      euro_status: "VARCHAR"
    },
    identity: ["registration"],
    dated: null
  },
  read: {
    table: "raw.register_reads",
    columns: {
      meter: "METER",
      serial: "VARCHAR",
      register: "VARCHAR",
      read_at: "INSTANT",
      value: "DECIMAL(18,4)",
      unit: "VARCHAR",
      status: "VARCHAR",
      digits: "INTEGER"
    },
    identity: ["meter", "serial", "register", "read_at", "status"],
    dated: "read_at"
  },
  bill: {
    table: "raw.bills",
    columns: {
      bill_id: "VARCHAR",
      account: "VARCHAR",
      kind: "VARCHAR",
      issued_on: "DATE",
      meter: "METER",
      first_date: "DATE",
      last_date: "DATE",
      quantity: "DECIMAL(18,4)",
      unit: "VARCHAR",
      is_estimated: "BOOLEAN",
      net_gbp: "DECIMAL(14,4)",
      vat_gbp: "DECIMAL(14,4)",
      gross_gbp: "DECIMAL(14,4)"
    },
    identity: ["bill_id", "meter", "first_date", "last_date", "kind"],
    dated: "first_date"
  },
  observation: {
    table: "raw.observations",
    columns: {
      series: "VARCHAR",
      item: "VARCHAR",
      area: "VARCHAR",
      starts_at: "INSTANT",
      period: "VARCHAR",
      value: "DECIMAL(24,8)",
      unit: "VARCHAR",
      status: "VARCHAR"
    },
    identity: ["series", "item", "area", "starts_at", "period", "status"],
    dated: null
  }
};

/** The column of its table that a field lands in. */
export function columnOf(field: string, lands: Lands): string {
  if (lands === "METER") return "meter_key";
  return lands === "PERSONAL" ? `${field}_pseudonym` : field;
}
