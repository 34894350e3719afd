import {mkdir, writeFile} from "node:fs/promises";
import {join} from "node:path";
import {expect} from "vitest";
import {daysAfter} from "../../src/domain/dates.ts";
import {canopyLine} from "../hostile/command-line.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {portalFile} from "../support/supplier-files.ts";

export const [mpan] = mpans;

/** A council with one meter since April 2025: 10 kWh in each half-hour of as many days as are brought. */
export async function smallCouncil(days = 549): Promise<string> {
  const folder = await makeDataFolder([{id: mpan, from: "2025-04-01"}], "2026-10-01");
  await bring(folder, "first.csv", "02/10/26 07:00", "2025-04-01", days);
  await said(["ingest"], folder);
  return folder;
}

/** Puts days of so many kWh a half-hour into the inbox. */
export async function bring(folder: string, name: string, stamp: string, from: string, days: number, kwh = 10) {
  const rows = Array.from({length: days}, (_, index) => ({
    mpan,
    date: daysAfter(from, index),
    // In spring there is no half-hour at 01:00.
    cells: Array.from({length: 48}, (_, slot) =>
      daysAfter(from, index) === "2026-03-29" && (slot === 2 || slot === 3) ? "" : kwh
    )
  }));
  await mkdir(join(folder, "inbox", "estate-energy"), {recursive: true});
  await writeFile(join(folder, "inbox", "estate-energy", name), portalFile(stamp, rows));
}

let hours = 0;

/** Runs a command that must succeed, an hour after the one before. */
export async function said(line: readonly string[], folder: string): Promise<string> {
  hours += 1;
  const start = new Date(Date.parse("2026-11-03T12:00:00Z") + hours * 3_600_000).toISOString();
  const {code, printed, error} = await canopyLine(line, folder, start);
  expect([code, error], printed).toEqual([0, ""]);
  return printed;
}

/** Makes an edition; its folder and its check value. */
export async function edition(folder: string, name: string, ...more: string[]) {
  const printed = await said(["publish", "--edition", name, ...more], folder);
  return {place: join(folder, "editions", name), checkValue: /check value (\w{64})/.exec(printed)?.[1] ?? ""};
}
