/** The lines of a text, in order, without their ends, of any system, and without a byte-order mark. */
export const linesOf = (text: string): string[] => text.replace(/^\ufeff/, "").split(/\r\n|\r|\n/);

/** The same line after line, for a large file: without a list of them all. */
export function* eachLine(text: string): Generator<string> {
  let from = text.startsWith("\ufeff") ? 1 : 0;
  for (const {index, 0: end} of text.matchAll(/\r\n|\r|\n/g)) {
    yield text.slice(from, index);
    from = index + end.length;
  }
  yield text.slice(from);
}

/** The lines that are not blank, each with its number, from 1. */
export const filledLines = (text: string): {line: number; text: string}[] =>
  linesOf(text).flatMap((text, index) => (text.trim() === "" ? [] : [{line: index + 1, text}]));
