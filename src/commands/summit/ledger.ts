import {toCsv} from "../../domain/csv.ts";
import {dateText, longDateText, monthText} from "../../wording/dates.ts";
import {amount, energyText, plain, rounded, signed} from "../../wording/numbers.ts";
import {percent} from "../../wording/shares.ts";
import {reportingYearEnd, reportingYearText} from "../../wording/years.ts";

/** A row that a sentence is told from: of which mart or query, and what names the row there. */
export interface Source {
  readonly mart: string;
  readonly key: string;
  readonly row: Readonly<Record<string, unknown>>;
}

/** A number that stands in no row as it is shown, such as one worked out by a query of its own: its text, and what it is. */
export interface Shown {
  readonly text: string;
  readonly value: number | string;
  readonly unit: string;
  readonly mart: string;
  readonly key: string;
  readonly column: string;
}

/** One number of the deck: on which slide and where there, as shown, and what it is exactly. */
export interface Listed extends Shown {
  readonly slide: string;
  readonly where: Where;
}

export type Where = "title" | "text" | "source" | "chart" | "chart value" | "picture" | "notes";

/** Words that a deck may show: only a ledger makes them, which lists every number in them. */
export class Told {
  readonly text: string;
  private constructor(text: string) {
    this.text = text;
  }
  /** For the ledger alone. */
  static of(text: string): Told {
    return new Told(text);
  }
}

/** What a token is that no row has. */
export const unmatched = "not in a row";

/** The row of a mart by the columns that name it. */
export function sourceOf(mart: string, columns: readonly string[], row: object): Source {
  const values = row as Readonly<Record<string, unknown>>;
  return {mart, key: columns.map(column => `${column}=${exact(values[column])}`).join(" "), row: values};
}

/** Collects every number as it is put into words. */
export class Ledger {
  readonly listed: Listed[] = [];
  readonly #shown: (text: string) => string;

  /** `shown` says how a text may be told to the public: its meter numbers cut, where they are held back. */
  constructor(shown: (text: string) => string = text => text) {
    this.#shown = shown;
  }

  /**
   * Words for a slide. Each number in them is found among the numbers and rows given, the first of them first, by its text: as an amount, rounded, as a share, a year or a date.
   * One that is in none is listed too, and says so, or by whom it was worked out.
   */
  tell(slide: string, where: Where, text: string, sources: readonly (Source | Shown)[] = [], worked = unmatched): Told {
    const words = this.#shown(cleaned(text));
    if (!/\d/.test(words)) return Told.of(words);
    const shown = sources
      .flatMap(source => ("row" in source ? candidatesOf(source) : [source]))
      .map(each => this.#told(each));
    let rest = words;
    const longest = [...shown].filter(({text: each}) => /\d/.test(each)).sort((a, b) => b.text.length - a.text.length);
    const found: {readonly at: number; readonly number: Shown}[] = [];
    for (const number of longest) {
      for (let at = indexOf(rest, number.text); at >= 0; at = indexOf(rest, number.text)) {
        found.push({at, number});
        rest = blanked(rest, at, number.text.length);
      }
    }
    for (const {0: token, index} of rest.matchAll(/\d[\d,./]*\d|\d/g))
      found.push({
        at: index,
        number: {text: token, value: token, unit: "", mart: worked, key: "", column: ""}
      });
    for (const {number} of found.sort((a, b) => a.at - b.at)) this.listed.push({slide, where, ...number});
    return Told.of(words);
  }

  #told(number: Shown): Shown {
    const [text, key] = [this.#shown(number.text), this.#shown(number.key)];
    return {...number, text, key, value: typeof number.value === "string" ? this.#shown(number.value) : number.value};
  }

  /** The numbers in the words of one slide, each once. */
  ofSlide(slide: string): Listed[] {
    const own = this.listed.filter(
      each => each.slide === slide && each.where !== "notes" && each.where !== "chart value"
    );
    return [...new Map(own.map(each => [`${each.text} ${each.mart} ${each.key} ${each.column}`, each])).values()];
  }

  /** What the notes of a slide say of each of its numbers: what it is exactly, and which row it is from. */
  notesOf(slide: string): Told[] {
    return this.ofSlide(slide)
      .filter(({unit}) => unit !== "name")
      .map(number => {
        const {text, value, unit, mart, key, column} = number;
        this.listed.push({...number, where: "notes", text: exact(value)});
        const whole = [exact(value), unit].filter(Boolean).join(" ");
        return Told.of(`${text}: ${whole}; ${[mart, key, column].filter(Boolean).join(", ")}`);
      });
  }

  toCsv(): string {
    const columns = ["slide", "where", "text", "value", "unit", "mart", "key", "column"] as const;
    const heads = ["slide", "where", "text", "value", "unit", "mart", "row", "column"];
    return toCsv(
      heads,
      this.listed.map(each => columns.map(column => each[column]))
    );
  }
}

/** Where a number stands by itself, and not within a longer one. */
function indexOf(text: string, number: string): number {
  for (let at = text.indexOf(number); at >= 0; at = text.indexOf(number, at + 1)) {
    const [before, after] = [text.slice(0, at), text.slice(at + number.length)];
    if (!/(\d|\d[,./])$/.test(before) && !/^(\d|[,./]\d)/.test(after)) return at;
  }
  return -1;
}

const blanked = (text: string, at: number, length: number) =>
  text.slice(0, at) + " ".repeat(length) + text.slice(at + length);

/** Fit for XML and for one paragraph: no control letters, nor halves of letters. */
function cleaned(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\s]+/gu, " ").trim();
}

