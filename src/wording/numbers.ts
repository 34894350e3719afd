/** A number as it is, with commas, without the dust of binary fractions: `1,234,567`, `58.95`. */
export function plain(number: number): string {
  return nineDecimals.format(Number(number.toPrecision(12)));
}

/** Made once: a new one for each number costs a hundred times as much as the number. */
const nineDecimals = new Intl.NumberFormat("en-GB", {maximumFractionDigits: 9});

/** A number to two significant figures: `0.031`, `14`, `300,000`. */
export function rounded(number: number): string {
  return plain(Number(number.toPrecision(2)));
}

/** A quantity to its nearest whole, or where that is under 10 to two significant figures: `5,812`, `3.4`. */
export function amount(number: number): string {
  return Math.abs(number) < 9.95 ? rounded(number) : plain(Math.round(number));
}

/** A number with all its decimals written out, for a column of a table: `3.40`. */
export function fixed(number: number, decimals: number): string {
  return signed(number.toLocaleString("en-GB", {minimumFractionDigits: decimals, maximumFractionDigits: decimals}));
}

/** The same with a minus sign rather than a hyphen before what is below zero. */
export function signed(text: string): string {
  return text.replace(/^-/, "−");
}

/** A number of things: `1 file`, `2 files`. */
export function several(number: number, thing: string, things = `${thing}s`): string {
  return `${plain(number)} ${number === 1 ? thing : things}`;
}

/** A reading as its file gives it, to three decimals at most: `1,234.567`. */
export function readingText(number: number): string {
  return number.toLocaleString("en-GB", {maximumFractionDigits: 3});
}

/** Tonnes: `11,234 t`, `8.6 t`. */
export const tonnesText = (tonnes: number) => `${amount(tonnes)} t`;

/** Tonnes of a whole area, in thousands: `986 kt`. */
export const kilotonnesText = (tonnes: number) => `${amount(tonnes / 1000)} kt`;

/** Energy in the unit that leaves one to three digits before the point, and three significant figures: `412 MWh`, `1.25 GWh`. */
export function energyText(kwh: number): string {
  const [unit, size] = Math.abs(kwh) >= 999_500 ? ["GWh", 1e6] : Math.abs(kwh) >= 999.5 ? ["MWh", 1e3] : ["kWh", 1];
  return `${plain(Number((kwh / Number(size)).toPrecision(3)))} ${unit}`;
}
