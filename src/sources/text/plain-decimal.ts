/**
 * Whether a text is a number in plain digits: a sign before them or none, and a point and more digits after them or none.
 * Done by hand: a file has a hundred thousand.
 */
export function isPlainDecimal(text: string): boolean {
  const start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
  const point = text.indexOf(".");
  if (point === -1) return areDigits(text, start, text.length);
  return areDigits(text, start, point) && areDigits(text, point + 1, text.length);
}

/** Whether the characters from one place up to another are digits, and there are any. */
function areDigits(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return to > from;
}
