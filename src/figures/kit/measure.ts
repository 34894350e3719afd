/**
 * Advance widths from space to tilde in thousandths of the size: of Inter Regular or SemiBold, whichever is wider, and of `*` and `x` the
 * wider forms that Inter puts between figures.
 */
const advances = [
  282, 322, 523, 644, 651, 1005, 663, 326, 374, 374, 673, 673, 319, 466, 319, 379, 660, 423, 624, 637, 667, 613, 640,
  577, 641, 640, 319, 330, 673, 673, 673, 544, 1000, 728, 660, 737, 723, 606, 591, 750, 746, 277, 580, 704, 566, 923,
  760, 769, 646, 773, 653, 651, 661, 745, 728, 1021, 720, 714, 653, 374, 379, 374, 482, 470, 352, 575, 625, 583, 625,
  592, 389, 626, 613, 262, 262, 570, 262, 901, 612, 609, 625, 625, 397, 550, 354, 613, 587, 840, 673, 589, 566, 455,
  359, 455, 673
];

/** Letters outside ASCII are taken to be wider than nearly all of them are. */
const elsewhere = 1100;

/** The width of text in px, never less than Inter draws it at this size in Regular or SemiBold. */
export function textWidth(text: string, size: number): number {
  const thousandths = Array.from(text, letter => advances[(letter.codePointAt(0) ?? 0) - 32] ?? elsewhere);
  return (thousandths.reduce((sum, advance) => sum + advance, 0) * size) / 1000;
}

/** The text, or as much of it as fits in `width` px with an ellipsis. */
export function ellipsis(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  const letters = Array.from(text);
  while (letters.length > 1 && textWidth(`${letters.join("")}…`, size) > width) letters.pop();
  return `${letters.join("").trimEnd()}…`;
}

/** The text in lines that fit in `width` px, broken between words; a word wider than a line ends in an ellipsis. */
export function wrap(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, size) <= width) lines[lines.length - 1] = longer;
    else lines.push(ellipsis(word, size, width));
  }
  return lines;
}
