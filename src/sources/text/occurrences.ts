/**
 * Names things that have no number of their own: by what they say, and which of those that say the same it is ("a b #1", "a b #2"). The same file, and
 * another with the same things, gives the same names.
 */
export function occurrenceNames(): (...said: readonly string[]) => string {
  const times = new Map<string, number>();
  return (...said) => {
    const name = said.map(text => text.trim().toUpperCase()).join(" ");
    const nth = (times.get(name) ?? 0) + 1;
    times.set(name, nth);
    return `${name} #${nth}`;
  };
}
