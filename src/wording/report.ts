const widest = 112;
const indent = " ".repeat(10);

/** Lines of a report, long ones carried on at the indent of their text. */
export function folded(lines: readonly string[]): string[] {
  return lines.flatMap(line => wrapped(line, widest, indent));
}

/** A line in lines of at most so many columns, each but the first behind an indent. A word that is longer stays whole. */
export function wrapped(line: string, columns: number, under: string): string[] {
  const out: string[] = [];
  let rest = line;
  while (rest.length > columns) {
    const before = rest.lastIndexOf(" ", columns);
    const at = before > under.length ? before : rest.indexOf(" ", columns);
    if (at < 0) break;
    out.push(rest.slice(0, at));
    rest = `${under}${rest.slice(at + 1)}`;
  }
  return [...out, rest];
}

/** A line of a report under its own heading. */
export const label = (heading: string, text: string) => `${heading.padEnd(indent.length)}${text}`;

/** A line of a report that goes on from the one before. */
export const more = (text: string) => `${indent}${text}`;
