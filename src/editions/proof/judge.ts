import {amount, fixed, plain} from "../../wording/numbers.ts";
import type {Paragraph} from "./document.ts";
import {isSaid, likeSentence, type OwnSentence, ownSentence} from "./likeness.ts";
import type {PublishedNumber} from "./published-numbers.ts";
import {type Family, type SpokenNumber, sentencesOf, spokenNumbers, yearsIn} from "./spoken.ts";

/** What a number of a document is against the edition. */
export type Verdict =
  | "agrees"
  | "wrong direction"
  | "wrong unit"
  | "of another year"
  | "rounded wrongly"
  | "superseded"
  | "not as published"
  | "not found";

/** A number of a document, judged. */
export interface JudgedNumber {
  readonly place: string;
  readonly sentence: string;
  readonly text: string;
  readonly verdict: Verdict;
  /** What the edition says, and where; null where it says nothing like it. */
  readonly right: Right | null;
}

/** What an edition says: a number of a mart, or a sentence of its own. */
export interface Right {
  readonly says: string;
  readonly from: string;
}

const families: Readonly<Record<PublishedNumber["unit"], readonly [Family, number]>> = {
  "t CO₂e": ["t", 1],
  "kt CO₂e": ["t", 1000],
  kWh: ["kWh", 1],
  kW: ["kW", 1],
  "£": ["£", 1],
  "%": ["%", 1]
};

/** Words without which a sentence does not speak of these numbers. */
const needed: readonly (readonly [RegExp, RegExp])[] = [
  [/^missing$/, /missing|lacks?|not (yet )?(held|here|counted|complete)|at least/i],
  [/^of what is expected/, /expect|complete|held|arrived|missing/i],
  [/factors/, /factor/i],
  [/^scope 1$/, /scope 1\b/i],
  [/^scope 2$/, /scope 2\b/i],
  [/^scope 3$/, /scope 3\b|indirect|upstream|supply chain/i],
  [/path/, /path|allow|target|track/i],
  [/base load$/, /base load|at night|overnight/i],
  [/while closed$/, /closed|shut/i],
  [/so far$/, /so far|since/i],
  [/^generated$/, /generat|solar|panels|renewable/i]
];

/** Other words for a source of emissions. */
const aliases: Readonly<Record<string, RegExp>> = {
  "building gas": /\bgas\b/i,
  "building electricity": /\belectricity\b/i,
  "street lighting": /street\s?light/i,
  fleet: /\b(fleet|vehicles?)\b/i,
  plant: /\b(plant|machines?|machinery)\b/i,
  "grey fleet": /grey fleet|own cars|mileage/i
};

interface Context {
  readonly sentence: string;
  readonly sentenceYears: ReadonlySet<string>;
  /** Of everything that stands in the same place: the same slide, the same paragraph. */
  readonly place: string;
  readonly placeYears: ReadonlySet<string>;
  /** The newest year with a total. */
  readonly newest: string | null;
  readonly siteNames: readonly string[];
}

/**
 * Holds each number of a document that has a unit of ours against what an edition publishes. A number agrees where a published one, rounded as it is rounded, is the
 * same, in a sentence that speaks of the same thing, year and direction.
 */
export function judgeNumbers(
  paragraphs: readonly Paragraph[],
  edition: readonly PublishedNumber[],
  {
    earlier = [],
    sentences = []
  }: {readonly earlier?: readonly PublishedNumber[]; readonly sentences?: readonly string[]} = {}
): JudgedNumber[] {
  const own = sentences.map(ownSentence);
  const siteNames = [
    ...new Set(edition.flatMap(({of_kind, of_name}) => (of_kind === "site" && of_name !== null ? [of_name] : [])))
  ];
  const totals = edition.filter(({says}) => says === "scopes 1 and 2, whole year");
  const newest =
    totals
      .map(({year_label}) => year_label ?? "")
      .sort()
      .at(-1) ?? null;
  const places = new Map<string, string>();
  for (const {place, text} of paragraphs) places.set(place, `${places.get(place) ?? ""}\n${text}`);
  return paragraphs.flatMap(({place, text}) =>
    sentencesOf(text).flatMap(sentence => {
      const around = places.get(place) ?? text;
      const context = {
        sentence,
        sentenceYears: knownYears(yearsIn(sentence), edition),
        place: around,
        placeYears: knownYears(yearsIn(around), edition),
        newest,
        siteNames
      };
      const numbers = spokenNumbers(sentence);
      const like = likeSentence(sentence, numbers, own);
      return numbers.map((number, index) => ({
        place,
        sentence,
        text: number.text,
        ...(judgeByOwn(number, index, numbers.length, like, context, edition, earlier) ??
          judge(number, context, edition, earlier))
      }));
    })
  );
}

/** Years that an edition speaks of: a target year is none that a number is of. */
const knownYears = (years: ReadonlySet<string>, edition: readonly PublishedNumber[]) => {
  const known = new Set(edition.flatMap(({year_label, against_label}) => [year_label, against_label]));
  return new Set([...years].filter(year => known.has(year)));
};

