/** A piece of text as a page shows it. Lengths are in points; `y` is that of its baseline, and grows upwards. */
export interface Piece {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
  readonly font: string;
  /** The marked part of the page that it belongs to, by which a tagged PDF names it; null where none does. */
  readonly mark: string | null;
}

export const rightOf = ({x, width}: Piece): number => x + width;

/**
 * The pieces of a page as they are to be read: spaces are one kind of space, letters set apart are together, what was printed twice to look bold is there once,
 * marks of footnotes are left out, and a letter of another font that was printed into a gap stands in it.
 */
export function tidied(pieces: readonly Piece[]): Piece[] {
  const once: Piece[] = [];
  for (const piece of pieces.map(withPlainText))
    if (piece.text.trim() !== "" && !once.slice(-50).some(other => isSamePrint(piece, other))) once.push(piece);
  return withoutFootnoteMarks(filled(once));
}

/** Letters that are set apart come with a space after each. */
const setApart = /^\S(?: \S){2,}$/u;

function withPlainText(piece: Piece): Piece {
  const plain = piece.text
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u205f\u3000\t\r\n]+/g, " ")
    .replaceAll(/[\u00ad\u200b-\u200d\u2060\ufeff]/g, "")
    .replaceAll("\u2011", "-");
  return {...piece, text: setApart.test(plain.trim()) ? plain.replaceAll(/(?<=\S) (?=\S)/g, "") : plain};
}

const isSamePrint = (a: Piece, b: Piece) =>
  a.text === b.text && Math.abs(a.x - b.x) < 0.1 * a.size && Math.abs(a.y - b.y) < 0.1 * a.size;

/** Puts each piece that was printed within another into the gap that it fills there: `CO e` and `₂` are `CO₂e`. */
function filled(pieces: readonly Piece[]): Piece[] {
  const kept: Piece[] = [];
  for (const piece of pieces) {
    const at = kept.findLastIndex(host => isWithin(piece, host));
    const host = kept[at];
    const text = host === undefined ? null : filledText(host, piece);
    if (host === undefined || text === null) kept.push(piece);
    else kept[at] = {...host, text};
  }
  return kept;
}

const isWithin = (piece: Piece, host: Piece) =>
  Math.abs(piece.y - host.y) < 0.35 * host.size &&
  piece.size <= 1.1 * host.size &&
  piece.x > host.x + 0.1 * host.size &&
  rightOf(piece) < rightOf(host) - 0.1 * host.size &&
  host.text.trim().includes(" ");

function filledText(host: Piece, piece: Piece): string | null {
  const words = piece.text.trim().split(" ");
  const step = words.length === 1 ? 0 : (piece.width - widthOf(words.at(-1) ?? "", piece.size)) / (words.length - 1);
  let text = host.text;
  for (const [index, word] of words.entries()) {
    const gap = gapNear(text, host, piece.x + index * step, word);
    if (gap === null) return null;
    const [before, after] = [text.slice(0, gap), text.slice(gap + 1)];
    const isOfWord = /^[₀-₉0-9]$/.test(word) && /CO$/.test(before);
    text = isOfWord
      ? `${before}${word}${/^e\b/.test(after) || /^[.,;:)]/.test(after) ? "" : " "}${after}`
      : `${before} ${word} ${after}`;
  }
  return text;
}

/** The space that is nearest to a place on the page; of what is no part of a word the one after `CO` that is not too far. */
function gapNear(text: string, {x, width, size}: Piece, place: number, word: string): number | null {
  const scale = width / Math.max(widthOf(text, 1), 0.01);
  const gaps = [...text.matchAll(/(?<=\S) (?=\S)/g)].map(({index}) => ({
    index,
    distance: Math.abs(x + scale * widthOf(text.slice(0, index), 1) - place)
  }));
  const fitting = /^[₀-₉]$/.test(word) ? gaps.filter(({index}) => text.slice(0, index).endsWith("CO")) : gaps;
  const [nearest] = (fitting.length > 0 ? fitting : gaps).sort((a, b) => a.distance - b.distance);
  return nearest !== undefined && nearest.distance < 4 * size ? nearest.index : null;
}

/** About how wide a text is in a common font without serifs. */
const widthOf = (text: string, size: number): number => {
  let width = 0;
  for (const letter of text)
    width += /[iljtf.,;:'|!()[\] ]/.test(letter)
      ? 0.28
      : /[mMwW%@]/.test(letter)
        ? 0.85
        : /\p{Lu}/u.test(letter)
          ? 0.68
          : 0.55;
  return width * size;
};

/** Small figures above the line are a footnote's, but for those of m², 10³ and CO². */
function withoutFootnoteMarks(pieces: readonly Piece[]): Piece[] {
  return pieces.flatMap(piece => {
    if (!/^(\d{1,2}|[*†‡])$/.test(piece.text.trim())) return [piece];
    const before = pieces.find(
      other =>
        other !== piece &&
        piece.size <= 0.86 * other.size &&
        piece.y - other.y > 0.12 * other.size &&
        piece.y - other.y < 0.75 * other.size &&
        Math.abs(piece.x - rightOf(other)) < 0.2 * other.size
    );
    if (before === undefined) return [piece];
    if (/\b(k?m|10)$/.test(before.text)) return [{...piece, text: piece.text.replace("2", "²").replace("3", "³")}];
    return /CO$/.test(before.text) ? [piece] : [];
  });
}
