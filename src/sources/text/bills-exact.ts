/** A decimal number kept exactly: `digits` with the last `decimals` of them after the point. */
export interface Exact {
  readonly digits: bigint;
  readonly decimals: number;
}

export const zero: Exact = {digits: 0n, decimals: 0};

/** Whole digits whose last few stand after a point that is not written: `implied("7883", 3)` is 7.883. Null where it is not digits. */
export function implied(text: string, decimals: number): Exact | null {
  return /^\d{1,15}$/.test(text) ? {digits: BigInt(text), decimals} : null;
}

/**
 * A number as a spreadsheet shows it: a sign before or after it, brackets or `CR` for a credit, a pound sign and commas between thousands.
 * Null for what is none, an exponent among them: its digits are lost.
 */
export function exactOf(text: string): Exact | null {
  const bare = text.replace(/[\s\u00a0£]/g, "");
  const [, open = "", sign = "", number = "", end = ""] =
    /^(\()?([-+])?((?:\d{1,15}|\d{1,3}(?:,\d{3}){1,4})(?:\.\d{1,9})?)(\)|-|CR)?$/i.exec(bare) ?? [];
  if (number === "" || (open === "(") !== (end === ")") || (sign !== "" && end !== "")) return null;
  const [whole = "", decimals = ""] = number.replaceAll(",", "").split(".");
  const size = {digits: BigInt(whole + decimals), decimals: decimals.length};
  return sign === "-" || end !== "" ? negated(size) : size;
}

export const negated = ({digits, decimals}: Exact): Exact => ({digits: -digits, decimals});

export const magnitude = (number: Exact): Exact => (number.digits < 0n ? negated(number) : number);

export const product = (a: Exact, b: Exact): Exact => ({
  digits: a.digits * b.digits,
  decimals: a.decimals + b.decimals
});

export function sumOf(numbers: readonly Exact[]): Exact {
  const decimals = Math.max(0, ...numbers.map(number => number.decimals));
  return {digits: numbers.reduce((sum, number) => sum + scaled(number, decimals), 0n), decimals};
}

/** Below, equal or above: -1, 0 or 1. */
export function compared(a: Exact, b: Exact): -1 | 0 | 1 {
  const {digits} = sumOf([a, negated(b)]);
  return digits < 0n ? -1 : digits === 0n ? 0 : 1;
}

/** Whether two numbers differ by no more than a third. */
export const areWithin = (a: Exact, b: Exact, tolerance: Exact): boolean =>
  compared(magnitude(sumOf([a, negated(b)])), tolerance) <= 0;

const scaled = ({digits, decimals}: Exact, to: number) => digits * 10n ** BigInt(to - decimals);

/** Exact decimal text without needless zeros: `831.2`, `-60`. */
export function textOf(number: Exact): string {
  const text = fixed(number);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Pounds as exact decimal text, of two decimals or more: `-60.00`. */
export const poundsText = (pounds: Exact): string => {
  const [whole = "", decimals = ""] = textOf(pounds).split(".");
  return `${whole}.${decimals.padEnd(2, "0")}`;
};

function fixed({digits, decimals}: Exact): string {
  const size = String(digits < 0n ? -digits : digits).padStart(decimals + 1, "0");
  const [whole, after] = [size.slice(0, size.length - decimals), size.slice(size.length - decimals)];
  return `${digits < 0n ? "-" : ""}${whole}${decimals === 0 ? "" : `.${after}`}`;
}
