/** Litres or pounds of a text such as `00000045.12`, in hundredths; null where it is not digits with two decimals or fewer. It has no sign. */
export function hundredthsOf(text: string): bigint | null {
  const [, whole, decimals = ""] = /^(\d+)(?:\.(\d{1,2}))?$/.exec(text) ?? [];
  return whole === undefined ? null : BigInt(whole + decimals.padEnd(2, "0"));
}

/** Hundredths as exact decimal text with two decimals: `-60.00`. */
export function decimalText(hundredths: bigint): string {
  const size = hundredths < 0n ? -hundredths : hundredths;
  return `${hundredths < 0n ? "-" : ""}${size / 100n}.${String(size % 100n).padStart(2, "0")}`;
}
