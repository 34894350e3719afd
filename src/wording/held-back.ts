import {listText} from "./lists.ts";
import {several} from "./numbers.ts";

/** What a public site does not hold: whether meter numbers are cut, of how many buildings of which kinds only months are shown, whether findings are left out. */
export interface HeldBackWords {
  readonly meterNumbers: boolean;
  readonly buildings: number;
  readonly kinds: readonly string[];
  readonly findings: boolean;
}

/** What is held back and why, a sentence a rule without its full stop; none where nothing is. */
export function heldBackTexts({meterNumbers, buildings, kinds, findings}: HeldBackWords): string[] {
  return [
    ...(meterNumbers
      ? ["meter numbers are cut to their last four digits, since whoever has a whole one can act on the supply"]
      : []),
    ...(buildings > 0
      ? [
          `${several(buildings, "building")} (${listText(kinds.map(kindText))}) ${buildings === 1 ? "is" : "are"} shown by months, not by days or half-hours, since those show when nobody is there, or how people live who do`
        ]
      : []),
    ...(findings
      ? [
          "what our own people are looking into in buildings, and what it may cost, is not shown, since it is work in hand that nobody has confirmed"
        ]
      : [])
  ];
}

const kindText = (kind: string) => `${kind.replaceAll("-", " ")}s`;

/** What stands in the place of findings on the public site. */
export const findingsHeldBack =
  "What our own people are looking into, and what it may cost, is not shown on these pages";

/** What stands on the page of a building of which only months are shown. */
export const monthsOnlyText =
  "It is shown by months: days and half-hours are held back, since they show when nobody is there, or how people live who do";

/** Where the public site is, and whether anything is held back from it; or how to have one. */
export function publicSiteText(folder: string, heldBack: readonly string[] | null): string {
  if (heldBack === null)
    return 'none: council.json does not say what it may hold ("publish": {} holds back what most councils would)';
  const held = heldBack.length === 0 ? "nothing is held back" : "its page of open data says what is held back";
  return `${folder}, for any web host; ${held}`;
}
