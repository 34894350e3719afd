import {wrap} from "../kit/measure.ts";

/** How words look and where they may stand, in px. */
export interface Setting {
  readonly size: number;
  readonly fill: string;
  /** 400 by default. */
  readonly weight?: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
}

/** An SVG text of as many lines as the words need, and where its last line ends. */
export interface Paragraph {
  readonly svg: string;
  readonly bottom: number;
}

const lineHeight = 1.25;
const baseline = 0.95;

export function paragraph(words: string, {size, fill, weight = 400, left, top, width}: Setting): Paragraph {
  const lines = wrap(words, size, width);
  const spans = lines.map((line, i) => {
    const y = fixed(top + size * (baseline + i * lineHeight));
    return `<tspan x="${left}" y="${y}">${escaped(line)}</tspan>`;
  });
  return {
    svg: `<text font-size="${size}" font-weight="${weight}" fill="${fill}">${spans.join("")}</text>`,
    bottom: top + size * lineHeight * lines.length
  };
}

/** A number to three decimals, enough for any screen. */
export function fixed(number: number): string {
  return String(Number(number.toFixed(3)));
}

const entities: Record<string, string> = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"};

/** Text made safe inside an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, letter => entities[letter] ?? letter);
}
