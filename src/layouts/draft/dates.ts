import {monthNumber} from "../../sources/text/dates.ts";
import {countsSince1970} from "../layout.ts";

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const monthNames = "January|February|March|April|May|June|July|August|September|October|November|December";

const parts: Readonly<Record<string, string>> = {
  Y: "(?<Y>\\d{4})",
  y: "(?<y>\\d{2})",
  m: "(?<m>\\d{1,2})",
  d: "(?<d>\\d{1,2})",
  b: `(?<b>${months.join("|")})`,
  B: `(?<b>${monthNames})`,
  a: "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)",
  A: "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day",
  H: "(?<H>\\d{1,2})",
  I: "(?<I>\\d{1,2})",
  M: "(?<M>\\d{2})",
  S: "(?<S>\\d{2})",
  f: "\\d{1,6}",
  p: "(?<p>[AaPp][Mm])",
  z: "(?:[+-]\\d{2}(?::?\\d{2})?)"
};

const numeric = ["/", "-", "."].flatMap(mark => [
  `%Y${mark}%m${mark}%d`,
  `%d${mark}%m${mark}%Y`,
  `%m${mark}%d${mark}%Y`,
  `%d${mark}%m${mark}%y`,
  `%m${mark}%d${mark}%y`
]);
const named = ["%d %b %Y", "%d-%b-%Y", "%d/%b/%Y", "%d%b%Y", "%d %b %y", "%d-%b-%y", "%d %B %Y", "%d-%B-%Y"];
const american = ["%b %d %Y", "%b %d, %Y", "%B %d %Y", "%B %d, %Y"];
const days = [...numeric, "%Y%m%d", ...named, ...american];
const monthly = ["%b-%y", "%b %y", "%b-%Y", "%b %Y", "%B %Y", "%B-%Y", "%B %y", "%Y-%m", "%m/%Y"];
const weekdays = ["", "%a ", "%A ", "%a, ", "%A, "];
const times = [
  "",
  " %H:%M",
  " %H:%M:%S",
  " %I:%M %p",
  " %I:%M%p",
  " %I:%M:%S %p",
  "T%H:%M",
  "T%H:%MZ",
  "T%H:%M:%S",
  "T%H:%M:%SZ",
  "T%H:%M:%S%z",
  " %H:%M:%S%z"
];

/** Every way of writing a day, and a time after it, or a month that is thought of: day before month comes first. */
const formats = [
  ...Object.keys(countsSince1970),
  ...weekdays.flatMap(weekday => days.flatMap(day => times.map(time => `${weekday}${day}${time}`))),
  ...monthly
];
const patterns = new Map(formats.map(format => [format, patternOf(format)]));

function patternOf(format: string): RegExp {
  const text = format.replace(
    /%(.)(?=(%?))|([.*+?^${}()|[\]\\])/g,
    (_match, part: string | undefined, next, special) =>
      part === undefined
        ? `\\${special}`
        : next === "%"
          ? (parts[part] ?? "").replace("{1,2}", "{2}")
          : (parts[part] ?? "")
  );
  return new RegExp(`^${text}$`, "i");
}

/** A day, and the minutes since its midnight where the text has a time; `hasZone` where it says how far from UTC it is. */
export interface Stamp {
  readonly date: string;
  readonly minutes: number | null;
  readonly hasZone: boolean;
}

/** What a text says in a strptime format, the fraction of a second apart; null where it is not written so, or is no day there is. */
export function stampIn(format: string, text: string): Stamp | null {
  if (countsSince1970[format] !== undefined) return countedIn(format, text);
  const whole = text.replace(/(:\d\d)[.,]\d+/, "$1");
  const found = (patterns.get(format) ?? patternOf(format)).exec(whole)?.groups;
  if (found === undefined) return null;
  const year = found.Y === undefined ? 2000 + Number(found.y) : Number(found.Y);
  const month = found.b === undefined ? Number(found.m) : (monthNumber(found.b) ?? 0);
  const day = Number(found.d ?? 1);
  const at = new Date(Date.UTC(year, month - 1, day));
  if (year < 1990 || year > 2100 || at.getUTCMonth() !== month - 1 || at.getUTCDate() !== day) return null;
  const minutes = minutesIn(found);
  if (minutes === undefined) return null;
  return {date: at.toISOString().slice(0, 10), minutes, hasZone: /Z$/i.test(format)};
}

/** An instant as a count since 1970: any number of so many digits is one, so that only those of whole five minutes are taken for it. */
function countedIn(format: string, text: string): Stamp | null {
  const {milliseconds = 0, digits = 0} = countsSince1970[format] ?? {};
  const instant = Number(text) * milliseconds;
  if (!new RegExp(`^[1-4]\\d{${digits - 1}}$`).test(text) || instant % 300_000 !== 0 || instant > lastInstant)
    return null;
  const [date = "", time = ""] = new Date(instant).toISOString().split("T");
  return {date, minutes: 60 * Number(time.slice(0, 2)) + Number(time.slice(3, 5)), hasZone: true};
}

