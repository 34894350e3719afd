import {type SpokenNumber, sentencesOf, spokenNumbers, yearsIn} from "../../src/editions/proof/spoken.ts";
import {type Random, randomFor} from "../../src/illustrative/random.ts";

/** What somebody may do to a number between an edition and the deck of tomorrow. */
export const errorKinds = ["digit", "rounding", "unit", "year", "direction", "earlier edition"] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** An error that was put into a document, at one number of one sentence. */
export interface Planted {
  readonly kind: ErrorKind;
  readonly paragraph: number;
  readonly before: string;
  readonly after: string;
  /** The number as it now stands. */
  readonly text: string;
}

/** An edited document: its paragraphs, and what was planted. */
export interface Edited {
  readonly paragraphs: readonly string[];
  readonly planted: readonly Planted[];
}

const ways: readonly (readonly [RegExp, string])[] = [
  [/\bfallen\b/, "risen"],
  [/\bless\b/, "more"],
  [/\babove\b/, "below"],
  [/\bmore\b/, "less"],
  [/\bup on\b/, "down on"]
];

type Change = (
  sentence: string,
  number: SpokenNumber,
  random: Random,
  earlier: ReadonlyMap<string, string>
) => string | null;

const replaced = (sentence: string, {at, text}: SpokenNumber, by: string) =>
  sentence.slice(0, at) + by + sentence.slice(at + text.length);

const changes: Readonly<Record<ErrorKind, Change>> = {
  digit(sentence, number, random) {
    // One of the first two figures, and never to a zero: what could still be the number rounded is no error.
    const digits = [...number.text.matchAll(/\d/g)].slice(0, 2);
    const {index} = digits[Math.trunc(random() * digits.length)] as RegExpMatchArray & {index: number};
    const digit = 1 + ((Number(number.text[index]) + Math.trunc(random() * 8)) % 9);
    return replaced(sentence, number, `${number.text.slice(0, index)}${digit}${number.text.slice(index + 1)}`);
  },
  rounding(sentence, number) {
    // One more in its last digit that is not a zero: a half rounded the wrong way.
    const [digits = ""] = /\d[\d,]*(\.\d+)?/.exec(number.text) ?? [];
    const at = digits.search(/\d\D*[0.,]*$/);
    const last = [...digits].findLastIndex(each => /[1-8]/.test(each));
    if (last < 0 || at < 0 || /[1-9]/.test(digits.slice(last + 1))) return null;
    return replaced(
      sentence,
      number,
      number.text.replace(digits, `${digits.slice(0, last)}${Number(digits[last]) + 1}${digits.slice(last + 1)}`)
    );
  },
  unit(sentence, number) {
    const other = number.text
      .replace(/\bkt\b/, "t")
      .replace(/\bMWh\b/, "kWh")
      .replace(/(?<!k)\bt( CO₂e)?$/, "kt$1")
      .replace(/(?<![kMG])\bkWh\b/, "MWh");
    return other === number.text ? null : replaced(sentence, number, other);
  },
  year(sentence) {
    const [year] = yearsIn(sentence);
    if (year === undefined || Number(year.slice(0, 4)) > 2026) return null;
    const first = Number(year.slice(0, 4)) - 1;
    return sentence.replace(year, year.includes("/") ? `${first}/${String(first + 1).slice(2)}` : String(first));
  },
  direction(sentence, number) {
    if (number.direction === null) return null;
    const way = ways.find(([word]) => word.test(sentence));
    return way === undefined ? null : sentence.replace(...way);
  },
  "earlier edition": (sentence, number, _, earlier) => {
    const before = earlier.get(number.text);
    return before === undefined || before === number.text ? null : replaced(sentence, number, before);
  }
};

/**
 * Edits a document by so many errors, each in a paragraph of its own, the kinds in turn; a kind that fits no paragraph that is left gives way to the next. `earlier`
 * has what an earlier edition said in place of a number.
 */
export function plant(
  paragraphs: readonly string[],
  count: number,
  seed: number,
  earlier: ReadonlyMap<string, string> = new Map()
): Edited {
  const random = randomFor(seed, "planted errors");
  const edited = [...paragraphs];
  const planted: Planted[] = [];
  const left = new Set(paragraphs.keys());
  for (let turn = 0; planted.length < count && turn < 20 * count; turn += 1) {
    const kind = errorKinds[turn % errorKinds.length] as ErrorKind;
    const paragraph = [...left][Math.trunc(random() * left.size)];
    if (paragraph === undefined) break;
    const sentences = sentencesOf(paragraphs[paragraph] as string);
    const places = sentences.flatMap((sentence, at) => spokenNumbers(sentence).map(number => ({sentence, at, number})));
    const place = places[Math.trunc(random() * places.length)];
    if (place === undefined) {
      left.delete(paragraph);
      continue;
    }
    const after = changes[kind](place.sentence, place.number, random, earlier);
    if (after === null || after === place.sentence) continue;
    left.delete(paragraph);
    edited[paragraph] = sentences.map((sentence, at) => (at === place.at ? after : sentence)).join(" ");
    const now = spokenNumbers(after);
    const text = now.find(({at}) => at === place.number.at)?.text ?? now[0]?.text ?? "";
    planted.push({kind, paragraph, before: place.sentence, after, text});
  }
  return {paragraphs: edited, planted};
}
