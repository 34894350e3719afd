import {z} from "zod";
import {column, name, oneOf, type RowOf, text} from "./columns.ts";
import {defineRegister, readRegister} from "./register.ts";

const clocks = ["settlement-period", "local-clock", "utc"] as const;

/** When a supply moved to market-wide half-hourly settlement, and what its data collector counts half-hours by from then on. */
export const marketMigrations = defineRegister({
  file: "market-migrations.csv",
  description:
    "The day from which a supply is settled half-hourly under market-wide settlement, and the clock that its half-hours are counted by before and after. Its days are read by the clock of their day.",
  table: "council.market_migrations",
  key: ["meter_point_id"],
  isOptional: true,
  columns: {
    meter_point_id: name("The meter point that moved."),
    migrated_on: column("date", z.iso.date(), "The first day settled half-hourly under market-wide settlement."),
    agent: text("Who collects its data from then on; for an unmetered supply its meter administrator."),
    clock_before: oneOf(clocks, "What half-hours were counted by until then."),
    clock_after: oneOf(clocks, "What they are counted by from then on.")
  }
});

export type Migration = RowOf<typeof marketMigrations.columns>;

/** Reads the market migrations of a council. */
export async function readMigrations(councilFolder: string): Promise<Migration[]> {
  return (await readRegister(councilFolder, marketMigrations)).map(({fileRow, ...migration}) => migration);
}
