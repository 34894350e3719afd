import {Big} from "big.js";

/**
 * Exact decimals: the only owner of big.js, whose sums, differences and products are exact. What a number may look like is said here, once:
 *
 * - `numberOf`, a number as a program writes it: `045.120`, `-60`, `+1.5`, `6e-3`. An exponent is a number's own form there.
 * - `amountOf`, an amount as people and spreadsheets write it: `£1,234.50`, `(60.00)`, `60.00-`, `60.00 CR`. An exponent is none: a spreadsheet that
 *   writes `1.6E+12` has lost digits.
 * - `publishedNumber`, a figure of an official statistic: commas, and the exponents of the spreadsheet that it is published in.
 * - A comma parts thousands, three digits at a time; `12,34` is no number anywhere. Decimal commas are for layouts, which declare them.
 */
export type Decimal = Big;

export const zero: Decimal = new Big(0);
export const one: Decimal = new Big(1);
/** In pounds. */
export const penny: Decimal = new Big("0.01");

/** As many digits as any amount has, and more; what is longer is no amount. */
const mostDigits = 30;

/** A number as a program writes it; null where the text is none. */
export function numberOf(text: string): Decimal | null {
  const [, whole = "", fraction = ""] = /^[+-]?(\d*)(?:\.(\d+))?(?:[eE][+-]?\d{1,2})?$/.exec(text) ?? [];
  const digits = whole.length + fraction.length;
  return digits === 0 || digits > mostDigits ? null : new Big(text.replace("+", "").replace(/^(-?)\./, "$10."));
}

/** An amount as people and spreadsheets write it: below zero in brackets, with a sign on either side, or with CR. Null where the text is none. */
export function amountOf(text: string): Decimal | null {
  const plain = text.slice(0, 2 * mostDigits).replace(/[\s\u00a0£]/g, "");
  const [, open = "", sign = "", number = "", end = ""] =
    /^(\()?([-+])?((?:\d*|\d{1,3}(?:,\d{3})+)(?:\.\d+)?)(\)|-|CR)?$/i.exec(plain) ?? [];
  if ((open === "(") !== (end === ")") || (sign !== "" && end !== "")) return null;
  const size = numberOf(number.replaceAll(",", ""));
  return size !== null && (sign === "-" || end !== "") ? size.neg() : size;
}

/** Whole digits whose last few stand after a point that is not written: `impliedPoint("7883", 3)` is 7.883. Null where the text is not digits. */
export function impliedPoint(text: string, decimals: number): Decimal | null {
  return /^\d{1,15}$/.test(text) ? shifted(new Big(text), decimals) : null;
}

/** Digits without a sign, with a point and so many decimals at most after it, or none: `00000045.12`. Null where the text is none. */
export function unsignedOf(text: string, mostDecimals: number): Decimal | null {
  const [whole, decimals = ""] = /^\d+(?:\.(\d+))?$/.exec(text) ?? [];
  return whole === undefined || decimals.length > mostDecimals ? null : numberOf(text);
}

/** A number with its point so many places further left; a negative count moves it right. */
export const shifted = (number: Decimal, places: number): Decimal => number.times(new Big(`1e${-places}`));

export const sumOf = (numbers: readonly Decimal[]): Decimal =>
  numbers.reduce((total, number) => total.plus(number), zero);

/** Whether two numbers differ by no more than a third. */
export const areWithin = (one: Decimal, other: Decimal, tolerance: Decimal): boolean =>
  one.minus(other).abs().lte(tolerance);

/** Exact decimal text without zeros that say nothing, but with so many decimals at least: `831.2`, `-60`, `0.00`. */
export function textOf(number: Decimal, leastDecimals = 0): string {
  const [whole = "", fraction = ""] = number.abs().toFixed().split(".");
  const decimals = fraction.padEnd(leastDecimals, "0");
  return `${number.lt(0) ? "-" : ""}${whole}${decimals === "" ? "" : `.${decimals}`}`;
}

/** Pounds, of two decimals or more: `-60.00`. */
export const poundsText = (pounds: Decimal): string => textOf(pounds, 2);

/** A program's number as exact decimal text: "045.120" is "45.12" and "6e-3" is "0.006"; null where it is no number. */
export function exactDecimal(text: string, leastDecimals = 0): string | null {
  const number = numberOf(text);
  return number === null ? null : textOf(number, leastDecimals);
}

/** A person's amount as exact decimal text: "£1,234.50" is "1234.5"; null where it is none. */
export function writtenAmount(text: string, leastDecimals = 0): string | null {
  const amount = amountOf(text);
  return amount === null ? null : textOf(amount, leastDecimals);
}

/** A number that a program holds as exact decimal text in plain digits ("0.0000001", never "1e-7"): the shortest that means the same number. */
export function decimalText(number: number): string {
  const text = String(number === 0 ? 0 : number);
  return text.includes("e") ? textOf(new Big(text)) : text;
}

/**
 * A figure of a published table as exact decimal text: commas between thousands, and an exponent where a spreadsheet wrote one. Decimals stay as many as
 * they are: "1,040.10" is "1040.10", "4.5E-05" is "0.000045". Null where it is none.
 */
export function publishedNumber(text: string): string | null {
  const [whole, decimals = "", exponent = "0"] =
    /^[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?(?:e([+-]?\d{1,2}))?$/i.exec(text) ?? [];
  if (whole === undefined) return null;
  return textOf(new Big(whole.replaceAll(",", "").replace(/^\+/, "")), Math.max(0, decimals.length - Number(exponent)));
}

/** A number, as decimal text, times ten to a power, with as many decimals as that leaves it: ("438.003", 3) is "438003". */
export function timesTenTo(text: string, power: number): string {
  const decimals = text.split(".")[1] ?? "";
  return textOf(shifted(new Big(text), -power), Math.max(0, decimals.length - power));
}

/** The product of two numbers, every digit of it. Both are decimal text. */
export const product = (one: string, other: string): string => textOf(known(one).times(known(other)));

/** The sum of numbers, every digit of it. All are decimal text. */
export const sum = (texts: readonly string[], leastDecimals = 0): string =>
  textOf(sumOf(texts.map(known)), leastDecimals);

/** A number below zero, whichever sign it had; its digits as they are written. */
export function negative(text: string): string {
  const size = text.replace(/^[+-]/, "");
  return /[1-9]/.test(size) ? `-${size}` : size;
}

export const isNegative = (text: string): boolean => text.startsWith("-");

/**
 * Whether a text is a number in plain digits: a sign before them or none, and a point and more digits after them or none.
 * Done by hand: a file has a hundred thousand.
 */
export function isPlainDecimal(text: string): boolean {
  const start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
  const point = text.indexOf(".");
  if (point === -1) return areDigits(text, start, text.length);
  return areDigits(text, start, point) && areDigits(text, point + 1, text.length);
}

/** Digits of a reading that are kept: more is no dial. */
const mostDialDigits = 15;

/** Whether a text is what a register can stand at: digits, or digits, a point and digits, without a sign. */
export function isReading(text: string): boolean {
  return /^\d+(\.\d+)?$/.test(text) && text.replace(".", "").length <= mostDialDigits;
}

/** Whether the characters from one place up to another are digits, and there are any. */
function areDigits(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return to > from;
}

function known(text: string): Decimal {
  const number = numberOf(text);
  if (number === null) throw new TypeError("an amount that has not been read as one");
  return number;
}
