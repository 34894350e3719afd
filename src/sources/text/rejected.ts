import type {RejectedRecord} from "../record-format.ts";

/** Whether what was read of a record is why it cannot be. */
export const isRejected = (read: object): read is RejectedRecord => "rule" in read;

/** What was read of records, apart from why others could not be. */
export function parted<Row extends object>(
  read: readonly (Row | RejectedRecord)[]
): {rows: Row[]; rejected: RejectedRecord[]} {
  return {rows: read.filter((row): row is Row => !isRejected(row)), rejected: read.filter(isRejected)};
}
