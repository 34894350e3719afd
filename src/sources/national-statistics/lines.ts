/** Line after line without their ends, of any system, and without a list of them all. */
export function* linesOf(text: string): Generator<string> {
  let from = 0;
  for (const {index, 0: end} of text.matchAll(/\r\n|\r|\n/g)) {
    yield text.slice(from, index);
    from = index + end.length;
  }
  yield text.slice(from);
}
