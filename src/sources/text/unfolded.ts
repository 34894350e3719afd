import type {FileStart} from "./file-start.ts";

/** One row of a file unfolded: the line of the source it stands on, and its cells in the order of its layout's columns. */
export interface UnfoldedRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A row of the source that no row was made of: its line, and what is wrong, in words. */
export interface MisshapenRow {
  readonly line: number;
  readonly why: string;
}

/** A file of several levels as rows of one. */
export interface Unfolded {
  readonly rows: readonly UnfoldedRow[];
  readonly misshapen: readonly MisshapenRow[];
  /** When the sender made it, as the file says it in the format of its layout; null where it does not. */
  readonly issued: string | null;
}

/** How a file whose half-hours do not stand in a table becomes rows: how it is known, and its rows. */
export interface Unfolder {
  /** Strict: no two unfolders or record formats may know the same file. */
  readonly isOf: (start: FileStart) => boolean;
  /** @throws FeedError where the file as a whole does not hold together. */
  readonly unfold: (text: string) => Unfolded;
}
