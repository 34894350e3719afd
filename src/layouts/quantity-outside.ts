import {sheetOf} from "./outside.ts";

const coded = /^"?([^",]*quantity[^",]*)"?\s*[,:;]\s*"?(AI|AE|RI|RE)\b/i;
const reactive = /(?<![a-z])kvarh?(?![a-z])|\breactive\b/i;
const active = /kwh|(?<!re)active/i;

/** What lines above a table name for all of it: by which words, and the code of the quantity. */
export interface QuantityCode {
  readonly key: string;
  readonly code: string;
}

/** The quantity that one of these lines names by its code; null where none does. */
export function quantityCode(lines: readonly string[]): QuantityCode | null {
  const [, key, code] = lines.map(line => coded.exec(line)).find(found => found !== null) ?? [];
  return key === undefined || code === undefined ? null : {key, code: code.toUpperCase()};
}

/** The words by which lines above a table or the name of its sheet say that all of it is reactive energy; null where they do not, or name active energy too. */
export function reactiveWords(lines: readonly string[], names: readonly string[], fileName: string): string | null {
  const texts = [...lines, sheetOf(fileName)];
  const said = texts.find(text => reactive.test(text));
  return said === undefined || [...texts, ...names].some(text => active.test(text)) ? null : said.slice(0, 60).trim();
}

/** Why a table of reactive energy is not read. */
export const isReactive = (words: string) =>
  `it is of reactive energy ("${words}"), which is no kWh: canopy does not count it`;