type Judged = Pick<JudgedNumber, "verdict" | "right">;

function judge(
  number: SpokenNumber,
  context: Context,
  edition: readonly PublishedNumber[],
  earlier: readonly PublishedNumber[]
): Judged {
  const same = edition.filter(each => familyOf(each) === number.family && isSpokenOf(each, context));
  const ofYear = same.filter(each => isOfYear(each, context));
  const first = (verdict: Verdict, published: PublishedNumber | undefined): Judged | null =>
    published === undefined ? null : {verdict, right: rightOf(published)};
  const goesThatWay = (each: PublishedNumber) => isSameWay(number, each);
  const near = nearestOf(number, ofYear);
  return (
    first(
      "agrees",
      ofYear.find(each => isSame(number, each) && goesThatWay(each))
    ) ??
    first(
      "wrong direction",
      ofYear.find(each => isSame(number, each))
    ) ??
    first("superseded", superseded(number, context, edition, earlier)) ??
    first(
      "rounded wrongly",
      ofYear.find(each => isBarelyOff(number, each) && goesThatWay(each))
    ) ??
    first(
      "wrong unit",
      ofYear.find(each => isOtherUnit(number, each))
    ) ??
    first(
      "of another year",
      same.find(each => isSame(number, each) && goesThatWay(each))
    ) ??
    first("not as published", near) ?? {verdict: "not found", right: null}
  );
}

/** Judges a number by the edition's own sentence; null where there is none like it, or it says nothing of this number. */
function judgeByOwn(
  number: SpokenNumber,
  index: number,
  count: number,
  like: OwnSentence | null,
  context: Context,
  edition: readonly PublishedNumber[],
  earlier: readonly PublishedNumber[]
): Judged | null {
  if (like === null) return null;
  const same = like.numbers.find(each => isSaid(number, each));
  const meant = like.numbers.length === count ? like.numbers[index] : same;
  if (meant === undefined) return null;
  const right = {says: `“${like.sentence}”`, from: "its own words"};
  const isOfOtherYears = !isSameSet(yearsIn(context.sentence), like.years);
  const byMarts = judge(number, context, edition, earlier);
  if (isSaid(number, meant)) {
    if (meant.direction !== null && number.direction !== meant.direction) return {verdict: "wrong direction", right};
    if (!isOfOtherYears) return {verdict: "agrees", right};
    if (isOfStrangeYear(context, like)) return {verdict: "of another year", right};
    // The marts may say as much of the other year too; what they say of no year says nothing here.
    const dated = edition.filter(each => each.year_label !== null);
    const byDated = judge(number, context, dated, earlier);
    return byDated.verdict === "agrees" ? byDated : {verdict: "of another year", right};
  }
  if (isOfOtherYears) return byMarts;
  // Said more exactly than the edition says it: right where the marts have it so.
  if (byMarts.verdict === "agrees" && Math.abs(number.value - meant.value) <= (meant.steps.at(-1) ?? 1) / 2)
    return byMarts;
  const isOfOtherUnit =
    number.family === meant.family &&
    [1000, 1 / 1000, 1e6, 1e-6].some(factor => Math.abs(number.value * factor - meant.value) <= 1e-9 * meant.value);
  const verdict =
    byMarts.verdict === "superseded"
      ? "superseded"
      : isOfOtherUnit || number.family !== meant.family
        ? "wrong unit"
        : Math.abs(number.value - meant.value) <= (number.steps[0] ?? 1) * 1.0000001
          ? "rounded wrongly"
          : "not as published";
  return {verdict, right};
}

/** Whether a year stands there in place of one of its own of which the edition says nothing: what else is on the page is of no account then. */
function isOfStrangeYear({sentence, sentenceYears}: Context, like: OwnSentence): boolean {
  const years = yearsIn(sentence);
  const isStrange = (year: string) => !like.years.has(year) && !sentenceYears.has(year);
  return [...like.years].some(year => !years.has(year)) && [...years].some(isStrange);
}

const isSameSet = (a: ReadonlySet<string>, b: ReadonlySet<string>) =>
  a.size === b.size && [...a].every(each => b.has(each));

const familyOf = ({unit}: PublishedNumber) => families[unit][0];
const baseValueOf = ({unit, value}: PublishedNumber) => value * families[unit][1];

/** Whether a published number, rounded as this one is, is the same. */
function isSame(number: SpokenNumber, published: PublishedNumber): boolean {
  return number.steps.some(
    step => Math.abs(number.value - baseValueOf(published)) <= step / 2 + 1e-9 * Math.abs(number.value)
  );
}

/** Whether it would be the same, were it rounded the other way: less than one in the last digit that is given. */
function isBarelyOff(number: SpokenNumber, published: PublishedNumber): boolean {
  return Math.abs(number.value - baseValueOf(published)) < (number.steps[0] ?? 1) * 1.0000001;
}

