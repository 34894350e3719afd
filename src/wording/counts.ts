const count = new Intl.NumberFormat("en-GB");
const long = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "long", year: "numeric", timeZone: "UTC"});
const short = new Intl.DateTimeFormat("en-GB", {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"});

/** 1234567 as 1,234,567. */
export const countText = (value: number) => count.format(value);

/** A number of things: 1 file, 2 files. */
export const several = (value: number, thing: string, things = `${thing}s`) =>
  `${countText(value)} ${value === 1 ? thing : things}`;

/** A date as a person writes it: 31 October 2026. */
export const longDate = (date: Date | string) => long.format(new Date(date));

/** A date in little room: 31 Oct 2026. */
export const shortDate = (date: Date | null) => (date === null ? "" : short.format(date));

/** Energy in the unit that leaves one to three digits before the point, and three significant figures: 412 MWh, 1.25 GWh. */
export function energyText(kwh: number): string {
  const [unit, size] = Math.abs(kwh) >= 999_500 ? ["GWh", 1e6] : Math.abs(kwh) >= 999.5 ? ["MWh", 1e3] : ["kWh", 1];
  return `${new Intl.NumberFormat("en-GB", {maximumSignificantDigits: 3}).format(kwh / Number(size))} ${unit}`;
}

/** A share as a percentage that rounds neither up to all nor down to nothing: 99.9%, under 0.1%. */
export function shareText(share: number): string {
  if (share > 0 && share < 0.001) return "under 0.1%";
  const percent = Math.floor(share * 1000) / 10;
  return `${share < 1 ? percent : 100}%`;
}

/** Tonnes as an inventory states them: whole ones from a hundred up, three figures below: 11,234 t, 8.58 t. */
export function tonnesText(tonnes: number): string {
  const isLarge = Math.abs(tonnes) >= 99.95;
  const format = new Intl.NumberFormat("en-GB", isLarge ? {maximumFractionDigits: 0} : {maximumSignificantDigits: 3});
  return `${format.format(tonnes)} t`;
}

const month = new Intl.DateTimeFormat("en-GB", {month: "long", year: "numeric", timeZone: "UTC"});

/** April 2026. */
export const monthText = (date: Date) => month.format(date);

const widest = 112;

/** Lines of a report, long ones carried on at the indent of their text. */
export function folded(lines: readonly string[]): string[] {
  return lines.flatMap(line => {
    const indent = " ".repeat(10);
    const out: string[] = [];
    let rest = line;
    while (rest.length > widest) {
      const at = rest.lastIndexOf(" ", widest);
      if (at <= indent.length) break;
      out.push(rest.slice(0, at));
      rest = `${indent}${rest.slice(at + 1)}`;
    }
    return [...out, rest];
  });
}

/** A line of a report under its own heading, and one that goes on from it. */
export const label = (words: string, text: string) => `${words.padEnd(10)}${text}`;
export const more = (text: string) => `${" ".repeat(10)}${text}`;

/** A reporting year as councils write it: 2025/26. */
export const yearText = (year: number) => `${year}/${String((year + 1) % 100).padStart(2, "0")}`;