const lastInstant = Date.UTC(2100, 0);

/** Null where there is no time, undefined where there is no such time. */
function minutesIn({H, I, M, S, p}: Record<string, string | undefined>): number | null | undefined {
  if (M === undefined) return null;
  if (Number(M) > 59 || Number(S ?? 0) > 59 || Number(H ?? 0) > 23) return undefined;
  if (I === undefined) return 60 * Number(H) + Number(M);
  if (Number(I) < 1 || Number(I) > 12) return undefined;
  return 60 * ((Number(I) % 12) + (/p/i.test(p ?? "") ? 12 : 0)) + Number(M);
}

/** How the dates of a column are written. */
export interface DatesRead {
  /** strptime formats; the first reads most of them. */
  readonly formats: readonly string[];
  /** The first format with day and month exchanged, where no value says which of the two it is. */
  readonly orElse: string | null;
  /** A value above 12 where the day stands, which settles it; null where nothing needed settling. */
  readonly settledBy: string | null;
  readonly hasTime: boolean;
  readonly hasZone: boolean;
}

/** A format with day and month exchanged. */
export const exchanged = (format: string) => format.replace(/%[dm]/g, part => (part === "%d" ? "%m" : "%d"));

/** Whether a text may be a date at a glance: none is shorter than Jan-26, and a plain number is one by its count of digits alone. */
const mayBeDate = (text: string) =>
  text.length >= 6 && (!/^-?\d*\.?\d*$/.test(text) || /^(\d{8}|\d{10}|\d{13})$/.test(text));

/** How most of these texts (four in five) are dates; null where they are none. */
export function datesIn(texts: readonly string[]): DatesRead | null {
  const values = [...new Set(texts.filter(text => text !== ""))].slice(0, 5000);
  if (values.filter(mayBeDate).length < 0.8 * values.length) return null;
  const [best] = readsOf(values);
  if (best === undefined || best.read.size < 0.8 * values.length) return null;
  const other = exchanged(best.format);
  const isNumeric = best.format.includes("%m") && !best.format.startsWith("%Y");
  const reads = (format: string, value: string) => stampIn(format, value) !== null;
  const settling = isNumeric ? [...best.read].find(value => !reads(other, value)) : undefined;
  const left = values.filter(value => !best.read.has(value));
  const others = readsOf(left)
    .map(({format}) => format)
    .filter(format => format !== other && format.includes("%H") === best.format.includes("%H"));
  const sample = stampIn(best.format, [...best.read][0] ?? "");
  return {
    formats: [best.format, ...others.slice(0, 1)],
    orElse: isNumeric && settling === undefined ? other : null,
    settledBy: settling ?? null,
    hasTime: sample?.minutes !== null,
    hasZone: sample?.hasZone ?? false
  };
}

/** The formats in which some of these values are written, with those they read, most first. */
function readsOf(values: readonly string[]): {format: string; read: ReadonlySet<string>}[] {
  const first = values.slice(0, 50);
  return formats
    .filter(format => first.some(value => stampIn(format, value) !== null))
    .map(format => ({format, read: new Set(values.filter(value => stampIn(format, value) !== null))}))
    .sort((a, b) => b.read.size - a.read.size);
}

/** Whether a format is of a month, without a day. */
export const isMonthly = (format: string) => !format.includes("%d");

/** A pattern of the texts that are written in a format of days or months. */
export function datePattern(format: string): string {
  const text = format.replace(/%(.)|([.*+?^${}()|[\]\\])/g, (_match, part: string | undefined, special: string) =>
    part === undefined ? `\\${special}` : ({Y: "\\d{4}", y: "\\d\\d", b: "[a-z]{3}", B: "[a-z]+"}[part] ?? "\\d{1,2}")
  );
  return `^${text}$`;
}

/** Whether a text is a date by itself, in any way that is thought of. */
export const isDate = (text: string) => mayBeDate(text) && formats.some(format => stampIn(format, text) !== null);

/** A format in words a person would use: dd/mm/yyyy hh:mm. */
export function formatWords(format: string): string {
  const words: Readonly<Record<string, string>> = {
    Y: "yyyy",
    y: "yy",
    m: "mm",
    d: "dd",
    b: "mon",
    B: "month",
    a: "ddd",
    A: "weekday",
    H: "hh",
    I: "hh",
    M: "mm",
    S: "ss",
    f: "fraction",
    p: "am/pm",
    z: "+hh:mm",
    s: "as seconds since 1970",
    Q: "as milliseconds since 1970"
  };
  return format.replace(/%(.)/g, (_match, part: string) => words[part] ?? part);
}
