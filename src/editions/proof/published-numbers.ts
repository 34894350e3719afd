import {readFile} from "node:fs/promises";
import {z} from "zod";
import {readFromMarts} from "../../models/read-mart.ts";
import {type Connection, quoteText} from "../../warehouse/connection.ts";
import {reportingYearText} from "../../wording/years.ts";

const shape = z.object({
  of_kind: z.enum(["council", "source", "path", "borough", "site", "generation"]),
  /** The source, target, borough or site; null of the council as a whole. */
  of_name: z.string().nullable(),
  /** `2025/26`, of a borough `2023`; null of the last twelve months. */
  year_label: z.string().nullable(),
  /** The year it is set against; null where it is set against none. */
  against_label: z.string().nullable(),
  unit: z.enum(["t CO₂e", "kt CO₂e", "kWh", "kW", "£", "%"]),
  value: z.number(),
  direction: z.enum(["less", "more", "below", "above"]).nullable(),
  /** What it is, in a few words. */
  says: z.string(),
  mart: z.string(),
  row_key: z.string(),
  column_name: z.string()
});

/** A number that an edition publishes, with the mart row it is from. */
export type PublishedNumber = z.infer<typeof shape>;

/** Reporting years that a number may be of. */
const [firstYear, lastYear] = [1990, 2101];

/** The numbers of published or frozen marts. */
export async function readPublishedNumbers(connection: Connection): Promise<PublishedNumber[]> {
  const sql = await readFile(new URL("./numbers.sql", import.meta.url), "utf8");
  const labels = Array.from({length: lastYear - firstYear}, (_, index) => firstYear + index).map(
    year => `${year}: ${quoteText(reportingYearText(year))}`
  );
  await connection.run(`set variable year_labels = map {${labels.join(", ")}}`);
  await connection.run("create or replace temp macro label(year) as getvariable('year_labels')[year]");
  return readFromMarts(connection, shape, sql);
}
