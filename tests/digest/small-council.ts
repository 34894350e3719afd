import {writeFile} from "node:fs/promises";
import {join} from "node:path";
import {daysAfter} from "../../src/domain/dates.ts";
import {makeDataFolder, mpans} from "../support/data-folder.ts";
import {portalFile} from "../support/supplier-files.ts";

export const [mpan] = mpans;

/** A council with one electricity meter, which is there from 1 October 2026; figures speak up to 24 October. */
export const smallCouncil = (finish?: (leave: () => Promise<void>) => void) =>
  makeDataFolder([{id: mpan, from: "2026-10-01"}], "2026-10-24", finish);

/** Days of October from one to another, 10 kWh in each half-hour. */
export function octoberFile(from: number, to: number, issued = "01/11/26 07:00"): string {
  const days = Array.from({length: to - from + 1}, (_, index) => ({
    mpan,
    date: daysAfter("2026-10-01", from - 1 + index),
    cells: Array.from({length: 48}, () => 10)
  }));
  return portalFile(issued, days);
}

export const putIntoInbox = (folder: string, name: string, text: string) =>
  writeFile(join(folder, "inbox", "estate-energy", name), text);
