import {escaped} from "../../figures/render/wrapped-text.ts";
import {printable} from "../../wording/titles.ts";

/** Markup that is safe to put into a page. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

export type Part = Html | string | number | null | undefined | readonly Part[];

/** Markup with parts put in: text is text, whatever is in it; nothing is put in for null. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, i) => (i === 0 ? text : `${markupOf(parts[i - 1])}${text}`)).join(""));
}

export const nothing = new Html("");

function markupOf(part: Part): string {
  if (part === null || part === undefined) return "";
  if (part instanceof Html) return part.markup;
  if (typeof part === "object") return part.map(markupOf).join("");
  return escaped(String(part));
}

const mostLetters = 120;

/** A name from outside: one line, no control or direction letters, and whichever way it runs the words around it stay where they are. */
export const named = (name: string): Html => html`<bdi>${printable(name, mostLetters)}</bdi>`;

/** A list of sentences; nothing where there is none. */
export const listOf = (items: readonly Part[], kind = "plain"): Html =>
  items.length === 0 ? nothing : html`<ul class="${kind}">${items.map(item => html`<li>${item}</li>`)}</ul>`;

/** One column of a table: its heading, and what it says of a row. */
export interface Column<Row> {
  readonly name: string;
  readonly of: (row: Row) => Part;
  readonly isNumber?: boolean;
}

/** A table in a box of its own, which scrolls where a window is narrower; the first column names its row. */
export function tableOf<Row>(caption: string, rows: readonly Row[], columns: readonly Column<Row>[], about = ""): Html {
  const look = (column: Column<Row>) => (column.isNumber === true ? new Html(' class="number"') : nothing);
  const cell = (row: Row, column: Column<Row>, i: number) =>
    i === 0
      ? html`<th scope="row"${look(column)}>${column.of(row)}</th>`
      : html`<td${look(column)}>${column.of(row)}</td>`;
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}"><table${new Html(about)}><caption>${caption}</caption><thead><tr>${columns.map(
    column => html`<th scope="col"${look(column)}>${column.name}</th>`
  )}</tr></thead><tbody>${rows.map(
    row => html`<tr>${columns.map((column, i) => cell(row, column, i))}</tr>`
  )}</tbody></table></div>`;
}