/** Whether it is the number of another unit: tonnes called kilotonnes, MWh called kWh. */
function isOtherUnit(number: SpokenNumber, published: PublishedNumber): boolean {
  return [1000, 1 / 1000, 1e6, 1e-6].some(factor =>
    isSame({...number, value: number.value * factor, steps: number.steps.map(step => step * factor)}, published)
  );
}

const ways = {less: "down", below: "down", more: "up", above: "up"} as const;

const isSameWay = ({direction}: SpokenNumber, published: PublishedNumber) =>
  published.direction === null ? true : direction !== null && ways[published.direction] === direction;

/** Whether a sentence speaks of what a number is of. */
function isSpokenOf({of_kind, of_name, says}: PublishedNumber, {sentence, place, siteNames}: Context): boolean {
  if (needed.some(([what, words]) => what.test(says) && !words.test(sentence))) return false;
  if (of_kind === "site")
    return (
      holds(sentence, of_name ?? "") || (holds(place, of_name ?? "") && !siteNames.some(name => holds(sentence, name)))
    );
  if (of_kind === "borough")
    return holds(sentence, of_name ?? "") || (/borough/i.test(sentence) && holds(place, of_name ?? ""));
  if (siteNames.some(name => holds(sentence, name))) return false;
  if (of_kind === "source")
    return (aliases[of_name ?? ""] ?? new RegExp(escapedWords(of_name ?? ""), "i")).test(sentence);
  return true;
}

const holds = (text: string, name: string) => name !== "" && text.toLowerCase().includes(name.toLowerCase());
const escapedWords = (name: string) => name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(/\s+/g, "\\s+");

/** Whether a sentence speaks of the year of a number, and of the year that it is set against; where it names none, its place or the newest year does. */
function isOfYear(
  {year_label, against_label, of_kind}: PublishedNumber,
  {sentenceYears, placeYears, newest}: Context
): boolean {
  if (year_label === null) return true;
  const isNewest = year_label === newest || of_kind === "borough";
  if (against_label !== null) {
    if (!sentenceYears.has(against_label)) return false;
    return sentenceYears.has(year_label) || (sentenceYears.size === 1 && (placeYears.has(year_label) || isNewest));
  }
  if (sentenceYears.has(year_label)) return true;
  return sentenceYears.size === 0 && (placeYears.has(year_label) || isNewest);
}

/** What an earlier edition said so, and this one says otherwise: the number as it is now. */
function superseded(
  number: SpokenNumber,
  context: Context,
  edition: readonly PublishedNumber[],
  earlier: readonly PublishedNumber[]
): PublishedNumber | undefined {
  const before = earlier.find(
    each =>
      familyOf(each) === number.family &&
      isSpokenOf(each, context) &&
      isOfYear(each, context) &&
      isSame(number, each) &&
      isSameWay(number, each)
  );
  if (before === undefined) return undefined;
  return edition.find(
    each =>
      each.mart === before.mart &&
      each.row_key === before.row_key &&
      each.column_name === before.column_name &&
      each.unit === before.unit &&
      each.says === before.says
  );
}

/** The number that was most likely meant: the nearest of the same thing and year, where it is within a seventh or one digit is another. */
function nearestOf(number: SpokenNumber, some: readonly PublishedNumber[]): PublishedNumber | undefined {
  const distance = (each: PublishedNumber) => Math.abs(baseValueOf(each) - number.value) / Math.max(number.value, 1e-9);
  const [near] = [...some].sort((a, b) => distance(a) - distance(b));
  if (near !== undefined && distance(near) < 1 / 7) return near;
  return some.find(each => isOneDigitOff(number, each));
}

/** Whether a published number, written as this one is, has another digit in one place. */
function isOneDigitOff(number: SpokenNumber, published: PublishedNumber): boolean {
  const step = number.steps[0] ?? 1;
  const [said, right] = [number.value, baseValueOf(published)].map(value => String(Math.round(value / step))) as [
    string,
    string
  ];
  return (
    said.length === right.length && said.length > 1 && [...said].filter((digit, at) => digit !== right[at]).length === 1
  );
}

const rightOf = (published: PublishedNumber): Right => {
  const {direction, year_label, against_label, mart, row_key, column_name} = published;
  const years = [year_label, against_label].filter(year => year !== null).join(" against ");
  const says = [publishedText(published), direction, years === "" ? null : `(${years})`]
    .filter(part => part !== null)
    .join(" ");
  return {says, from: `${mart}, ${row_key}, ${column_name}`};
};

/** A published number as it would be written: `11,629 t CO₂e`, `34.3%`, `£45,000`. */
function publishedText({unit, value}: PublishedNumber): string {
  if (unit === "%") return `${fixed(value, 1)}%`;
  return unit === "£" ? `£${plain(Math.round(value))}` : `${amount(value)} ${unit}`;
}
