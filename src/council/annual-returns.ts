import {join} from "node:path";
import {z} from "zod";
import type {Connection} from "../warehouse/connection.ts";
import {checkUnique, decimal, fill, readTable} from "./tables.ts";

const returnSchema = z.strictObject({
  /** 2018 is April 2018 to March 2019. */
  reporting_year: z
    .string()
    .regex(/^(19|20)\d\d$/, "a year such as 2018")
    .transform(Number),
  emission_source: z.string().min(1),
  /** As the factor table names it. */
  activity: z.string().min(1),
  unit: z.enum(["kWh", "l", "m3", "t", "km"]),
  quantity: decimal,
  /** `inventory`: stands for the source and activity in that year, and readings of them are not added; `comparison`: is set beside the readings and added to nothing. */
  used_for: z.enum(["inventory", "comparison"]),
  source: z.string().min(1)
});

/** A total of one source for one year, as a council reported it before it was metered by the half-hour. */
export type AnnualReturn = z.infer<typeof returnSchema>;

/** Reads `annual-returns.csv`, which may be absent. */
export async function readAnnualReturns(councilFolder: string): Promise<AnnualReturn[]> {
  const returns = await readTable(join(councilFolder, "annual-returns.csv"), returnSchema, {isOptional: true});
  checkUnique(
    returns.map(({reporting_year, emission_source, activity, used_for, line}) => ({
      value: `${reporting_year}, ${emission_source}, ${activity}, ${used_for}`,
      line
    })),
    "annual-returns.csv",
    "a source and activity of one year"
  );
  return returns;
}

/** Puts the returns into the schema `council`. */
export async function loadAnnualReturns(connection: Connection, returns: readonly AnnualReturn[]): Promise<void> {
  await fill(
    connection,
    "council.annual_returns",
    "reporting_year integer, emission_source varchar, activity varchar, unit varchar, quantity double, used_for varchar, source varchar",
    returns
  );
}
