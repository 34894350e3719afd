/** What numbers are compared in: tonnes of CO₂e, kWh, kW, pounds, hundredths. */
export type Family = "t" | "kWh" | "kW" | "£" | "%";

/** A number as a sentence says it, with a unit that canopy publishes. */
export interface SpokenNumber {
  /** As it stands there: `11,629 t CO₂e`. */
  readonly text: string;
  readonly family: Family;
  /** In the unit of the family. */
  readonly value: number;
  /** What it may have been rounded to, in the unit of the family: `11,600` to 1, 10 or 100. */
  readonly steps: readonly number[];
  /** Of the unit it stands in: 1000 for kt or MWh. */
  readonly scale: number;
  /** Which way the words nearest to it say that it goes. */
  readonly direction: "up" | "down" | null;
  /** Where it begins in the sentence. */
  readonly at: number;
}

const units: readonly (readonly [RegExp, Family, number])[] = [
  [/^(%|per ?cent\b)/i, "%", 1],
  [/^(kilotonnes?|kt)\b(\s(of )?CO[₂2]e?)?/i, "t", 1000],
  [/^(tonnes?|t)\b(?!\/)(\s(of )?CO[₂2]e?)?/i, "t", 1],
  [/^GWh\b/i, "kWh", 1e6],
  [/^MWh\b/i, "kWh", 1000],
  [/^kWh\b(?!\/)/i, "kWh", 1],
  [/^kW\b/i, "kW", 1]
];

const magnitudes: readonly (readonly [RegExp, number])[] = [
  [/^(million|m)\b(?!³|²)/i, 1e6],
  [/^(thousand|k)\b/i, 1000]
];

const digits = /(£\s?)?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)/g;

/** The numbers of a sentence that have a unit of ours. Of a range (`24,000 to 68,000 kWh`) the first has that of the second. */
export function spokenNumbers(sentence: string): SpokenNumber[] {
  const found = [...sentence.matchAll(digits)].map(match => ({...read(sentence, match), at: match.index}));
  const withUnits = found.map((each, index) => {
    const next = found[index + 1];
    const isRange = next !== undefined && /^\s*(to|and|–|-|or)\s*$/.test(sentence.slice(each.end, next.at));
    return each.unit === null && isRange ? {...each, unit: next.unit} : each;
  });
  return withUnits.flatMap(({text, digits: number, unit, magnitude, at, end}) => {
    if (unit === null || isPartOfAName(sentence, at)) return [];
    const [family, scale] = unit;
    const factor = scale * magnitude;
    return [
      {
        text: text.trim(),
        family,
        value: Number(number.replaceAll(",", "")) * factor,
        steps: stepsOf(number).map(step => step * factor),
        scale: factor,
        direction: directionAt(sentence, at, end),
        at
      }
    ];
  });
}

function read(sentence: string, {0: whole, 1: pound, 2: number = "", index = 0}: RegExpMatchArray) {
  let end = index + whole.length;
  let magnitude = 1;
  const rest = () => sentence.slice(end).replace(/^[\s\u00a0\u202f-]+/, "");
  const skip = (length: number) => {
    end = sentence.length - rest().length + length;
  };
  for (const [pattern, times] of magnitudes) {
    const [word] = pattern.exec(rest()) ?? [];
    if (word === undefined) continue;
    magnitude = times;
    skip(word.length);
    break;
  }
  let unit: readonly [Family, number] | null = pound === undefined ? null : ["£", 1];
  for (const [pattern, family, scale] of units) {
    const [word] = unit === null ? (pattern.exec(rest()) ?? []) : [];
    if (word === undefined) continue;
    unit = [family, scale];
    skip(word.length);
    break;
  }
  return {text: sentence.slice(index, end), digits: number, unit, magnitude, end};
}

/** A year such as `2025/26`, a date, or the 1 of a scope, is no number of ours. */
const isPartOfAName = (sentence: string, at: number) =>
  /(\d\/|scopes? (\d and )?)$/i.test(sentence.slice(Math.max(0, at - 14), at));

function stepsOf(number: string): number[] {
  const [whole = "", decimals] = number.split(".");
  if (decimals !== undefined) return [10 ** -decimals.length];
  const figures = whole.replaceAll(",", "");
  const zeros = /0*$/.exec(figures)?.[0].length ?? 0;
  // Two figures at the least are meant as they stand: 300 is not 350.
  const most = Math.min(zeros, Math.max(figures.length - 2, 0));
  return Array.from({length: most + 1}, (_, power) => 10 ** power);
}

const down =
  /\b(less|lower|fewer|fell|fall(s|en|ing)?|down|reduc(ed|es|tion|ing)|cut|decreas\w+|below|under|saved?|saves|drop(ped|s)?)\b/gi;
const up = /\b(more|higher|rose|ris(e|es|en|ing)|up|increas\w+|above|over|grew|grow(n|s|th)|exceed\w*|extra)\b/gi;

/** A sentence without the words that say which way something goes. */
export const withoutDirections = (sentence: string): string => sentence.replaceAll(down, " ").replaceAll(up, " ");

/** The nearest of such words, in the same clause before one in another. */
function directionAt(sentence: string, at: number, end: number): "up" | "down" | null {
  const place = (pattern: RegExp) =>
    [...sentence.matchAll(pattern)].map(match => {
      const between =
        match.index >= end ? sentence.slice(end, match.index) : sentence.slice(match.index + match[0].length, at);
      return between.length + (/[,;:(]/.test(between) ? 60 : 0);
    });
  const [downs, ups] = [Math.min(...place(down)), Math.min(...place(up))];
  if (Math.min(downs, ups) > 100) return null;
  return downs < ups ? "down" : "up";
}

/** The sentences of a paragraph. */
export const sentencesOf = (paragraph: string): string[] => paragraph.split(/(?<=[.!?])\s+(?=[\p{Lu}“"£\d])/u);

/** The years that a text names: `2025/26` and `2023`. */
export function yearsIn(text: string): Set<string> {
  const reporting = text.match(/\b(19|20)\d\d[/–-]\d\d\b/g) ?? [];
  const rest = text.replaceAll(/\b(19|20)\d\d[/–-]\d\d\b/g, " ");
  return new Set([...reporting.map(year => year.replace(/[–-]/, "/")), ...(rest.match(/\b(19|20)\d\d\b/g) ?? [])]);
}
