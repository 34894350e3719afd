/** The most words a title may have. */
export const mostTitleWords = 10;

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Nov`, of the month in UTC. */
export function monthName(date: Date): string {
  return months[date.getUTCMonth()] ?? "";
}

/** `1 Nov 2025`, of the day in UTC. */
export function dayWords(date: Date): string {
  return `${date.getUTCDate()} ${monthWords(date)}`;
}

/** `Nov 2025`, of the month in UTC. */
export function monthWords(date: Date): string {
  return `${monthName(date)} ${date.getUTCFullYear()}`;
}

/** `07:30`, of a half-hour of the wall clock counted from 0. */
export function clockWords(halfHour: number): string {
  return `${String(Math.floor(halfHour / 2)).padStart(2, "0")}:${halfHour % 2 ? "30" : "00"}`;
}

/** A number to two significant figures with commas: `0.031`, `14`, `300,000`. */
export function rounded(number: number): string {
  return plain(Number(number.toPrecision(2)));
}

/** A quantity to its nearest whole with commas, or where that is under 10 to two significant figures: `5,812`, `3.4`. */
export function amount(number: number): string {
  return Math.abs(number) < 9.95 ? rounded(number) : plain(Math.round(number));
}

/** A number as it is, with commas, without the dust of binary fractions. */
export function plain(number: number): string {
  return Number(number.toPrecision(12)).toLocaleString("en-GB", {maximumFractionDigits: 9});
}

/** The same with a minus sign rather than a hyphen before what is below zero. */
export function signed(words: string): string {
  return words.replace(/^-/, "−");
}

/** A share as `41%`. Never `0%` of something nor `100%` of not quite all: those are `<1%` and `>99%`. */
export function percent(part: number, whole: number): string {
  const points = Math.round((100 * part) / whole);
  if (points === 0 && part > 0) return "<1%";
  if (points === 100 && part < whole) return ">99%";
  return `${points}%`;
}

/** `fell 31%`, `rose 4%`, or `barely changed` under half a per cent; undefined where it began at nothing or less. */
export function changeWords(first: number, last: number): string | undefined {
  if (first <= 0) return undefined;
  if (Math.abs(last - first) < first * 0.005) return "barely changed";
  return `${last < first ? "fell" : "rose"} ${percent(Math.abs(last - first), first)}`;
}

/** `gas`, `gas and fleet`, `gas, fleet and plant`. */
export function listWords(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), ...names.slice(-1)].filter(Boolean).join(" and ");
}

/** The first letter made a capital. */
export function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A name from outside, fit to print: one line, no control, direction or broken letters, at most `letters` letters, then an ellipsis. */
export function printable(name: string, letters = 48): string {
  const clean = Array.from(name.replace(/[\s\p{C}]+/gu, " ").trim() || "Unnamed");
  return clean.length > letters
    ? `${clean
        .slice(0, letters - 1)
        .join("")
        .trimEnd()}…`
    : clean.join("");
}

/** A word for file names and ids made of lower-case letters, digits and hyphens. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

export function countWords(text: string): number {
  return text.split(" ").filter(word => word !== "").length;
}

/** One way to put a finding about a name. */
export type Wording = (name: string) => string;

/** The first wording that says it in ten words; where none does, the last, with the name cut short by an ellipsis. */
export function headline(name: string, wordings: readonly [Wording, ...Wording[]]): string {
  const fitting = wordings.map(wording => wording(name)).find(title => countWords(title) <= mostTitleWords);
  return fitting ?? shortened(name, wordings.at(-1) as Wording);
}

function shortened(name: string, wording: Wording): string {
  const room = mostTitleWords - countWords(wording("x")) + 1;
  return wording(`${name.split(" ").slice(0, room).join(" ")}…`);
}
