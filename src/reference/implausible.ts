import {amount, oneOf, source, text} from "../council/columns.ts";
import {defineRegister, readRegister} from "../council/register.ts";
import type {Connection} from "../warehouse/connection.ts";
import {referenceFolder} from "./references.ts";

export const implausibleReadings = defineRegister({
  file: "implausible-readings.csv",
  description: "A reading that is none: above what any supply holds, or what a meter gives when its counter runs over.",
  table: null,
  key: ["reading"],
  columns: {
    kind: oneOf(["limit", "sentinel"], "limit: what no reading exceeds; sentinel: what stands for no reading."),
    reading: amount("The reading, in any unit."),
    meaning: text("In full."),
    source
  }
});

/**
 * Tells a connection which readings are none: those above the limit, and those that stand for a meter's counter having run over. Anything as large
 * as the smallest of them (`suspect_from`) is looked at cell by cell.
 */
export async function setImplausible(connection: Connection): Promise<void> {
  const rows = await readRegister(referenceFolder, implausibleReadings);
  const limit = Math.min(...rows.filter(({kind}) => kind === "limit").map(({reading}) => reading));
  const sentinels = rows.filter(({kind}) => kind === "sentinel").map(({reading}) => reading);
  await connection.run(`set variable largest_reading = ${limit}::double`);
  await connection.run(`set variable sentinels = [${sentinels.join(", ")}]::double[]`);
  await connection.run(`set variable suspect_from = ${Math.min(limit, ...sentinels)}::double`);
}
