const widest = 112;
const indent = " ".repeat(10);

/** Lines of a report, long ones carried on at the indent of their text. */
export function folded(lines: readonly string[]): string[] {
  return lines.flatMap(line => {
    const out: string[] = [];
    let rest = line;
    while (rest.length > widest) {
      const at = rest.lastIndexOf(" ", widest);
      if (at <= indent.length) break;
      out.push(rest.slice(0, at));
      rest = `${indent}${rest.slice(at + 1)}`;
    }
    return [...out, rest];
  });
}

/** A line of a report under its own heading. */
export const label = (heading: string, text: string) => `${heading.padEnd(indent.length)}${text}`;

/** A line of a report that goes on from the one before. */
export const more = (text: string) => `${indent}${text}`;
