/** A record of an E01 file: its 24 fields, the first of them text as well. */
export interface FuelRecord {
  readonly line: number;
  readonly fields: readonly string[];
}

/** A fuel file taken apart with no help from the generator. */
export interface FuelBack {
  readonly name: string;
  readonly details: readonly FuelRecord[];
  readonly controls: readonly FuelRecord[];
}

export function rereadFuel(name: string, text: string): FuelBack {
  const lines = text.split("\r\n").filter(line => line !== "");
  const records = lines.map((line, index) => ({line: index + 1, fields: JSON.parse(`[${line}]`).map(String)}));
  const ofType = (type: string) => records.filter(({fields}) => fields[0] === type);
  return {name, details: ofType("1"), controls: ofType("2")};
}

export const fieldOf = ({fields}: FuelRecord, number: number) => fields[number] ?? "";

/** Whole hundredths of a litre, below nothing for what is taken back. */
export function hundredthsOf(record: FuelRecord): number {
  const size = Math.round(Number(fieldOf(record, 16)) * 100);
  return fieldOf(record, 17) === "-" ? -size : size;
}

/** Whole pence, below nothing for what is paid back. */
export function penceOf(record: FuelRecord): number {
  const size = Math.round(Number(fieldOf(record, 18)) * 100);
  return fieldOf(record, 19) === "-" ? -size : size;
}
