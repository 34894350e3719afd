/** The most words a title may have. */
export const mostTitleWords = 10;

/** The first letter made a capital. */
export function sentenceCase(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A name from outside, fit to print: one line, no control, direction or broken letters, at most `letters` letters, then an ellipsis. */
export function printable(name: string, letters = 48): string {
  const clean = Array.from(name.replace(/[\s\p{C}]+/gu, " ").trim() || "Unnamed");
  return clean.length > letters
    ? `${clean
        .slice(0, letters - 1)
        .join("")
        .trimEnd()}…`
    : clean.join("");
}

/** A word for file names and ids made of lower-case letters, digits and hyphens. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

export function countWords(text: string): number {
  return text.split(" ").filter(word => word !== "").length;
}

/** One way to put a finding about a name. */
export type Wording = (name: string) => string;

/** The first wording that says it in ten words; where none does, the last, with the name cut short by an ellipsis. A title has no full stop, nor has the name. */
export function headline(given: string, wordings: readonly [Wording, ...Wording[]]): string {
  const name = given.replace(/[.\s]+$/, "");
  const fitting = wordings.map(wording => wording(name)).find(title => countWords(title) <= mostTitleWords);
  return fitting ?? shortened(name, wordings.at(-1) as Wording);
}

function shortened(name: string, wording: Wording): string {
  const room = mostTitleWords - countWords(wording("x")) + 1;
  return wording(`${name.split(" ").slice(0, room).join(" ")}…`);
}
