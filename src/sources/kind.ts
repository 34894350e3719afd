/**
 * How a field of a record lands: its DuckDB type, INSTANT (UTC, from text with Z or British local time), WALL CLOCK (a time as the British clock
 * shows it), METER (a meter's key) or PERSONAL (a pseudonym).
 */
export type Lands =
  | "VARCHAR"
  | "INTEGER"
  | "BOOLEAN"
  | "DATE"
  | "WALL CLOCK"
  | "INSTANT"
  | "METER"
  | "PERSONAL"
  | `DECIMAL(${number},${number})`;

/** A field of a record: what it says, how it lands, and whether it may be null. */
export interface Field<Value = unknown> {
  readonly description: string;
  readonly lands: Lands;
  readonly isOptional: boolean;
  /** The words that it may be, where it is one of a few. */
  readonly words?: readonly string[];
  /** Holds the type of its value alone; no field has it. */
  readonly value?: Value;
}

type Fields = Readonly<Record<string, Field>>;
type ValueOf<F> = F extends Field<infer Value> ? Value : never;

/** A record as a format reads it: its line in the file, and its fields. */
export type RecordOf<F extends Fields> = {readonly line: number} & {readonly [Name in keyof F]: ValueOf<F[Name]>};

/** A kind of record: its fields, what names a record, and the table that it lands in. */
export interface Kind<F extends Fields = Fields> {
  readonly name: string;
  readonly description: string;
  readonly table: string;
  readonly columns: F;
  /** What names a record: the same twice in one file is a duplicate where all its words are the same, else both are rejected. */
  readonly identity: readonly (keyof F & string)[];
  /** The date that a record is of; null where it has none. */
  readonly dated: (keyof F & string) | null;
  /** Whether it may be of any time; else it is neither before 1990 nor after the day it was received. */
  readonly isOfAnyTime?: boolean;
  /** How records are added up for a person to look at: by which columns, and which amounts; a range where amounts do not add up. */
  readonly totals: {
    readonly by: readonly (keyof F & string)[];
    readonly amounts: readonly (keyof F & string)[];
    readonly isRange?: boolean;
  };
}

/** What a kind says of itself, whatever its fields are. */
export interface KindFacts extends Omit<Kind, "identity" | "dated" | "totals"> {
  readonly identity: readonly string[];
  readonly dated: string | null;
  readonly totals: {readonly by: readonly string[]; readonly amounts: readonly string[]; readonly isRange?: boolean};
}

/** Declares a kind of record: the type of its rows, what lands of them and their line in the README follow from it. */
export const defineKind = <const F extends Fields>(kind: Kind<F>): Kind<F> => kind;

const landing =
  <Value>(lands: Lands) =>
  (description: string): Field<Value> => ({description, lands, isOptional: false});

/** Text as written. */
export const words = landing<string>("VARCHAR");
export const whole = landing<number>("INTEGER");
export const yes = landing<boolean>("BOOLEAN");
/** A day, YYYY-MM-DD. */
export const day = landing<string>("DATE");
/** ISO 8601 with Z, or British local time without a zone ("2026-06-22 07:41:12"). */
export const instant = landing<string>("INSTANT");
/** British local time as written; told in UTC, it lands as that clock shows it. */
export const wallClock = landing<string>("WALL CLOCK");
/** An MPAN, MPRN, SPID or name, as written. */
export const meter = landing<string>("METER");
/** What is personal: a registration, a device, a person. A pseudonym of it lands. */
export const personal = landing<string>("PERSONAL");

/** Exact decimal text ("-60.00"), never floating point; what has no room in the column is rejected. */
export const exact = (digits: number, places: number, description: string): Field<string> =>
  landing<string>(`DECIMAL(${digits},${places})`)(description);

/** One of a few words. */
export const either = <const Words extends readonly string[]>(
  of: Words,
  description: string
): Field<Words[number]> => ({
  ...landing<Words[number]>("VARCHAR")(description),
  words: of
});

/** A field that may be null. */
export const optional = <Value>(field: Field<Value>): Field<Value | null> => ({
  ...(field as Field<Value | null>),
  isOptional: true
});

/** What lands of a field: the column, its type, and the type that its value travels in. */
export interface Landing {
  readonly field: string;
  readonly lands: Lands;
  readonly column: string;
  readonly type: string;
  readonly travelsAs: string;
  readonly isOptional: boolean;
}

const types: Readonly<Record<string, string>> = {
  "WALL CLOCK": "TIMESTAMP",
  INSTANT: "TIMESTAMP",
  METER: "VARCHAR",
  PERSONAL: "VARCHAR"
};

/** What lands of a kind's fields, in their order: a meter as `meter_key`, what is personal as `<name>_pseudonym`. */
export const landingsOf = ({columns}: Pick<KindFacts, "columns">): Landing[] =>
  Object.entries(columns).map(([field, {lands, isOptional}]) => ({
    field,
    lands,
    column: lands === "METER" ? "meter_key" : lands === "PERSONAL" ? `${field}_pseudonym` : field,
    type: types[lands] ?? lands,
    travelsAs: lands in types ? "VARCHAR" : lands,
    isOptional
  }));
