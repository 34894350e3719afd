import {paletteOf, slideInches, slidePixels} from "../../figures/kit/theme.ts";
import {outlined} from "../../figures/render/render.ts";
import {escaped} from "../../figures/render/wrapped-text.ts";
import {amount} from "../../wording/numbers.ts";
import {type Box, type Layout, layoutOf, rowsWithin} from "./layout.ts";
import type {Told} from "./ledger.ts";
import type {Chart, DeckPlan, Line, SlidePlan, Table} from "./plan.ts";

const light = paletteOf("light");

const style = `
@page { size: ${slideInches.width}in ${slideInches.height}in; margin: 0 }
body { margin: 0; font-family: Arial, "Liberation Sans", sans-serif; line-height: 1.22; color: ${light.ink} }
section { position: relative; width: ${slideInches.width}in; height: ${slideInches.height}in; overflow: hidden; break-after: page }
section > * { position: absolute; margin: 0; box-sizing: border-box }
h1, h2 { font-weight: bold }
.aside { color: ${light.muted} }
.low { display: flex; align-items: flex-end }
.middle { display: flex; align-items: center }
.right { justify-content: flex-end }
.words { display: -webkit-box; -webkit-box-orient: vertical; overflow: hidden; overflow-wrap: anywhere }
p.line { margin: 0 0 0.05in; overflow-wrap: anywhere }
table { border-collapse: collapse }
th, td { text-align: left; font-weight: normal; padding: 0.03in 0.08in; border-bottom: 1px solid ${light.grid} }
thead th { font-weight: bold }
.number { text-align: right }
`;

/** The deck as one page of HTML to be printed, a slide a sheet: the same words in the same places as on the slides, in the order in which they are read. */
export function deckPage(plan: DeckPlan): string {
  const slides = plan.slides.map((slide, i) => slideHtml(slide, plan.footer, i + 1)).join("\n");
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>${escaped(plan.title.text)}</title><style>${style}</style></head><body>
${slides}
</body></html>
`;
}

function slideHtml(slide: SlidePlan, footer: Told, number: number): string {
  const layout = layoutOf(slide);
  const heading = number === 1 ? "h1" : "h2";
  const under = layout.under === null ? "" : words("p", layout.under, slide.under?.text ?? "", "aside");
  return `<section>
${words(heading, layout.title, slide.title.text)}
${under}
${bodyHtml(slide, layout)}
${layout.lines === null ? "" : `<div style="${at(layout.lines)}">${slide.lines.slice(0, layout.shownLines).map(lineHtml).join("")}</div>`}
${words("p", layout.source, slide.source.text, "aside low")}
${words("p", layout.footer, footer.text, "aside middle")}
${words("p", layout.number, String(number), "aside middle right")}
</section>`;
}

const at = ({x, y, w, h, points}: Box) => `left:${x}in;top:${y}in;width:${w}in;height:${h}in;font-size:${points}pt`;

/** So many lines of a box's size have room in it; a name without end ends in an ellipsis. */
const linesIn = ({h, points}: Box) => Math.max(1, Math.floor((h * 72) / (points * 1.22)));
const words = (tag: string, box: Box, text: string, kind = "") =>
  `<${tag}${kind === "" ? "" : ` class="${kind}"`} style="${at(box)}"><span class="words" style="-webkit-line-clamp:${linesIn(box)}">${escaped(text)}</span></${tag}>`;

const lineHtml = ({words: {text}, isStrong = false}: Line) =>
  `<p class="line">${isStrong ? `<b>${escaped(text)}</b>` : escaped(text)}</p>`;

function bodyHtml({drawing, chart, table}: SlidePlan, {body}: Layout): string {
  if (body === null) return "";
  if (drawing !== undefined) {
    const picture = Buffer.from(outlined(drawing.svgOf(slidePixels(body.h)))).toString("base64");
    return `<img style="left:${body.x}in;top:${body.y}in;width:${body.w}in" alt="${escaped(drawing.alt.text)}" src="data:image/svg+xml;base64,${picture}">`;
  }
  const rows = chart === undefined ? rowsOf(table) : rowsOfChart(chart);
  if (rows.length === 0) return "";
  const [head = [], ...others] = rowsWithin(rows, body, chart === undefined ? "sources" : "years");
  const cell = (tag: string, text: string, column: number) =>
    `<${tag}${column > 0 ? ' class="number"' : tag === "th" ? ' scope="row"' : ""}>${escaped(text)}</${tag}>`;
  return `<table style="left:${body.x}in;top:${body.y}in;width:${Math.min(body.w, chart === undefined ? 10 : body.w)}in;font-size:${body.points}pt"><thead><tr>${head
    .map((text, column) => `<th scope="col"${column > 0 ? ' class="number"' : ""}>${escaped(text)}</th>`)
    .join("")}</tr></thead><tbody>${others
    .map(row => `<tr>${row.map((text, column) => cell(column === 0 ? "th" : "td", text, column)).join("")}</tr>`)
    .join("")}</tbody></table>`;
}

const rowsOf = (table: Table | undefined): string[][] => (table?.rows ?? []).map(row => row.map(({text}) => text));

/** What a chart shows as a table: a category a row, a series a column. */
function rowsOfChart({categories, series, unit}: Chart): string[][] {
  const value = (number: number | null | undefined) => (number === null || number === undefined ? "–" : amount(number));
  return [
    [unit.text, ...series.map(({name}) => name.text)],
    ...categories.map(({text}, i) => [text, ...series.map(({values}) => value(values[i]))])
  ];
}
