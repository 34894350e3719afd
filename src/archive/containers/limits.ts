import {FeedError} from "../../errors.ts";
import {plain} from "../../wording/numbers.ts";

/** Files, sheets and attachments that one received file may hold, whatever their depth. */
export const mostEntries = 1_000;

/** Bytes that one received file may come to when all it holds is unpacked: archives, workbooks and the sheets written out as CSV. */
export const mostBytes = 512 << 20;

/** How many times larger than packed a thing may become. Half-hours as text pack 5 to 50 times smaller; DEFLATE's own bound is 1,032. */
export const mostGrowth = 200;

/** Below this many unpacked bytes growth is nobody's harm: a short file of noughts packs very well. */
export const growthMatters = 10 << 20;

/** How deep archives and messages may lie in one another: a zip in a zip in a zip is the third. */
export const mostDepth = 3;

/** Cells with a value that one workbook may hold: 260 meters for a year at 50 columns. */
export const mostCells = 5_000_000;

/** Bytes of one workbook, unpacked: 5 million cells take about half of it. */
export const mostWorkbookBytes = 256 << 20;

/** Bytes of one message: mail servers stop far below it. */
export const mostMessageBytes = 100 << 20;

/** What is left of the limits for one received file. Once a limit is passed the whole file is refused, not only the part that passed it. */
export interface Budget {
  readonly spend: (cost: {readonly entries?: number; readonly bytes?: number}) => void;
  readonly isSpent: () => boolean;
}

/** A full budget. Spending beyond it throws `FeedError`. */
export function newBudget(): Budget {
  let [entries, bytes] = [mostEntries, mostBytes];
  return {
    spend: cost => {
      entries -= cost.entries ?? 0;
      bytes -= cost.bytes ?? 0;
      if (entries < 0) throw new FeedError(`holds more than ${plain(mostEntries)} files`);
      if (bytes < 0) throw new FeedError(`comes to more than ${mostBytes >> 20} MB when unpacked`);
    },
    isSpent: () => entries < 0 || bytes < 0
  };
}

/** Refuses what grows beyond reason: `packed` and `unpacked` in bytes. */
export function checkGrowth(packed: number, unpacked: number): void {
  if (unpacked > growthMatters && unpacked > packed * mostGrowth)
    throw new FeedError(`grows more than ${mostGrowth} times when unpacked, which data never does`);
}
