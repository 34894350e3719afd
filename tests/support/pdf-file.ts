import {deflateSync} from "node:zlib";
import {type Random, randomFor} from "../../src/illustrative/random.ts";

/** A PDF to be written byte by byte: what each page draws, and whatever else it is to have. */
export interface PdfParts {
  /** The content of each page, in the words of PDF: see `show`. */
  readonly pages: readonly string[];
  /** Entries of each page's dictionary: `/Rotate 90`. */
  readonly page?: string;
  /** Entries of the trailer: `/Encrypt 9 0 R`. */
  readonly trailer?: string;
  /** Further objects, numbered after those of the pages: from 4 + 2 × pages. */
  readonly more?: readonly string[];
}

/** The width and height of each page, in points. */
export const pageSize = {width: 595, height: 842} as const;

/** A PDF of such parts, in Helvetica (`F1`) and Helvetica Bold (`F2`), which are of every reader. */
export function pdfFile({pages, page = "", trailer = "", more = []}: PdfParts): Buffer {
  const font = (name: string) => `<< /Type /Font /Subtype /Type1 /BaseFont /${name} /Encoding /WinAnsiEncoding >>`;
  const kids = pages.map((_, at) => `${4 + 2 * at} 0 R`).join(" ");
  const objects = [
    "<< /Type /Catalog /Pages 2 0 R >>",
    `<< /Type /Pages /Count ${pages.length} /Kids [${kids}] /MediaBox [0 0 ${pageSize.width} ${pageSize.height}] /Resources << /Font << /F1 3 0 R /F2 ${font("Helvetica-Bold")} >> >> >>`,
    font("Helvetica"),
    ...pages.flatMap((content, at) => [
      `<< /Type /Page /Parent 2 0 R /Contents ${5 + 2 * at} 0 R ${page} >>`,
      streamOf(deflateSync(Buffer.from(content, "latin1")), "/Filter /FlateDecode")
    ]),
    ...more
  ];
  let text = "%PDF-1.7\n";
  const places = objects.map((object, at) => {
    const place = text.length;
    text += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map(place => `${String(place).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  return Buffer.from(
    `${text}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${text.length}\n%%EOF\n`,
    "latin1"
  );
}

/** A stream as an object is one. */
export const streamOf = (bytes: Buffer, entries: string): string =>
  `<< /Length ${bytes.length} ${entries} >>\nstream\n${bytes.toString("latin1")}\nendstream`;

/** Letters beyond ASCII that the encoding has. */
const others: Readonly<Record<string, number>> = {
  "…": 0x85,
  "‘": 0x91,
  "’": 0x92,
  "“": 0x93,
  "”": 0x94,
  "•": 0x95,
  "–": 0x96,
  "—": 0x97
};

/** A text as a string of PDF. Letters that it does not have are question marks. */
export function quoted(text: string): string {
  const letters = [...text].map(letter => {
    const code = others[letter] ?? letter.codePointAt(0) ?? 0;
    return code > 255 || (code > 126 && code < 160 && others[letter] === undefined) ? "?" : String.fromCharCode(code);
  });
  return `(${letters.join("").replaceAll(/[\\()]/g, "\\$&")})`;
}

/** Shows a text at a place; a size and a font (`F1`, `F2`) of its own if it has one. */
export const show = (text: string, x: number, y: number, {size = 12, font = "F1"} = {}): string =>
  `BT /${font} ${size} Tf ${x.toFixed(2)} ${y.toFixed(2)} Td ${quoted(text)} Tj ET\n`;

// The widths of Helvetica's letters from the space to the tilde, in thousandths of its size, as Adobe's metrics have them.
const widths = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
  556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
  722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
  556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
  260, 334, 584
];
const otherWidths: Readonly<Record<string, number>> = {
  "—": 1000,
  "…": 1000,
  "’": 222,
  "‘": 222,
  "“": 333,
  "”": 333,
  "·": 278,
  "₂": 361
};

/** How wide Helvetica sets a text. */
export const widthOf = (text: string, size: number): number =>
  ([...text].reduce((sum, letter) => sum + (otherWidths[letter] ?? widths[letter.charCodeAt(0) - 32] ?? 556), 0) *
    size) /
  1000;

/** In which ways programs print the letters of a line: all at once; drawn nearer or farther; cut anywhere; a word at a time, without spaces. */
const manners = ["whole", "kerned", "cut", "words"] as const;

/** What heads each page of a printed report. */
export const runningHead = "Climate report of the council, with 1,234 t in its head";

/**
 * A report of paragraphs as a PDF without tags, laid out as programs do, by chance: in one column or two, in letters of one size or another, in lines that are full
 * or flush, from the top or from the foot; the 2 of CO₂ small and lower; with a running head and the number of each page.
 */
export function printedReport(paragraphs: readonly string[], seed: number): Buffer {
  const random = randomFor(seed, "printed report");
  const chance = (share: number) => random() < share;
  const pages: string[] = [];
  let left = [...paragraphs];
  while (left.length > 0) {
    const columns = chance(0.4) ? 2 : 1;
    const size = (columns === 2 ? [8, 9, 10] : [9, 11, 12, 16])[
      Math.trunc(random() * (columns === 2 ? 3 : 4))
    ] as number;
    const manner = manners[Math.trunc(random() * manners.length)] as (typeof manners)[number];
    const [isFull, isUpwards] = [chance(0.3), chance(0.2)];
    const gutter = 2.5 * size;
    const width = (pageSize.width - 100 - (columns - 1) * gutter) / columns;
    const step = size * (1.15 + 0.3 * random());
    const lines: string[] = [];
    for (let column = 0; column < columns; column += 1) {
      const x = 50 + column * (width + gutter);
      let y = pageSize.height - 90;
      while (left.length > 0) {
        const wrapped = wrap(left[0] as string, width, size);
        if (y - wrapped.length * step < 70) break;
        left = left.slice(1);
        for (const [at, text] of wrapped.entries()) {
          const stretch = isFull && at < wrapped.length - 1 ? stretchOf(text, width, size) : 0;
          lines.push(line(text, x, y, {size, manner, stretch}, random));
          y -= step;
        }
        y -= step * (0.4 + 0.6 * random());
      }
      if (left.length > 0 && lines.length === 0) throw new Error("a paragraph is longer than a page");
    }
    const head = show(runningHead, 50, pageSize.height - 40, {size: 8});
    pages.push(
      head + (isUpwards ? lines.reverse() : lines).join("") + show(String(pages.length + 1), 540, 30, {size: 8})
    );
  }
  return pdfFile({pages});
}

function wrap(text: string, width: number, size: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(`${last} ${word}`, size) <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** How much wider each space of a line is to be, for it to fill its column. */
const stretchOf = (text: string, width: number, size: number) =>
  (width - widthOf(text, size)) / Math.max(1, text.split(" ").length - 1);

interface Manner {
  readonly size: number;
  readonly manner: (typeof manners)[number];
  readonly stretch: number;
}

function line(text: string, x: number, y: number, {size, manner, stretch}: Manner, random: Random): string {
  let [shown, place] = ["", x];
  for (const part of text.split(manner === "cut" ? /(₂| )|(?<=\w[,.\w]?)(?=\w)/ : /(₂| )/)) {
    if (part === undefined || part === "") continue;
    if (part === "₂") {
      shown += show("2", place, y - 0.15 * size, {size: 0.65 * size});
      place += widthOf("₂", size);
      continue;
    }
    if (part === " ") {
      if (manner !== "words" && stretch === 0) shown += show(" ", place, y, {size});
      place += widthOf(" ", size) + stretch;
      continue;
    }
    shown += manner === "kerned" ? kerned(part, place, y, size, random) : show(part, place, y, {size});
    place += widthOf(part, size);
  }
  return shown;
}

/** A word whose letters are nearer to one another or farther apart by a little. */
function kerned(word: string, x: number, y: number, size: number, random: Random): string {
  const letters = [...word].map(letter => `${quoted(letter)} ${Math.round(60 * random() - 30)}`);
  return `BT /F1 ${size} Tf ${x.toFixed(2)} ${y.toFixed(2)} Td [${letters.join(" ")}] TJ ET\n`;
}
