/** A reading as group 103 holds it. */
export type Reading = readonly [status: string, value: string];

export interface Day {
  /** YYYYMMDD. */
  readonly date: string;
  readonly readings: readonly Reading[];
}

export interface Meter {
  readonly mpan: string;
  readonly quantity: string;
  readonly days: readonly Day[];
}

export const header = "ZHV|0000000042|D0036001|C|TEST|X|CNPY|20260624141613||||OPER|";

/** The records of meters and their days, without header and trailer. */
export function bodyOf(meters: readonly Meter[]): string[] {
  return meters.flatMap(({mpan, quantity, days}) => [
    `101|${mpan}|${quantity}|CNPY|`,
    ...days.flatMap(({date, readings}) => [
      `102|${date}|`,
      ...readings.map(([status, value]) => `103|${status}|${value}|`)
    ])
  ]);
}

/** A body between a header and a trailer that counts it. */
export function fileOf(body: readonly string[], newline = "\r\n"): string {
  const meters = body.filter(line => line.trim().startsWith("101")).length;
  return [header, ...body, `ZPT|0000000042|${body.length}|${body.length}|${meters}|20260624141614|`, ""].join(newline);
}

/** As many actual readings as asked for: 0.1, 0.2 and so on. */
export function actuals(count: number): Reading[] {
  return Array.from({length: count}, (_, index) => ["A", ((index + 1) / 10).toFixed(1)]);
}

/** A file of one meter and one day of so many readings. */
export function oneDay(date: string, readings: readonly Reading[]): string {
  return fileOf(bodyOf([{mpan: "1600000000010", quantity: "AI", days: [{date, readings}]}]));
}
