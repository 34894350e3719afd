import {escaped} from "../figures/render/wrapped-text.ts";
import type {Head, Statement} from "./site-words.ts";

/** Whose page it is and what its head says. */
export interface PageWords {
  readonly council: string;
  readonly isIllustrative: boolean;
  /** `31 October 2026`. */
  readonly asAt: string;
  /** Of which edition it is, in words. */
  readonly edition: string;
  /** What an edition is checked by; null where it is none. */
  readonly checkValue: string | null;
  readonly head: Head;
  /** What on the page is withheld, or of an earlier build; a line each. */
  readonly notices: readonly string[];
  /** The folder beside the page that holds its data. */
  readonly dataFolder: string;
  /** The names of the tables in it. */
  readonly tables: readonly string[];
}

/**
 * The page with the council's words in the places that its template names in double braces, so that they can be read before, and without, any script.
 *
 * @throws Error on a place that has no words.
 */
export function fillPage(html: string, words: PageWords): string {
  const places = placesOf(words);
  return html.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const filling = places[name];
    if (filling === undefined) throw new Error(`the page has a place without words: ${name}`);
    return filling;
  });
}

function placesOf({
  council,
  isIllustrative,
  asAt,
  edition,
  checkValue,
  head,
  notices,
  dataFolder,
  tables
}: PageWords): Record<string, string> {
  const statements = [head.council, head.borough].filter(statement => statement !== null);
  return {
    title: escaped(`${council}: emissions and targets`),
    description: escaped(`Emissions of ${council} and where they must go, as at ${asAt}.`),
    council: escaped(council),
    data: dataFolder,
    as_at: escaped(`Emissions and targets, as at ${asAt}`),
    edition: `${escaped(edition)}.${checkValue === null ? "" : ` Check value: <code>${checkValue}</code>`}`,
    badge: [...(isIllustrative ? ["Illustrative estate: every reading is invented"] : []), ...notices]
      .map(words => `<p class="badge">${escaped(words)}</p>`)
      .join(""),
    statements:
      statements.length === 0 ? "" : `<div class="statements">${statements.map(statementHtml).join("")}</div>`,
    files: tables.map(name => `<a href="${dataFolder}/${name}.csv" download>${name}.csv</a>`).join(", ")
  };
}

function statementHtml({about, amount, unit, words, badge}: Statement): string {
  return [
    "<div>",
    `<p class="about">${escaped(about)}</p>`,
    `<p class="amount">${escaped(amount)} <span>${escaped(unit)}</span></p>`,
    `<p>${escaped(words)}</p>`,
    badge === null ? "" : `<p class="badge">${escaped(badge)}</p>`,
    "</div>"
  ].join("");
}