/** How a value reads exactly. */
export function exact(value: unknown): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value === "number") return String(Number(value.toPrecision(12)));
  return value === null || value === undefined ? "" : cleaned(String(value));
}

const known = new WeakMap<Source, readonly Shown[]>();

/** Every way in which a row's values may be shown; worked out once for each row. */
function candidatesOf(source: Source): readonly Shown[] {
  const before = known.get(source);
  if (before !== undefined) return before;
  const shown = shownOf(source);
  known.set(source, shown);
  return shown;
}

function shownOf({mart, key, row}: Source): Shown[] {
  return Object.entries(row).flatMap(([column, value]) =>
    textsOf(column, value).map(text => ({
      text,
      value: value instanceof Date || typeof value !== "number" ? exact(value) : value,
      unit: unitOf(column, value),
      ...{mart, key, column}
    }))
  );
}

function textsOf(column: string, value: unknown): string[] {
  if (value instanceof Date)
    return [longDateText(value), dateText(value), monthText(value), String(value.getUTCFullYear())];
  if (typeof value === "string") return /\d/.test(value) ? [cleaned(value), ...partsOf(value)] : [];
  if (typeof value !== "number") return [];
  if (isYear(column)) return [reportingYearText(value), reportingYearEnd(value), String(value)];
  const size = Math.abs(value);
  const shares =
    column.endsWith("share") || column === "share_of_first"
      ? [percent(size, 1), percent(size, 1, 1), amount(100 * size), percent(Math.abs(1 - size), 1)]
      : [];
  const energy = column.endsWith("kwh") ? [energyText(size)] : [];
  return [...new Set([amount(size), rounded(size), plain(size), signed(amount(value)), ...shares, ...energy])];
}

/** Numbers within words, such as `scopes 1, 2` or `net zero by 2030`. */
const partsOf = (words: string) => words.match(/\d[\d,./-]*\d|\d/g) ?? [];

const isYear = (column: string) => /(^|_)year$/.test(column);

const units: readonly (readonly [RegExp, string])[] = [
  [/_t_co2e(_|$)|^at_least_t_co2e$/, "t CO₂e"],
  [/(^|_)t(_|$)/, "t"],
  [/_kt(_|$)/, "kt"],
  [/kwh/, "kWh"],
  [/gbp|^all_(low|high)$/, "£"],
  [/share/, "share"],
  [/half_hours/, "half-hours"],
  [/days/, "days"],
  [/m3/, "m³"]
];

function unitOf(column: string, value: unknown): string {
  if (value instanceof Date) return "date";
  if (isYear(column)) return "year";
  if (typeof value !== "number") return "words";
  return units.find(([pattern]) => pattern.test(column))?.[1] ?? "";
}
