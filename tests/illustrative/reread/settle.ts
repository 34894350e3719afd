import {readFile} from "node:fs/promises";
import {basename} from "node:path";
import {type FileBack, isNumber, issuedAt, rereadFile} from "./rows.ts";

/** The reads of one meter and one way of flow that stand once every file has spoken. */
export interface Standing {
  /** Thousandths, by `placeOf`. */
  readonly quantities: Int32Array;
  /** 0 nothing, 1 actual, 2 estimated. */
  readonly marks: Uint8Array;
}

const FIRST_DAY = "2020-01-13";
const DAYS = 2484;
const MOST_PERIODS = 50;
const dayNumbers = new Map<string, number>();

/** Reads every file, latest issue last; blanks and damaged cells are passed over. Keys are `meter channel`. */
export async function settleFiles(paths: readonly string[]): Promise<Map<string, Standing>> {
  const standing = new Map<string, Standing>();
  const issued = await Promise.all(paths.map(async path => ({path, at: issuedAt(await readFile(path, "latin1"))})));
  const inOrder = issued.sort((one, other) => one.at.localeCompare(other.at) || one.path.localeCompare(other.path));
  for (const {path} of inOrder) takeIn(standing, rereadFile(basename(path), await readFile(path, "utf8")));
  return standing;
}

/** Where the half-hour stands in the arrays of a `Standing`. */
export function placeOf(date: string, period: number): number {
  const known = dayNumbers.get(date) ?? (Date.parse(date) - Date.parse(FIRST_DAY)) / 86_400_000;
  dayNumbers.set(date, known);
  return known * MOST_PERIODS + period - 1;
}

function takeIn(standing: Map<string, Standing>, {days}: FileBack): void {
  for (const {meterPointId, channel, date, texts, isEstimated} of days) {
    const key = `${meterPointId} ${channel}`;
    const {quantities, marks} = standing.get(key) ?? empty();
    standing.set(key, {quantities, marks});
    texts.forEach((text, index) => {
      if (!isNumber(text)) return;
      quantities[placeOf(date, index + 1)] = Math.round(Number(text) * 1000);
      marks[placeOf(date, index + 1)] = isEstimated(index + 1) ? 2 : 1;
    });
  }
}

function empty(): Standing {
  const places = DAYS * MOST_PERIODS;
  return {quantities: new Int32Array(places), marks: new Uint8Array(places)};
}
