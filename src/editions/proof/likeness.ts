import {type SpokenNumber, spokenNumbers, withoutDirections, yearsIn} from "./spoken.ts";

/** A sentence of the edition, to be found again in a document however its numbers were changed. */
export interface OwnSentence {
  readonly sentence: string;
  readonly words: readonly string[];
  readonly numbers: readonly SpokenNumber[];
  readonly years: ReadonlySet<string>;
}

export const ownSentence = (sentence: string): OwnSentence => ({
  sentence,
  words: wordsOf(sentence),
  numbers: spokenNumbers(sentence),
  years: yearsIn(sentence)
});

/** The words of a sentence without numbers; which way it says that something goes is no part of what it is about. */
const wordsOf = (sentence: string): string[] =>
  (
    withoutDirections(sentence)
      .toLowerCase()
      .match(/\p{L}{2,}/gu) ?? []
  ).filter(word => !/^(kwh|mwh|gwh|kw|kt|co)$/.test(word));

/** How alike two sentences must be: the share of the longer one's words that both have. */
const alike = 0.75;
/** A sentence of fewer words than this must be the very same. */
const fewWords = 3;

/** The sentence of the edition that one of a document is, or was before somebody changed it; null where none is like it. */
export function likeSentence(
  sentence: string,
  numbers: readonly SpokenNumber[],
  own: readonly OwnSentence[]
): OwnSentence | null {
  const words = wordsOf(sentence);
  if (words.length === 0) return null;
  const equal = (each: OwnSentence) => each.numbers.filter((number, at) => number.value === numbers[at]?.value).length;
  const ranked = own
    .filter(each => each.numbers.length > 0)
    .map(each => ({each, share: shared(words, each.words) / Math.max(words.length, each.words.length)}))
    .filter(({share}) => share >= (words.length < fewWords ? 1 : alike))
    .sort((a, b) => b.share - a.share || equal(b.each) - equal(a.each));
  return ranked[0]?.each ?? null;
}

function shared(a: readonly string[], b: readonly string[]): number {
  const left = [...b];
  return a.filter(word => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
}

/** Whether a number is what a sentence of the edition says, as exactly or less. */
export const isSaid = (number: SpokenNumber, own: SpokenNumber) =>
  number.family === own.family &&
  number.steps.some(
    step => Math.abs(number.value - own.value) <= (step > (own.steps[0] ?? 0) ? step / 2 : 1e-9 * own.value)
  );
