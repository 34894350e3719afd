import type {Connection} from "../warehouse/connection.ts";
import type {Landed} from "./ledger.ts";

/** What of a load stands in a table of meter-days, counted in the table itself: of which meters, and how many different days. */
export interface Counted extends Landed {
  readonly meters: readonly string[];
  /** Meters, channels, units and days: fewer than the rows where some stand twice. */
  readonly keyed: number;
}

/** Counts what of a load stands in a table of meter-days. */
export async function landedIn(connection: Connection, days: string, loadId: number): Promise<Counted> {
  const meters = await connection.rows<Omit<Counted, "meters"> & {meter_key: string}>(
    `select
       meter_key,
       count(*)::double as meter_days,
       sum(bit_count(present))::double as reads,
       min(settlement_date) as first_date,
       max(settlement_date) as last_date,
       count(distinct hash(channel, unit, settlement_date))::double as keyed
     from ${days}
     where load_id = $1
     group by meter_key`,
    [loadId]
  );
  const sum = (count: "meter_days" | "reads" | "keyed") => meters.reduce((total, meter) => total + meter[count], 0);
  const outermost = (date: "first_date" | "last_date", isBefore: (a: Date, b: Date) => boolean) =>
    meters
      .map(meter => meter[date])
      .reduce((best, one) => (best === null || (one !== null && isBefore(one, best)) ? one : best), null);
  return {
    meters: meters.map(({meter_key}) => meter_key),
    meter_days: sum("meter_days"),
    reads: sum("reads"),
    keyed: sum("keyed"),
    first_date: outermost("first_date", (a, b) => a < b),
    last_date: outermost("last_date", (a, b) => a > b)
  };
}
