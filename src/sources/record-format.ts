import type {RecordKind, RecordRows} from "./kinds.ts";
import type {FileStart} from "./text/file-start.ts";

/** A record that no row was made of: its line, the rule it breaks, and the value that breaks it, with nothing personal in it. */
export interface RejectedRecord {
  readonly line: number;
  readonly rule: string;
  readonly value: string;
}

/** A file of records, proved by whatever checks it carries. */
export interface RecordFile<Kind extends RecordKind = RecordKind> {
  readonly rows: readonly RecordRows[Kind][];
  readonly rejected: readonly RejectedRecord[];
  /** Records passed over on purpose, such as reactive energy or products that are no fuel. */
  readonly dropped: number;
  /** Records read: rows, rejected and dropped together. */
  readonly records: number;
  /** When the sender made it, if it says: an instant with Z or British local time. */
  readonly issued: string | null;
}

/** A form in which records arrive: how it is known, and what it says. Pure: it neither reads files nor writes anything. */
export interface RecordFormat<Kind extends RecordKind = RecordKind> {
  readonly name: string;
  readonly description: string;
  /** How what its fields mean is known. */
  readonly evidence: string;
  /** Whether a real file has been seen, or the form is built from a description or from memory and needs one. */
  readonly confirmation: "confirmed" | "unconfirmed";
  /** The feed whose inbox such files arrive in. */
  readonly feed: string;
  readonly kind: Kind;
  /** The publisher or supplier, whose numbers and codes are its own. */
  readonly provider: string;
  /** Counted up when the same bytes are read otherwise than before. */
  readonly version: number;
  /** Whether the sender corrects by sending a record again, as `evidence` says; else two files that disagree wait for a person. */
  readonly resends?: "corrects";
  /** Whether a file is of this form. It must be strict: no two forms may know the same file. */
  readonly isOf: (start: FileStart) => boolean;
  /**
   * `meterPointId` is what the person or the request that brought the file says it is of, where the file does not.
   * @throws FeedError where the file as a whole cannot be believed, with the line and what is wrong.
   */
  readonly parse: (
    text: string,
    given: {readonly fileName: string; readonly meterPointId: string | null}
  ) => RecordFile<Kind>;
  /**
   * For files too large to be held as text, of which one area's rows are wanted: the same, line by line. Used where the council has an area code.
   * @throws FeedError likewise.
   */
  readonly readLines?: (lines: AsyncIterable<string>, areaCode: string) => Promise<RecordFile<Kind>>;
}
