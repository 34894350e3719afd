/** A decimal number as a whole number of its last place: 45.12 is 4512 of two decimals. */
interface Decimal {
  readonly units: bigint;
  readonly decimals: number;
}

/** As many digits as any amount has, and more; what is longer is no amount. */
const mostDigits = 30;

function parsed(text: string): Decimal | null {
  const [, sign, whole = "", fraction = "", exponent = "0"] =
    /^([+-]?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,2}))?$/.exec(text) ?? [];
  const digits = whole + fraction;
  if (digits === "" || digits.length > mostDigits) return null;
  const units = BigInt(`${digits}`) * (sign === "-" ? -1n : 1n);
  const decimals = fraction.length - Number(exponent);
  return decimals < 0 ? {units: units * 10n ** BigInt(-decimals), decimals: 0} : {units, decimals};
}

function written({units, decimals}: Decimal, leastDecimals: number): string {
  const digits = String(units < 0n ? -units : units).padStart(decimals + 1, "0");
  const point = digits.length - decimals;
  const fraction = digits.slice(point).replace(/0+$/, "").padEnd(leastDecimals, "0");
  const size = fraction === "" ? digits.slice(0, point) : `${digits.slice(0, point)}.${fraction}`;
  return units < 0n ? `-${size}` : size;
}

/**
 * A number as exact decimal text, without zeros that say nothing: "045.120" is "45.12" and "6e-3" is "0.006"; null where it is no number. `leastDecimals`
 * keeps so many zeros after the point: 2 for pounds.
 */
export function exactDecimal(text: string, leastDecimals = 0): string | null {
  const decimal = parsed(text);
  return decimal === null ? null : written(decimal, leastDecimals);
}

/** The product of two numbers, every digit of it. Both are decimal text. */
export function product(one: string, other: string): string {
  const [a, b] = [known(one), known(other)];
  return written({units: a.units * b.units, decimals: a.decimals + b.decimals}, 0);
}

/** The sum of numbers, every digit of it, with `leastDecimals` of them at least. All are decimal text. */
export function sum(texts: readonly string[], leastDecimals = 0): string {
  const numbers = texts.map(known);
  const decimals = Math.max(0, ...numbers.map(({decimals}) => decimals));
  const units = numbers.reduce((total, number) => total + number.units * 10n ** BigInt(decimals - number.decimals), 0n);
  return written({units, decimals}, leastDecimals);
}

/** A number below nought, whichever sign it had. */
export function negative(text: string): string {
  const size = text.replace(/^[+-]/, "");
  return /[1-9]/.test(size) ? `-${size}` : size;
}

export const isNegative = (text: string) => text.startsWith("-");

function known(text: string): Decimal {
  const decimal = parsed(text);
  if (decimal === null) throw new TypeError("an amount that has not been read as one");
  return decimal;
}

/**
 * An amount as people and spreadsheets write it, as exact decimal text: "£1,234.50" is "1234.5", and "(60.00)", "60.00-" and "60.00 CR" are "-60".
 * Null where it is none, such as one with a decimal comma.
 */
export function writtenAmount(text: string, leastDecimals = 0): string | null {
  const plain = text.slice(0, 2 * mostDigits).replace(/[\s\u00a0£]/g, "");
  const [, inside = null] = /^(?:\((.+)\)|(.+?)(?:-|CR))$/i.exec(plain)?.filter(part => part !== undefined) ?? [];
  const size = (inside ?? plain).replace(
    /^([+-]?\d{1,3})((?:,\d{3})+)(?!\d)/,
    (_, first, rest) => first + rest.replaceAll(",", "")
  );
  if (inside !== null && /^[+-]/.test(size)) return null;
  const amount = exactDecimal(size, leastDecimals);
  return amount === null || inside === null ? amount : negative(amount);
}
