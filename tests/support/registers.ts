import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {councilRegisters} from "../../src/council/registers.ts";
import {cellsOf} from "../../src/domain/csv.ts";

/** Writes one of the registers a council may leave out: its header and these rows, of which each may leave out its last cells. */
export async function writeRows(folder: string, file: string, rows: readonly string[]): Promise<void> {
  const header = councilRegisters.find(register => register.file === file)?.header;
  if (header === undefined) throw new Error(`no such register: ${file}`);
  const columns = header.split(",").length;
  const whole = rows.map(row => `${row}${",".repeat(Math.max(columns - cellsOf(row, ",").length, 0))}`);
  await writeFile(join(folder, "council", file), [header, ...whole, ""].join("\n"));
}

/** Changes settings of the test council. */
export async function writeSettings(folder: string, settings: object): Promise<void> {
  const usual = {name: "Test Council", ons_code: null, illustrative: null, as_of: "2026-10-31"};
  await writeFile(join(folder, "council", "council.json"), JSON.stringify({...usual, ...settings}));
}
